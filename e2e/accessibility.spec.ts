import type { Page } from '@playwright/test'
import { tone } from '../src-main/test/tone.ts'
import { expect, test } from './fixtures.ts'
import { addMedium, importPack } from './materials/import-pack.ts'
import { appFrame } from './pages/app-frame.ts'
import { boardPage } from './pages/board-page.ts'
import { editorPage } from './pages/editor-page.ts'
import { faultsOf } from './pages/faults.ts'
import { mediaPage } from './pages/media-page.ts'
import { phonesPage } from './pages/phones-page.ts'
import { promptsPage } from './pages/prompts-page.ts'
import { settingsPage } from './pages/settings-page.ts'

/** Judges what a window shows, and goes on to the next place whatever it finds. */
const judgeIn = (page: Page) => async (place: string) => {
  await test.step(place, async () => expect.soft(await faultsOf(page)).toEqual([]))
}

for (const theme of ['dark', 'light'] as const) {
  test(`has no accessibility fault that axe knows among prompts and media in ${theme}`, async ({
    page,
    api,
  }) => {
    const app = appFrame(page)
    const check = judgeIn(page)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })

    await expect(promptsPage(page).empty).toBeVisible()
    await check('an empty library')

    await importPack(api)
    await addMedium(api, 'hold', tone({ frequencyHz: 500, durationMs: 500 }))
    await promptsPage(page).cell('vm-goodbye', 'en-us').click()
    await expect(promptsPage(page).panel).toBeVisible()
    await check('the matrix and its panel')

    await page.getByRole('button', { name: 'Import…' }).click()
    await expect(promptsPage(page).dialog).toBeVisible()
    await check('a dialog')
    await page.keyboard.press('Escape')

    await page.keyboard.press('ControlOrMeta+k')
    await expect(app.palette).toBeVisible()
    await check('the palette')
    await page.keyboard.press('Escape')

    await app.goTo('Media')
    await mediaPage(page).row('hold').click()
    await expect(mediaPage(page).wave).toBeVisible()
    await check('media and its panel')
  })

  test(`has no such fault in the editor and in batches in ${theme}`, async ({ page, api }) => {
    const app = appFrame(page)
    const editor = editorPage(page)
    const check = judgeIn(page)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await addMedium(api, 'hold', tone({ frequencyHz: 500, durationMs: 500 }))

    await app.goTo('Editor')
    await expect(editor.start).toBeVisible()
    await check('the editor before anything is open')

    await app.goTo('Media')
    await mediaPage(page).edit('hold')
    await editor.wave.press('m')
    await editor.select('100 ms', '300 ms')
    await editor.wave.press('ControlOrMeta+x')
    await editor.panel('Spans').getByRole('button').click()
    await expect(editor.spans).toBeVisible()
    await expect(editor.verdict).toBeVisible()
    // What is measured anew is pale until it is there.
    await expect(page.locator('.sound[data-old]')).toHaveCount(0)
    await check('the editor with a draft')

    await editor.choose('Effects', 'High-pass…')
    await expect(editor.dialog.locator('code')).toContainText('highpass')
    await check('an effect')
    await page.keyboard.press('Escape')

    await app.goTo('Batches')
    await expect(app.title).toHaveText('Batches')
    await check('batches')
  })

  test(`has no such fault among conferences and phones and in their settings in ${theme}`, async ({
    page,
    api,
  }) => {
    const app = appFrame(page)
    const check = judgeIn(page)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })

    const sip = { username: '1001', password: 'open sesame' }
    await api.call('PUT', `/v2/accounts/${api.accountId}/devices`, { name: 'Desk', sip })
    await app.goTo('Phones')
    await phonesPage(page).row('Desk').click()
    await expect(phonesPage(page).setup).toBeVisible()
    await check('phones and their panel')

    await appFrame(page).goTo('Conferences')
    await check('no conferences')
    const numbers = { conference_numbers: ['4000'], moderator: { numbers: ['4001'] } }
    const conferences = `/v2/accounts/${api.accountId}/conferences`
    await api.call('PUT', conferences, { name: 'Weekly', ...numbers })
    const board = boardPage(page)
    await expect(board.main.getByText('As a moderator, dial')).toBeVisible()
    await check('a conference nobody is in')
    await board.press('g d')
    await expect(board.dialog).toBeVisible()
    await check('dialling out')
    await page.keyboard.press('Escape')
    await board.press('t')
    await expect(board.dialog).toContainText('Test call')
    await check('a test call')
    await page.keyboard.press('Escape')
    await expect(board.dialog).toHaveCount(0)
    await appFrame(page).goTo('Phones')
    await phonesPage(page).tab('People')
    await expect(phonesPage(page).row('Account Admin')).toBeVisible()
    await check('people')

    await app.goTo('Settings')
    const settings = settingsPage(page)
    const sections = await page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link')
      .allTextContents()
    for (const section of sections) {
      await settings.open(section)
      await expect(settings.title).toHaveText(section)
      await check(`settings: ${section}`)
    }
  })
}
