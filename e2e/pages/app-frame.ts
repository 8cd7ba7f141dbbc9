import type { Locator, Page } from '@playwright/test'

/** What every page of the app has around it. */
export const appFrame = (page: Page) => ({
  connection: page.getByRole('contentinfo').getByRole('status'),
  title: page.getByRole('banner').getByRole('heading', { level: 1 }),
  palette: page.getByRole('dialog', { name: 'Command palette' }),
  toast: (text: string | RegExp): Locator =>
    page.getByRole('region', { name: 'Notifications' }).getByRole('listitem').filter({
      hasText: text,
    }),
  goTo: (
    name: 'Prompts' | 'Media' | 'Editor' | 'Batches' | 'Conferences' | 'Phones' | 'Settings',
  ) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click(),
  runFromPalette: async (command: string) => {
    await page.getByRole('banner').waitFor()
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type(command)
    await page.getByRole('option', { name: command }).first().waitFor()
    await page.keyboard.press('Enter')
  },
})
