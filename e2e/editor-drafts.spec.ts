import type { Page } from '@playwright/test'
import { createApi, type Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { addMedium, upload } from './materials/import-pack.ts'
import { download, lastDraft } from './materials/library.ts'
import { tonesInARow } from './materials/speech.ts'
import { readWav } from './materials/wav.ts'
import { appFrame } from './pages/app-frame.ts'
import { editorPage } from './pages/editor-page.ts'
import { mediaPage } from './pages/media-page.ts'

const tones = tonesInARow(400, 700, 1000)
const second = 8000

/** The medium `tones` in the editor of a window. */
const edit = async (page: Page) => {
  await appFrame(page).goTo('Media')
  await mediaPage(page).edit('tones')
  const editor = editorPage(page)
  await expect(editor.wave).toHaveAttribute('aria-valuemax', /^\d{4,}$/)
  return editor
}

const samplesOf = async (api: Api, id: string) => readWav(await download(api, id)).samples

test('work that was not saved outlives a loss of power, step by step', async ({ open }) => {
  const first = await open()
  const api = await createApi(first)
  const id = await addMedium(api, 'tones', tones)
  const before = await edit(first.page)
  await before.select('0', '1 s')
  await before.wave.press('Delete')
  await before.tool('Fade out').click()
  await before.wave.press('m')
  await before.wave.press('ControlOrMeta+z')
  await expect.poll(() => lastDraft(api)).toMatchObject({ position: 2, steps: { length: 3 } })

  await first.kill()
  const again = await open()
  await appFrame(again.page).goTo('Editor')
  await expect(again.page.getByRole('main')).toContainText('not saved')
  await again.page.getByRole('link', { name: 'tones' }).click()

  const editor = editorPage(again.page)
  await expect(editor.wave).toHaveAttribute('aria-valuemax', String(2 * second))
  await expect(editor.steps).toContainText([
    'Opened tones',
    'Delete 1.00 s',
    'Fade out 30 ms',
    'Add marker “Marker 1”, undone',
  ])
  await expect(editor.currentStep).toContainText('Fade out')
  const apiAgain = await createApi(again)
  expect(await samplesOf(apiAgain, id)).toEqual(readWav(tones).samples)

  await again.page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(editor.markers).toContainText('Marker 1')
  await again.page.keyboard.press('ControlOrMeta+s')
  await expect(appFrame(again.page).toast('Callers hear it from now on')).toBeVisible()
  const saved = await samplesOf(apiAgain, id)
  const untilFade = 2 * second - 240
  expect(saved.subarray(0, untilFade)).toEqual(
    readWav(tones).samples.subarray(second, second + untilFade),
  )
})

test('a second window is told that somebody edits already, and may take over', async ({
  page,
  api,
  openWindow,
}) => {
  const id = await addMedium(api, 'tones', tones)
  const mine = await edit(page)
  await mine.select('0', '1 s')
  await mine.wave.press('ControlOrMeta+x')
  const otherPage = await openWindow()
  const theirs = await edit(otherPage)

  await test.step('it sees what the first one does, and changes nothing', async () => {
    await expect(theirs.banner).toContainText('This is being edited in another window')
    await expect(theirs.steps).toContainText(['Opened tones', 'Cut 1.00 s'])
    await theirs.wave.press('r')
    await theirs.wave.press('ControlOrMeta+s')

    await mine.wave.press('m')
    await expect(theirs.steps).toContainText(['Opened', 'Cut', 'Add marker'])
    await expect.poll(() => lastDraft(api)).toMatchObject({ position: 2, steps: { length: 2 } })
    expect((await download(api, id)).equals(tones)).toBe(true)
  })

  await test.step('it takes over, and now the first one is told', async () => {
    await theirs.banner.getByRole('button', { name: 'Take over' }).click()
    await expect(theirs.banner).toBeHidden()
    await expect(mine.banner).toContainText('This is being edited in another window')

    await theirs.wave.press('Escape')
    await theirs.wave.press('r')
    await expect(mine.steps).toContainText(['Opened', 'Cut', 'Add marker', 'Reverse'])
  })

  await test.step('what it saves is what both of them did', async () => {
    await theirs.wave.press('ControlOrMeta+s')
    await expect(appFrame(otherPage).toast('Callers hear it from now on')).toBeVisible()

    const kept = readWav(tones).samples.subarray(second)
    expect(await samplesOf(api, id)).toEqual(kept.slice().reverse())
  })
})

test('a file that somebody else uploaded meanwhile is not overwritten unasked', async ({
  page,
  api,
}) => {
  const id = await addMedium(api, 'tones', tones)
  const other = tonesInARow(600)
  const editor = await edit(page)
  const question = page.getByRole('alertdialog', { name: '“tones” was changed meanwhile' })
  await editor.wave.press('r')
  await expect(editor.currentStep).toContainText('Reverse')
  await upload(api, id, other)

  await page.keyboard.press('ControlOrMeta+s')
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toBeHidden()
  expect((await download(api, id)).equals(other)).toBe(true)
  await expect(editor.currentStep).toContainText('Reverse')

  await page.keyboard.press('ControlOrMeta+s')
  await question.getByRole('button', { name: 'Replace theirs' }).click()
  await expect(appFrame(page).toast('Callers hear it from now on')).toBeVisible()
  expect(await samplesOf(api, id)).toEqual(readWav(tones).samples.slice().reverse())
})

test('the file of another prompt is not overwritten unasked by saving as it', async ({
  page,
  api,
}) => {
  const id = await addMedium(api, 'tones', tones)
  const editor = await edit(page)
  const saveAs = async () => {
    await editor.wave.press('ControlOrMeta+Shift+s')
    const dialog = page.getByRole('dialog', { name: 'Save as a new medium' })
    await dialog.getByLabel('Prompt id').fill('menu-hello')
    await dialog.getByLabel('Language').fill('en-GB')
    await dialog.getByRole('button', { name: 'Save' }).click()
  }
  const other = 'en-gb%2Fmenu-hello'
  await saveAs()
  await expect(appFrame(page).toast('Saved as another medium')).toBeVisible()
  const first = await download(api, other)
  await editor.wave.press('r')
  await expect(editor.currentStep).toContainText('Reverse')

  await saveAs()
  const question = page.getByRole('alertdialog', { name: '“menu-hello, en-gb” has a file already' })
  await expect(question).toBeVisible()
  expect((await download(api, other)).equals(first)).toBe(true)
  await question.getByRole('button', { name: 'Replace its file' }).click()
  await expect(question).toBeHidden()

  await expect.poll(() => samplesOf(api, other)).toEqual(readWav(tones).samples.slice().reverse())
  expect((await download(api, id)).equals(tones)).toBe(true)
})

test('a name that nothing can be saved as is given back to be corrected', async ({ page, api }) => {
  await addMedium(api, 'tones', tones)
  const editor = await edit(page)
  const dialog = page.getByRole('dialog', { name: 'Save as a new medium' })
  await editor.wave.press('ControlOrMeta+Shift+s')
  await dialog.getByLabel('Prompt id').fill('menu-hello')
  await dialog.getByLabel('Language').fill('no language')
  await dialog.getByRole('button', { name: 'Save' }).click()

  await expect(dialog.getByRole('alert')).toContainText('A language is a tag')
  await expect(dialog.getByLabel('Prompt id')).toHaveValue('menu-hello')
  await dialog.getByLabel('Language').fill('en-gb')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(appFrame(page).toast('Saved as another medium')).toBeVisible()
  expect(await samplesOf(api, 'en-gb%2Fmenu-hello')).toEqual(readWav(tones).samples)
})
