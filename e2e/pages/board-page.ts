import type { Page } from '@playwright/test'

/** The conference that is open: who is in it, and what can be done. */
export const boardPage = (page: Page) => {
  const main = page.getByRole('main')
  const table = main.getByRole('grid', { name: 'Participants' })
  const row = (name: string) => table.getByRole('row').filter({ hasText: name })
  /** Keys one after the other, as `g l`. */
  const press = async (keys: string) => {
    for (const key of keys.split(' ')) await page.keyboard.press(key)
  }
  const hasCursor = (name: string) => row(name).evaluate((element) => 'cursor' in element.dataset)
  return {
    main,
    table,
    row,
    press,
    rooms: main.getByRole('navigation', { name: 'Conferences' }),
    /** Says that a person is in the state these words name: talking, quiet, muted, left. */
    state: (name: string) => row(name).getByRole('gridcell').first(),
    button: (name: string | RegExp) => main.getByRole('button', { name }),
    dialog: page.getByRole('dialog'),
    question: page.getByRole('alertdialog'),
    /** What is known of the one the cursor is on. */
    inspector: main.getByRole('region', { name: /^About / }),
    timeline: main.getByRole('grid', { name: 'Timeline' }).getByRole('row'),
    /** The board by its key, and the cursor on somebody. */
    open: async () => {
      await page.getByRole('banner').waitFor()
      await page.keyboard.press('ControlOrMeta+6')
      await table.waitFor()
    },
    goTo: async (name: string) => {
      await page.keyboard.press('Home')
      const rows = await table.getByRole('row').count()
      for (let step = 0; step < rows && !(await hasCursor(name)); step += 1)
        await page.keyboard.press('ArrowDown')
      if (!(await hasCursor(name))) throw new Error(`the cursor does not reach ${name}`)
    },
  }
}
