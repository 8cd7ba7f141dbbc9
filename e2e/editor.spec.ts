import { writeFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { hearMedia } from './materials/events.ts'
import { importPack } from './materials/import-pack.ts'
import { download, lastDraft, promptOf, revisionOf } from './materials/library.ts'
import { packOf, speech } from './materials/speech.ts'
import { sox } from './materials/sox.ts'
import { readWav, rmsDb } from './materials/wav.ts'
import { appFrame } from './pages/app-frame.ts'
import { editorPage } from './pages/editor-page.ts'
import { promptsPage } from './pages/prompts-page.ts'
import { listen } from './pages/sound.ts'

const spokenS = 2.2
const rate = 8000

test('the hottest prompt of a pack is brought to its level, and callers hear exactly that', async ({
  page,
  host,
  api,
}, info) => {
  const app = appFrame(page)
  const prompts = promptsPage(page)
  const editor = editorPage(page)
  const id = promptOf('vm-sorry')
  const usual = speech({ levelDb: -30 })
  const hot = speech({ levelDb: -18, tailSeconds: 1 })
  await importPack(
    api,
    packOf({ 'vm-goodbye': usual, 'vm-hello': usual, 'vm-login': usual, 'vm-sorry': hot }),
  )
  const revision = await revisionOf(api, id)
  const events = await hearMedia(host, api.accountId)
  const heardOf = (rev: string) =>
    expect
      .poll(() => events.heard)
      .toContainEqual(expect.objectContaining({ event: 'doc_edited', type: 'media', rev }))

  await test.step('open it, and read that it is hotter than the pack', async () => {
    await expect(prompts.language('en-us')).toHaveText(/^en-us 4/)
    await prompts.cell('vm-sorry', 'en-us').click()
    const panel = page.getByRole('complementary', { name: 'vm-sorry in en-us' })
    await panel.getByRole('button', { name: 'Edit' }).click()

    await expect(editor.verdict).toContainText(/1[12]\.\d dB too hot/)
    await expect(editor.verdict).toContainText(/ms of silence behind the last sound/)
  })

  await test.step('match it to the pack', async () => {
    await editor.tool('Match pack').click()

    await expect(editor.steps.last()).toContainText('Normalise to −')
    await expect(editor.verdict).not.toContainText('too hot')
  })

  await test.step('trim its tail and fade it out', async () => {
    await editor.select('0', `${spokenS} s`)
    await editor.tool('Trim').click()
    await editor.select(`${(spokenS - 0.03).toFixed(2)} s`, `${spokenS} s`)
    await editor.tool('Fade out').click()

    await expect(editor.steps).toContainText([
      /Opened/,
      /Normalise/,
      'Trim tail 1.00 s',
      /Fade out/,
    ])
    await expect(editor.verdict).not.toContainText('behind the last sound; 100 to 300')
  })

  await test.step('hear it as the caller does', async () => {
    const ears = await listen(page)
    await editor.wave.press('Home')
    await page.keyboard.press('t')
    await expect(editor.tool(/As the caller hears it/)).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('Shift+Space')

    await expect.poll(ears.heard).not.toBeNull()
    await page.keyboard.press('Space')
    await page.keyboard.press('t')
    await expect(editor.tool(/As the caller hears it/)).toHaveAttribute('aria-pressed', 'false')
  })

  const saved = await test.step('save it: the next download is exactly that', async () => {
    await page.keyboard.press('ControlOrMeta+s')
    await expect(app.toast('Callers hear it from now on')).toBeVisible()

    const bytes = await download(api, id)
    const { steps } = await lastDraft(api)
    const gains = steps.map(({ operation }) => ('gain_db' in operation ? operation.gain_db : 0))
    const original = info.outputPath('original.wav')
    await writeFile(original, hot)
    const length = `${spokenS * rate}s`
    const wanted = readWav(
      await sox(
        original,
        'vol',
        `${gains[0]}dB`,
        'trim',
        '0',
        length,
        'fade',
        't',
        '0',
        length,
        '240s',
      ),
    )
    const got = readWav(bytes)
    expect(got.frames).toBe(spokenS * rate)
    expect(got.samples).toEqual(wanted.samples)
    expect(rmsDb(got)).toBeCloseTo(rmsDb(readWav(usual)), 0)
    return bytes
  })

  await test.step('everybody is told, and the document has another revision', async () => {
    const changed = await revisionOf(api, id)
    expect(changed).not.toBe(revision)
    await heardOf(changed)
  })

  await test.step('take it back: callers hear the original, byte by byte', async () => {
    expect(saved.equals(hot)).toBe(false)
    await app.toast('Callers hear it from now on').getByRole('button', { name: 'Undo' }).click()
    await expect(app.toast('Callers hear the unedited file again')).toBeVisible()

    expect((await download(api, id)).equals(hot)).toBe(true)
    await heardOf(await revisionOf(api, id))
    await expect(editor.steps).toHaveCount(4)
  })
  events.stop()
})
