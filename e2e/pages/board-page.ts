import type { Page } from '@playwright/test'

/** The conference that is open: who is in it, and what can be done. */
export const boardPage = (page: Page) => {
  const main = page.getByRole('main')
  const table = main.getByRole('grid', { name: 'Participants' })
  const row = (name: string) => table.getByRole('row').filter({ hasText: name })
  return {
    main,
    table,
    row,
    rooms: main.getByRole('navigation', { name: 'Conferences' }),
    /** Says that a person is in the state these words name: talking, quiet, muted, left. */
    state: (name: string) => row(name).getByRole('gridcell').first(),
    button: (name: string | RegExp) => main.getByRole('button', { name }),
    dialog: page.getByRole('dialog'),
    question: page.getByRole('alertdialog'),
    /** The board by its key, and the cursor on somebody. */
    open: async () => {
      await page.getByRole('banner').waitFor()
      await page.keyboard.press('ControlOrMeta+6')
      await table.waitFor()
    },
    goTo: async (name: string) => {
      await page.keyboard.press('Home')
      const isThere = () => row(name).evaluate((element) => 'cursor' in element.dataset)
      const rows = await table.getByRole('row').count()
      for (let step = 0; step < rows && !(await isThere()); step += 1)
        await page.keyboard.press('ArrowDown')
      if (!(await isThere())) throw new Error(`the cursor does not reach ${name}`)
    },
    /** Keys one after the other, as `g l`. */
    press: async (keys: string) => {
      for (const key of keys.split(' ')) await page.keyboard.press(key)
    },
  }
}
