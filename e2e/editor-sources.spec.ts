import { tone } from '../src-main/test/tone.ts'
import { expect, test } from './fixtures.ts'
import { download, mediaNamed, promptOf } from './materials/library.ts'
import { tonesInARow } from './materials/speech.ts'
import { readWav, rmsDb } from './materials/wav.ts'
import { appFrame } from './pages/app-frame.ts'
import { dropFile } from './pages/drop.ts'
import { editorPage } from './pages/editor-page.ts'
import { mediaPage } from './pages/media-page.ts'
import { promptsPage } from './pages/prompts-page.ts'

test.beforeEach(async ({ page }) => {
  await appFrame(page).goTo('Editor')
  await expect(editorPage(page).start).toBeVisible()
})

test('a file from disk is edited and becomes a medium', async ({ page, api }) => {
  const editor = editorPage(page)
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open a file…' }).click()
  const greeting = tonesInARow(400, 700)
  await (await choosing).setFiles({ name: 'greeting.wav', mimeType: 'audio/wav', buffer: greeting })
  await expect(editor.steps).toContainText(['Opened greeting'])

  await editor.select('1 s', '2 s')
  await editor.tool('Trim').click()
  await editor.tool('Save').click()
  await editor.dialog.getByLabel('Name').fill('Opening hours')
  await editor.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(appFrame(page).toast('Saved')).toBeVisible()

  await appFrame(page).goTo('Media')
  await expect(mediaPage(page).row('Opening hours')).toBeVisible()
  const saved = readWav(await download(api, (await mediaNamed(api, 'Opening hours')).id))
  expect(saved.samples).toEqual(readWav(greeting).samples.subarray(8000))
})

test('a file that is dropped becomes a prompt', async ({ page, api }) => {
  const editor = editorPage(page)
  const stereo = tone({ frequencyHz: 500, durationMs: 1500, sampleRateHz: 44_100, channels: 2 })
  const dropArea = page.getByRole('main').locator('> *').first()
  await dropFile(dropArea, { name: 'take 3.wav', type: 'audio/wav', bytes: stereo })
  await expect(editor.steps).toContainText(['Opened take 3'])
  await expect(editor.status).toContainText('44.1 kHz · stereo')

  await page.keyboard.press('ControlOrMeta+s')
  await editor.dialog.getByLabel('Prompt id').fill('menu-greeting')
  await editor.dialog.getByLabel('Language').fill('en-us')
  await editor.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(appFrame(page).toast('Saved')).toBeVisible()

  await appFrame(page).goTo('Prompts')
  await expect(promptsPage(page).cell('menu-greeting', 'en-us')).toHaveAccessibleName(
    /recorded, 1\.5 s/,
  )
  const saved = readWav(await download(api, promptOf('menu-greeting')))
  expect(saved).toMatchObject({ sampleRateHz: 44_100, channels: 2 })
  expect(saved.samples).toEqual(readWav(stereo).samples)
})

test('a take is recorded from the microphone', async ({ page, api }) => {
  const editor = editorPage(page)
  await page.getByRole('button', { name: 'Record a take…' }).click()
  await expect(editor.dialog.getByRole('status')).toContainText('Ready')
  await editor.dialog.getByLabel('Name').fill('Take one')
  await editor.dialog.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(editor.dialog).toContainText(/0:0[2-9]\.\d{3}/)
  await editor.dialog.getByRole('button', { name: 'Stop and edit' }).click()
  await expect(editor.steps).toContainText(['Opened Take one'])

  await page.keyboard.press('ControlOrMeta+s')
  await editor.dialog.getByRole('button', { name: 'Save' }).click()
  await expect(appFrame(page).toast('Saved')).toBeVisible()

  const take = readWav(await download(api, (await mediaNamed(api, 'Take one')).id))
  expect(take.channels).toBe(1)
  expect(take.frames).toBeGreaterThan(2 * take.sampleRateHz)
  expect(rmsDb(take)).toBeGreaterThan(-60)
})

const nothingToHear = tone({ frequencyHz: 500, durationMs: 0 })
const badFiles = [
  { name: 'empty.wav', bytes: Buffer.alloc(0), says: 'The file is empty' },
  {
    name: 'notes.wav',
    bytes: Buffer.from('Call the studio back.\n'),
    says: 'The file cannot be read: the file is text, not audio',
  },
  {
    name: 'silence.wav',
    bytes: nothingToHear,
    says: 'The file cannot be read: there is no audio in it: 0 samples',
  },
]

test('a file that is no sound says what is wrong, and changes nothing', async ({ page, api }) => {
  for (const { name, bytes, says } of badFiles) {
    await test.step(name, async () => {
      const dropArea = page.getByRole('main').locator('> *').first()
      await dropFile(dropArea, { name, type: 'audio/wav', bytes })

      await expect(page.getByRole('heading', { name: `${name} could not be opened` })).toBeVisible()
      await expect(page.getByText(says, { exact: true })).toBeVisible()
      await page.getByRole('button', { name: 'Open something else' }).click()
      await expect(editorPage(page).start).toBeVisible()
    })
  }
  expect(await api.call('GET', '/studio/drafts')).toEqual([])
  expect(await api.call('GET', `/v2/accounts/${api.accountId}/media`)).toEqual([])
})
