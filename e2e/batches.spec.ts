import { expect, test } from './fixtures.ts'
import { importPack } from './materials/import-pack.ts'
import { download, levelOf, median, promptOf, revisionOf } from './materials/library.ts'
import { session, takesHz } from './materials/session.ts'
import { packOf, speech } from './materials/speech.ts'
import { readWav, toneDb } from './materials/wav.ts'
import { appFrame } from './pages/app-frame.ts'
import { batchesPage } from './pages/batches-page.ts'

const levels = [-31, -28, -26, -25, -24, -23, -22, -20] as const
const short = levels.map((_, index) => `a-short_${index}`)
/** So long that a batch of them is cancelled before it is through, on whatever machine. */
const long = ['z-long_0', 'z-long_1', 'z-long_2', 'z-long_3']
const all = [...short, ...long]

test('a batch brings a language to one level: tried, cancelled, resumed, reported', async ({
  page,
  api,
}) => {
  test.slow()
  const app = appFrame(page)
  const batches = batchesPage(page)
  const prompts = [
    ...short.map((id, index) => [id, speech({ levelDb: levels[index]!, seed: 20 + index })]),
    ...long.map((id, index) => [id, speech({ levelDb: -27 + index, seconds: 90 })]),
  ]
  await importPack(api, packOf(Object.fromEntries(prompts) as Record<string, Buffer>))
  const files = await Promise.all(all.map((id) => download(api, promptOf(id))))
  const before = await Promise.all(all.map((id) => levelOf(api, promptOf(id))))
  const wanted = median(before)

  await test.step('keep a recipe', async () => {
    await app.goTo('Batches')
    await page.keyboard.press('n')
    await batches.choose('Language', 'en-us')
    await expect(batches.told(`${all.length} files`)).toBeVisible()
    await batches.button('Save this recipe').click()
    await expect(batches.told('Saved')).toBeVisible()
  })

  await test.step('see what it would do, and that it does nothing yet', async () => {
    await batches.button('Save as a new version').focus()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(batches.summary).toContainText('Dry run · Checked', { timeout: 60_000 })

    await expect(batches.file(short[0]!)).toContainText('Would change')
    await expect(batches.file(short[0]!)).toContainText(/Normalise to −\d+\.\d dBov \(\+\d/)
    for (const [index, id] of all.entries())
      expect((await download(api, promptOf(id))).equals(files[index]!), id).toBe(true)
  })

  await test.step('run it, and cancel in the middle', async () => {
    await batches.button(/^Run for real/).click()
    await batches.cancel.click()

    await expect(batches.summary).toContainText('It was cancelled.')
    await expect(batches.summary).toContainText(/[1-9]\d* waiting/)
  })

  await test.step('resume it', async () => {
    await batches.button(/^Resume/).click()
    await expect(batches.summary).toContainText('Done', { timeout: 60_000 })
    await expect(batches.summary).toContainText(`${all.length} changed`)

    const after = await Promise.all(all.map((id) => levelOf(api, promptOf(id))))
    expect(Math.abs(median(after) - wanted)).toBeLessThan(0.3)
    expect(Math.max(...after) - Math.min(...after)).toBeLessThan(1)
    for (const id of all) expect(await revisionOf(api, promptOf(id)), id).toMatch(/^2-/)
  })

  await test.step('keep the report', async () => {
    const table = await batches.report('Report as a table (CSV)')
    expect(table.trim().split('\r\n')).toHaveLength(1 + all.length)

    const html = await batches.report('Report to read or print')
    expect(html).toContain(`<b class="done">${all.length}</b> changed`)
    for (const id of all) expect(html).toContain(`<td>${id}</td>`)
  })

  await test.step('take one back', async () => {
    const id = promptOf(short[0]!)
    await api.call('POST', `/studio/media/${encodeURIComponent(id)}/revert`, {})
    expect((await download(api, id)).equals(files[0]!)).toBe(true)
  })
})

test('a session is split into takes that become prompts', async ({ page, api }) => {
  const app = appFrame(page)
  const batches = batchesPage(page)
  const here = speech({ levelDb: -20 })
  const missing = ['vm-a', 'vm-b', 'vm-c']
  await importPack(api, packOf({ 'vm-a': null, 'vm-b': null, 'vm-c': null, 'vm-old': here }))
  await app.goTo('Batches')
  await batches.openTab('Split a session')

  await test.step('find the takes', async () => {
    await batches.openSession('session.wav', session())
    await expect(batches.takes).toHaveCount(4)
  })

  await test.step('put right what the pauses got wrong', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('m')
    await expect(batches.takes).toHaveCount(3)
    await page.keyboard.press('j')
    await page.keyboard.press('s')
    await expect(batches.takes).toHaveCount(4)
  })

  await test.step('name them', async () => {
    await batches.language.fill('en-us')
    for (const [index, id] of missing.entries())
      await expect(batches.promptId(index + 1)).toHaveValue(id)

    await batches.promptId(3).press('Enter')
    await expect(batches.promptId(4)).toBeFocused()
    await page.keyboard.type('vm-old')
    await expect(batches.takes.nth(3)).toContainText('replaces a file')
  })

  await test.step('make prompts of them', async () => {
    await batches.button('Assign 4 takes to en-us').click()
    await expect(batches.told('4 takes assigned')).toBeVisible()
    await expect(batches.takes.nth(3)).toContainText('replaced')

    for (const [index, id] of [...missing, 'vm-old'].entries()) {
      const wav = readWav(await download(api, promptOf(id)))
      const heard = takesHz.map((hz) => toneDb(wav, hz))
      expect(heard.indexOf(Math.max(...heard)), id).toBe(index)
      // 1.2 s of sound, the breath in the second, and some room at both ends.
      const seconds = wav.frames / wav.sampleRateHz
      expect(Math.abs(seconds - (id === 'vm-b' ? 2.4 : 1.5)), id).toBeLessThan(0.15)
    }
  })
})
