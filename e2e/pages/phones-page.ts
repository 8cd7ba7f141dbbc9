import type { Page } from '@playwright/test'

/** Phones, people, and the panel of the open phone. */
export const phonesPage = (page: Page) => {
  const main = page.getByRole('main')
  const panel = main.getByRole('complementary')
  const setup = panel.getByRole('region', { name: 'Type into the phone' })
  return {
    main,
    panel,
    setup,
    dialog: page.getByRole('dialog'),
    question: page.getByRole('alertdialog'),
    row: (name: string) => main.getByRole('row').filter({ hasText: name }),
    /** How the panel says the phone stands. */
    state: panel.getByRole('status').first(),
    /** What stands in a line of what is typed into the phone. */
    line: (label: string) =>
      setup.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following::dd[1]'),
    showPassword: () => setup.getByRole('button', { name: 'Show the password' }).click(),
    tab: (name: 'Phones' | 'People') =>
      main
        .getByRole('navigation', { name: 'Phones and people' })
        .getByRole('link', { name })
        .click(),
  }
}
