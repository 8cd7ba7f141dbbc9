import type { Page } from '@playwright/test'

/** The table of media and the panel beside it. */
export const mediaPage = (page: Page) => {
  const panel = page.getByRole('complementary')
  return {
    empty: page.getByRole('heading', { name: 'No media yet' }),
    dropArea: page.getByRole('main').locator('> *').first(),
    row: (name: string) =>
      page.getByRole('grid', { name: 'Media' }).getByRole('row').filter({ hasText: name }),
    search: page.getByRole('searchbox', { name: 'Search media' }),
    panel,
    wave: panel.getByRole('slider', { name: /^Sound of/ }),
  }
}
