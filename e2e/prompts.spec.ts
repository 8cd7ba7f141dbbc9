import { readFile } from 'node:fs/promises'
import { tone } from '../src-main/test/tone.ts'
import { expect, test } from './fixtures.ts'
import { fileOf, makePack, pitchOf, unzip, zip } from './materials/pack.ts'
import { appFrame } from './pages/app-frame.ts'
import { dropFile } from './pages/drop.ts'
import { promptsPage } from './pages/prompts-page.ts'
import { listen } from './pages/sound.ts'

test('a pack comes in, is repaired and goes out again', async ({ page, api }) => {
  const app = appFrame(page)
  const prompts = promptsPage(page)
  const pack = makePack()

  await test.step('import it, and see its gaps', async () => {
    await page.getByRole('button', { name: 'Import a pack…' }).click()
    await prompts.importZip(await zip(pack))

    await expect(prompts.cell('vm-enter_pass', 'fr-fr')).toHaveAccessibleName(/recorded, 1\.5 s/)
    await expect(prompts.cell('conf-welcome', 'de-de')).toHaveAccessibleName(/missing/)
    await expect(prompts.language('fr-fr')).toContainText('1 missing')
    await expect(prompts.language('de-de')).toContainText('2 missing')
  })

  await test.step('hear a cell', async () => {
    const ears = await listen(page)
    await prompts.cell('vm-enter_pass', 'fr-fr').click()
    await page.keyboard.press('Space')

    const wanted = pitchOf('vm-enter_pass', 'fr-fr')
    await expect
      .poll(async () => Math.abs(((await ears.heard())?.pitchHz ?? 0) - wanted))
      .toBeLessThan(15)
  })

  await test.step('replace its file by dropping another', async () => {
    const bytes = tone({ frequencyHz: 1000, durationMs: 2500 })
    const cell = prompts.cell('vm-enter_pass', 'fr-fr')
    await dropFile(cell, { name: 'retake.wav', type: 'audio/wav', bytes })

    await expect(app.toast('Replaced vm-enter_pass in fr-fr')).toBeVisible()
    await expect(cell).toHaveAccessibleName(/recorded, 2\.5 s/)
  })

  await test.step('let the machine speak a missing one', async () => {
    await prompts.cell('conf-welcome', 'de-de').click()
    await page.keyboard.press('e')
    await prompts.speak('Willkommen in der Konferenz.')

    await expect(prompts.cell('conf-welcome', 'de-de')).toHaveAccessibleName(/spoken/)
    await expect(prompts.language('de-de')).toContainText('1 missing')
  })

  await test.step('see within a second what a script changes', async () => {
    const id = encodeURIComponent('fr-fr%2Fmenu-invalid')
    await api.call('DELETE', `/v2/accounts/${api.accountId}/media/${id}`)

    await expect(prompts.cell('menu-invalid', 'fr-fr')).toHaveAccessibleName(/missing/, {
      timeout: 1000,
    })
  })

  await test.step('delete one by mistake and take it back', async () => {
    const cell = prompts.cell('menu-invalid', 'en-us')
    await cell.click()
    await page.keyboard.press('Delete')
    await expect(cell).toHaveAccessibleName(/missing/)

    await app.toast('Deleted menu-invalid').getByRole('button', { name: 'Undo' }).click()
    await expect(cell).toHaveAccessibleName(/recorded, 1\.5 s/)
  })

  await test.step('export what is there now', async () => {
    await page.getByRole('button', { name: 'Export…' }).click()
    const exported = await unzip(await readFile(await prompts.exportZip()))

    const untouched = [...pack].filter(
      ([path]) =>
        path.endsWith('.wav') &&
        path !== fileOf('menu-invalid', 'fr-fr') &&
        path !== fileOf('vm-enter_pass', 'fr-fr'),
    )
    for (const [path, bytes] of untouched)
      expect(exported.get(path)?.equals(bytes), path).toBe(true)
    expect([...exported.keys()]).not.toContain(fileOf('menu-invalid', 'fr-fr'))
    expect([...exported.keys()]).toContain(fileOf('conf-welcome', 'de-de'))
  })
})
