import { tone } from '../src-main/test/tone.ts'
import { expect, test } from './fixtures.ts'
import { appFrame } from './pages/app-frame.ts'
import { dropFile } from './pages/drop.ts'
import { mediaPage } from './pages/media-page.ts'
import { listen } from './pages/sound.ts'

test('hold music is added, heard, renamed, found, deleted and taken back', async ({ page }) => {
  const app = appFrame(page)
  const media = mediaPage(page)
  await app.goTo('Media')
  await expect(media.empty).toBeVisible()

  await test.step('drop files', async () => {
    for (const [name, frequencyHz] of [
      ['hold', 500],
      ['welcome', 800],
    ] as const) {
      const bytes = tone({ frequencyHz, durationMs: 2000 })
      await dropFile(media.dropArea, { name: `${name}.wav`, type: 'audio/wav', bytes })
      await expect(media.row(name)).toBeVisible()
    }
  })

  await test.step('hear one', async () => {
    const ears = await listen(page)
    await media.row('hold').click()
    await expect(media.wave).toBeVisible()
    await page.keyboard.press('Space')

    await expect
      .poll(async () => Math.abs(((await ears.heard())?.pitchHz ?? 0) - 500))
      .toBeLessThan(15)
  })

  await test.step('rename it', async () => {
    await media.panel.getByLabel('Name').fill('Hold music')
    await media.panel.getByRole('button', { name: 'Save' }).click()

    await expect(media.panel.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await expect(media.row('Hold music')).toBeVisible()
  })

  await test.step('find it among others', async () => {
    await media.search.fill('music')
    await expect(media.row('welcome')).toBeHidden()
    await expect(media.row('Hold music')).toBeVisible()
    await media.search.fill('')
    await expect(media.row('welcome')).toBeVisible()
  })

  await test.step('delete it and take it back', async () => {
    await media.panel.getByRole('button', { name: 'Delete' }).click()
    await expect(media.row('Hold music')).toBeHidden()

    await app.toast('“Hold music” was deleted').getByRole('button', { name: 'Undo' }).click()
    await expect(media.row('Hold music')).toBeVisible()
  })
})
