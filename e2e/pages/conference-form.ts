import type { Page } from '@playwright/test'
import { boardPage } from './board-page.ts'

/** The form of a conference, new or not. */
export const conferenceForm = (page: Page) => {
  const { dialog, question, rooms } = boardPage(page)
  const form = dialog.filter({ has: page.getByRole('navigation', { name: 'Parts of the form' }) })
  return {
    form,
    question,
    room: (name: string) => rooms.getByRole('link', { name }),
    field: (label: string) => form.getByLabel(label, { exact: true }),
    switch: (label: string) => form.getByRole('switch', { name: label }),
    index: form.getByRole('navigation', { name: 'Parts of the form' }),
    save: form.getByRole('button', { name: /^(Save|Add conference)$/ }),
    finding: (text: string | RegExp) =>
      form.getByRole('listitem').getByRole('button').filter({ hasText: text }),
    /** What is chosen of a list, by its label. */
    choose: async (label: string, option: string | RegExp) => {
      await form.getByRole('button', { name: new RegExp(`${label}$`) }).click()
      await page.getByRole('option', { name: option }).click()
    },
  }
}
