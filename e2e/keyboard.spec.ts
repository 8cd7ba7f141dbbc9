import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { makePack, zip } from './materials/pack.ts'
import { appFrame } from './pages/app-frame.ts'
import { promptsPage } from './pages/prompts-page.ts'
import { settingsPage } from './pages/settings-page.ts'

const mostStops = 60

/** Presses Tab until `target` has the focus. */
const tabTo = async (page: Page, target: Locator) => {
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}

test('everything an operator does works without a pointer', async ({ page, dataDir }) => {
  const app = appFrame(page)
  const prompts = promptsPage(page)
  const packPath = join(dataDir, 'pack.zip')
  await writeFile(packPath, await zip(makePack()))
  await expect(prompts.empty).toBeVisible()

  await test.step('import a pack', async () => {
    await page.keyboard.press('i')
    await tabTo(page, prompts.dialog.getByLabel('Or a folder or zip'))
    await page.keyboard.type(packPath)
    await page.keyboard.press('Enter')
    const go = prompts.dialog.getByRole('button', { name: /^Import \d/ })
    await expect(go).toBeEnabled()
    await tabTo(page, go)
    await page.keyboard.press('Enter')
    const done = prompts.dialog.getByRole('button', { name: 'Done' })
    await expect(done).toBeVisible()
    await tabTo(page, done)
    await page.keyboard.press('Enter')
    await expect(prompts.dialog).toBeHidden()
  })

  await test.step('walk through the matrix to a gap', async () => {
    await tabTo(page, prompts.matrix)
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
    await tabTo(page, page.getByRole('link', { name: 'Languages' }))
    await page.keyboard.press('Enter')
    await tabTo(page, settings.form.getByLabel('Default language'))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('de-de')
    await page.keyboard.press('Enter')
    await expect(settings.form.getByRole('status')).toHaveText('Saved')
  })
})
