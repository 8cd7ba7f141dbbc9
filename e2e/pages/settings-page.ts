import { expect, type Page } from '@playwright/test'

/** The sections of the settings and the form of the open one. */
export const settingsPage = (page: Page) => {
  const main = page.getByRole('main')
  const form = main.locator('form')
  return {
    title: main.getByRole('heading', { level: 2 }),
    form,
    open: (section: string) =>
      main
        .getByRole('navigation', { name: 'Settings' })
        .getByRole('link', { name: section })
        .click(),
    choose: (option: string) => main.getByText(option, { exact: true }).click(),
    save: async () => {
      await form.getByRole('button', { name: 'Save' }).click()
      await expect(form.getByRole('status')).toHaveText('Saved')
    },
  }
}
