import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'

/** Batches, recipes and the splitting of sessions. */
export const batchesPage = (page: Page) => {
  const files = page.getByRole('grid', { name: 'Files of the batch' })
  const takes = page.getByRole('list', { name: 'Takes' })
  return {
    /** Chooses an entry of a list to choose from. */
    choose: async (list: string, entry: string) => {
      await page.getByRole('button', { name: list }).click()
      await page.getByRole('option', { name: entry }).click()
    },
    button: (name: string | RegExp): Locator => page.getByRole('button', { name }),
    /** Of the open batch; the line at the bottom can do it, too. */
    cancel: page.getByRole('main').getByRole('button', { name: 'Cancel', exact: true }),
    /** How the open batch stands. */
    summary: page.getByRole('status', { name: 'How the batch stands' }),
    /** What the page tells of a form or of takes. */
    told: (text: string): Locator =>
      page.getByRole('main').getByRole('status').filter({ hasText: text }),
    file: (name: string): Locator => files.getByRole('row').filter({ hasText: name }),
    report: async (entry: string): Promise<string> => {
      await page.getByRole('button', { name: 'Report' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: entry }).click(),
      ])
      return readFile(await download.path(), 'utf8')
    },
    openTab: (name: string) =>
      page
        .getByRole('navigation', { name: 'Batches, recipes and sessions' })
        .getByRole('link', { name })
        .click(),
    openSession: async (name: string, buffer: Buffer) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Choose a recording…' }).click(),
      ])
      await chooser.setFiles({ name, mimeType: 'audio/wav', buffer })
    },
    takes: takes.getByRole('listitem'),
    promptId: (take: number): Locator =>
      takes.getByRole('combobox', { name: `Prompt id of take ${take}`, exact: true }),
    language: page.getByRole('combobox', { name: 'Language' }),
  }
}
