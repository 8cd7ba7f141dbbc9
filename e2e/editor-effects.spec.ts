import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { addMedium } from './materials/import-pack.ts'
import { chord } from './materials/speech.ts'
import { sox, soxFacts } from './materials/sox.ts'
import { readWav, toneDb } from './materials/wav.ts'
import { appFrame } from './pages/app-frame.ts'
import { editorPage } from './pages/editor-page.ts'
import { mediaPage } from './pages/media-page.ts'
import { listen } from './pages/sound.ts'

const rate = 8000
const [rumbleHz, toneHz] = [120, 1000]
const toneDbAtFirst = -15
/** Something below what a telephone carries, and something in its midst. */
const rumbling = chord(
  [rumbleHz, toneHz].map((hz) => ({ hz, peakDb: toneDbAtFirst })),
  { seconds: 4 },
)

test('a draft is heard as a caller would hear it, and plainly again, while it plays', async ({
  page,
  api,
}) => {
  const editor = editorPage(page)
  await addMedium(api, 'rumble', rumbling)
  await appFrame(page).goTo('Media')
  await mediaPage(page).edit('rumble')
  await expect(editor.wave).toBeVisible()
  const ears = await listen(page)

  await page.keyboard.press('Shift+Space')
  await expect.poll(() => ears.difference(rumbleHz, toneHz)).toBeGreaterThan(-3)

  await page.keyboard.press('t')
  await expect.poll(() => ears.difference(rumbleHz, toneHz)).toBeLessThan(-20)

  await page.keyboard.press('t')
  await expect.poll(() => ears.difference(rumbleHz, toneHz)).toBeGreaterThan(-3)
})

test('an effect is heard before it is applied, and a draft leaves in the formats of others', async ({
  page,
  api,
}, info) => {
  const editor = editorPage(page)
  await addMedium(api, 'rumble', rumbling)
  await appFrame(page).goTo('Media')
  await mediaPage(page).edit('rumble')
  await expect(editor.wave).toBeVisible()
  const ears = await listen(page)
  const rumble = () => ears.difference(rumbleHz, toneHz)

  const effects = await test.step('preview a high-pass, and bypass it', async () => {
    await editor.choose('Effects', 'High-pass…')
    await editor.dialog.getByLabel('From').fill('500')
    await editor.dialog.getByLabel('From').press('Tab')
    const command = editor.dialog.locator('code')
    await expect(command).toHaveText(/^sox -D .* output\.wav highpass .*500/)
    const shown = await command.innerText()

    await editor.dialog.getByRole('button', { name: 'Preview' }).click()
    await expect.poll(rumble).toBeLessThan(-15)
    await editor.dialog.getByText('Bypass').click()
    await expect.poll(rumble).toBeGreaterThan(-3)
    return shown.split('output.wav ')[1]?.split(' ') ?? []
  })

  await test.step('apply it', async () => {
    await editor.dialog.getByRole('button', { name: 'Apply' }).click()

    await expect(editor.currentStep).toContainText('High-pass')
    await editor.tool('Loop').click()
    await editor.tool('Play').click()
    await expect.poll(rumble).toBeLessThan(-15)
    await editor.tool('Stop').click()
  })

  /** Exports the draft and leaves the dialog. */
  const exported = async (...options: readonly [label: string, option: string][]) => {
    await editor.tool('Export…').click()
    for (const option of options) await editor.setOption(...option)
    await editor.dialog.getByRole('button', { name: 'Export', exact: true }).click()
    const coming = page.waitForEvent('download')
    await editor.dialog.getByRole('button', { name: 'Save file' }).click()
    const file = await coming
    const path = info.outputPath(file.suggestedFilename())
    await file.saveAs(path)
    await page.keyboard.press('Escape')
    await expect(editor.dialog).toBeHidden()
    return path
  }

  await test.step('take it along: it is what the command makes', async () => {
    const original = info.outputPath('original.wav')
    await writeFile(original, rumbling)

    const got = readWav(await readFile(await exported()))
    expect(got.samples).toEqual(readWav(await sox(original, ...effects)).samples)
  })

  await test.step('take it along as an mp3', async () => {
    const path = await exported(['Write as', 'mp3'], ['Rate', '16000 Hz'])

    expect(path).toMatch(/rumble\.mp3$/)
    expect(await soxFacts(path)).toMatchObject({ type: 'mp3', sampleRateHz: 16_000, channels: 1 })
    const heard = readWav(await sox(path))
    // Between the silence that every mp3 has at its ends.
    const midst: [number, number] = [16_000, 3 * 16_000]
    expect(toneDb(heard, toneHz, midst)).toBeCloseTo(toneDbAtFirst, 0)
    expect(toneDb(heard, rumbleHz, midst)).toBeLessThan(toneDbAtFirst - 15)
  })

  await test.step('undo it, and take that along in µ-law', async () => {
    await page.keyboard.press('ControlOrMeta+z')
    await expect(editor.currentStep).toContainText('Opened')
    const path = await exported(['Encoding', 'G.711 µ-law'])

    const facts = { type: 'wav', sampleRateHz: rate, channels: 1, encoding: 'u-law' }
    expect(await soxFacts(path)).toEqual(facts)
    expect(toneDb(readWav(await sox(path)), rumbleHz)).toBeCloseTo(toneDbAtFirst, 0)
  })
})
