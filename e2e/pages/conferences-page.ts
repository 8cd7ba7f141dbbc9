import type { Page } from '@playwright/test'

/** The list of conferences, and the panel of the open one. */
export const conferencesPage = (page: Page) => {
  const main = page.getByRole('main')
  const panel = main.getByRole('complementary')
  return {
    main,
    panel,
    dialog: page.getByRole('dialog'),
    question: page.getByRole('alertdialog'),
    row: (name: string) => main.getByRole('row').filter({ hasText: name }),
    participant: (name: string) => panel.getByRole('listitem').filter({ hasText: name }),
    press: (name: string) => panel.getByRole('button', { name }).click(),
    callIn: async (endpoint: string) => {
      await panel.getByLabel('Call somebody in').fill(endpoint)
      await panel.getByRole('button', { name: 'Call', exact: true }).click()
    },
  }
}
