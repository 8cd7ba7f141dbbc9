import { tone } from '../src-main/test/tone.ts'
import { expect, test } from './fixtures.ts'
import { addMedium } from './materials/import-pack.ts'
import { appFrame } from './pages/app-frame.ts'
import { settingsPage } from './pages/settings-page.ts'

test('normalisation is switched on and callers get mp3', async ({ page, api }) => {
  const settings = settingsPage(page)
  await appFrame(page).goTo('Settings')

  await settings.choose('Bring every uploaded file to one format')
  await settings.save()

  const id = await addMedium(api, 'hold', tone({ frequencyHz: 500, durationMs: 500 }))
  const file = await api.fetch(`/v2/accounts/${api.accountId}/media/${id}/raw`)
  expect(file.headers.get('content-type')).toMatch(/^audio\/(mpeg|mp3)/)
  // Frames of MPEG audio begin with eleven set bits; sox writes no tag before them.
  expect(Buffer.from(await file.arrayBuffer()).readUInt16BE(0) & 0xffe0).toBe(0xffe0)
})

test('a wrong value is refused beside its field', async ({ page, api }) => {
  const settings = settingsPage(page)
  await appFrame(page).goTo('Settings')
  await settings.open('Languages')

  await settings.form.getByLabel('Default language').fill('not a language')
  await settings.form.getByRole('button', { name: 'Save' }).click()
  await expect(settings.form.getByLabel('Default language')).toHaveAccessibleDescription(/\w/)
  await expect(settings.form.locator('[aria-invalid=true]')).toBeVisible()
  expect(await api.call('GET', '/studio/settings')).toMatchObject({ default_language: 'en-us' })

  await settings.form.getByLabel('Default language').fill('fr-fr')
  await settings.save()
  expect(await api.call('GET', '/studio/settings')).toMatchObject({ default_language: 'fr-fr' })
})

test('the chosen theme survives a reload', async ({ page }) => {
  const settings = settingsPage(page)
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'dark' })
  await appFrame(page).goTo('Settings')
  await settings.open('Appearance')
  const dark = await background()

  await settings.choose('Light')
  await expect.poll(background).not.toBe(dark)
  const light = await background()

  await page.reload()
  await expect(settings.title).toHaveText('Appearance')
  expect(await background()).toBe(light)
})

test('it says which tools of this machine do the work', async ({ page }) => {
  const settings = settingsPage(page)
  await appFrame(page).goTo('Settings')
  await settings.open('Tools')

  for (const tool of ['sox', 'espeak-ng']) {
    await expect(page.getByRole('listitem').filter({ hasText: tool })).toContainText('Found')
  }
})

test('a command gets other keys, and takes those of another one only when told', async ({
  page,
}) => {
  const settings = settingsPage(page)
  const app = appFrame(page)
  await app.goTo('Settings')
  await settings.open('Keyboard')
  const dialog = page.getByRole('dialog')
  const change = page.getByRole('button', { name: 'Change the keys of Go to Media' })

  await change.click()
  await page.keyboard.press('Control+1')
  await expect(dialog.getByRole('status')).toContainText('Go to Prompts')
  await page.keyboard.press('Alt+Shift+M')
  await dialog.getByRole('button', { name: 'Use these keys' }).click()
  await expect(dialog).toBeHidden()

  await page.reload()
  await page.keyboard.press('Control+2')
  await expect(settings.title).toHaveText('Keyboard')
  await page.keyboard.press('Alt+Shift+M')
  await expect(page.getByRole('heading', { name: 'No media yet' })).toBeVisible()
})
