import type { Page } from '@playwright/test'

/** The table of media and the panel beside it. */
export const mediaPage = (page: Page) => {
  const panel = page.getByRole('complementary')
  const table = page.getByRole('grid', { name: 'Media' })
  const row = (name: string) => table.getByRole('row').filter({ hasText: name })
  return {
    table,
    empty: page.getByRole('heading', { name: 'No media yet' }),
    dropArea: page.getByRole('main').locator('> *').first(),
    row,
    /** Opens a medium in the editor. */
    edit: async (name: string) => {
      await row(name).click()
      await page.getByRole('complementary', { name }).getByRole('button', { name: /^Edit/ }).click()
    },
    search: page.getByRole('searchbox', { name: 'Search media' }),
    panel,
    wave: panel.getByRole('slider', { name: /^Sound of/ }),
  }
}
