import type { Locator, Page } from '@playwright/test'

/** The matrix of prompts and languages, its panel and its dialogs. */
export const promptsPage = (page: Page) => {
  const dialog = page.getByRole('dialog')
  const button = (name: string | RegExp) => dialog.getByRole('button', { name })
  const goThroughWithImport = async () => {
    await button(/^Import \d/).click()
    await button('Done').click()
  }
  return {
    matrix: page.getByRole('grid', { name: 'Prompts by language' }),
    empty: page.getByRole('heading', { name: 'No prompts yet' }),
    dialog,
    cell: (promptId: string, language: string): Locator =>
      page.locator(`[data-prompt="${promptId}"]`).locator(`[data-language="${language}"]`),
    /** The cell the cursor is on. */
    active: page.getByRole('gridcell', { selected: true }),
    language: (language: string): Locator => page.getByRole('columnheader', { name: language }),
    panel: page.getByRole('complementary'),
    /** Chooses a zip in the open import dialog and goes through with it. */
    importZip: async (bytes: Buffer) => {
      await dialog
        .getByLabel('Pack as a zip')
        .setInputFiles({ name: 'pack.zip', mimeType: 'application/zip', buffer: bytes })
      await goThroughWithImport()
    },
    /** From the list of what an import would change to its end. */
    goThroughWithImport,
    speak: async (text: string) => {
      await dialog.getByLabel('Text').fill(text)
      await button(/^Speak/).click()
    },
    /** Saves the whole library and returns the zip's path on disk. */
    exportZip: async (): Promise<string> => {
      const download = page.waitForEvent('download')
      await button('Export').click()
      return (await download).path()
    },
  }
}
