import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { addMedium } from './materials/import-pack.ts'
import { download } from './materials/library.ts'
import { makePack, zip } from './materials/pack.ts'
import { tonesInARow } from './materials/speech.ts'
import { readWav } from './materials/wav.ts'
import { appFrame } from './pages/app-frame.ts'
import { editorPage } from './pages/editor-page.ts'
import { mediaPage } from './pages/media-page.ts'
import { promptsPage } from './pages/prompts-page.ts'
import { settingsPage } from './pages/settings-page.ts'
import { tabTo } from './pages/tab-to.ts'

test('everything an operator does works without a pointer', async ({ page, dataDir }) => {
  const app = appFrame(page)
  const prompts = promptsPage(page)
  const packPath = join(dataDir, 'pack.zip')
  await writeFile(packPath, await zip(makePack()))
  await expect(prompts.empty).toBeVisible()

  await test.step('import a pack', async () => {
    await page.keyboard.press('i')
    await tabTo(prompts.dialog.getByLabel('Or a folder or zip'))
    await page.keyboard.type(packPath)
    await page.keyboard.press('Enter')
    const go = prompts.dialog.getByRole('button', { name: /^Import \d/ })
    await expect(go).toBeEnabled()
    await tabTo(go)
    await page.keyboard.press('Enter')
    const done = prompts.dialog.getByRole('button', { name: 'Done' })
    await expect(done).toBeVisible()
    await tabTo(done)
    await page.keyboard.press('Enter')
    await expect(prompts.dialog).toBeHidden()
  })

  await test.step('walk through the matrix to a gap', async () => {
    await tabTo(prompts.matrix)
    await page.keyboard.press('n')
    await expect(prompts.active).toHaveAccessibleName(/missing/)
    await page.keyboard.press('ArrowLeft')
    await expect(prompts.active).toHaveAccessibleName(/recorded/)
  })

  await test.step('delete a cell and undo it', async () => {
    const name = (await prompts.active.getAttribute('aria-label')) ?? ''
    await page.keyboard.press('Delete')
    await expect(prompts.active).toHaveAccessibleName(/missing/)
    await expect(app.toast('Deleted')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(prompts.active).toHaveAccessibleName(name)
  })

  await test.step('read the keys, and close them', async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(prompts.dialog).toBeHidden()
  })

  await test.step('change a setting', async () => {
    await page.keyboard.press('ControlOrMeta+,')
    await expect(app.title).toHaveText('Settings')
    const settings = settingsPage(page)
    await tabTo(page.getByRole('link', { name: 'Languages' }))
    await page.keyboard.press('Enter')
    await tabTo(settings.form.getByLabel('Default language'))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('de-de')
    await page.keyboard.press('Enter')
    await expect(settings.form.getByRole('status')).toHaveText('Saved')
  })
})

test('sound is cut, pasted and marked without a pointer', async ({ page, api }) => {
  const app = appFrame(page)
  const editor = editorPage(page)
  const tones = tonesInARow(400, 700, 1000)
  const id = await addMedium(api, 'tones', tones)
  await app.runFromPalette('Media')
  await mediaPage(page).row('tones').waitFor()
  await tabTo(mediaPage(page).table)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('e')
  await expect(editor.wave).toBeVisible()

  await test.step('select from a second on to the end', async () => {
    await tabTo(editor.field('start'))
    await page.keyboard.type('1 s')
    await page.keyboard.press('Enter')
    await tabTo(editor.wave)
    await page.keyboard.press('Shift+End')

    await expect(editor.field('length')).toHaveValue('0:02.000')
  })

  await test.step('cut it and paste it at the beginning', async () => {
    await page.keyboard.press('ControlOrMeta+x')
    await expect(editor.wave).toHaveAttribute('aria-valuemax', '8000')
    await page.keyboard.press('Home')
    await page.keyboard.press('ControlOrMeta+v')

    await expect(editor.wave).toHaveAttribute('aria-valuemax', '24000')
    await expect(editor.steps).toContainText(['Opened tones', 'Cut 2.00 s', 'Paste 2.00 s'])
  })

  await test.step('undo and redo', async () => {
    await page.keyboard.press('ControlOrMeta+z')
    await expect(editor.wave).toHaveAttribute('aria-valuemax', '8000')
    await expect(editor.currentStep).toContainText('Cut')
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(editor.currentStep).toContainText('Paste')
  })

  await test.step('name the place where they meet', async () => {
    await tabTo(editor.field('start'))
    await page.keyboard.type('2 s')
    await page.keyboard.press('Enter')
    await tabTo(editor.wave)
    await page.keyboard.press('m')
    await page.keyboard.press('F2')
    await page.keyboard.type('the seam')
    await page.keyboard.press('Enter')

    await expect(editor.markers).toContainText('the seam0:02.000')
  })

  await test.step('read it as a table', async () => {
    await tabTo(editor.panel('Spans').getByRole('button'))
    await page.keyboard.press('Enter')

    const source = /^0:0\d\.000.*[0-9a-f]{6} from/
    await expect(editor.spans.getByRole('row')).toHaveText([
      /From.*Length.*What/,
      source,
      source,
      /^0:02\.000.*Marker: the seam/,
    ])
  })

  await test.step('go back to the beginning and forth again in the history', async () => {
    await editor.steps.first().click()
    await expect(editor.wave).toHaveAttribute('aria-valuemax', '24000')
    await expect(editor.markers).not.toContainText('the seam')
    await editor.steps.last().click()
    await expect(editor.markers).toContainText('the seam')
  })

  await test.step('save it', async () => {
    await page.keyboard.press('ControlOrMeta+s')
    await expect(app.toast('Callers hear it from now on')).toBeVisible()

    const got = readWav(await download(api, id))
    expect(got.samples).toEqual(readWav(tonesInARow(700, 1000, 400)).samples)
  })
})
