import type { Locator, Page } from '@playwright/test'

/** The editor with a draft open: its tools, the wave and the panels beside it. */
export const editorPage = (page: Page) => {
  const tools = page.getByRole('toolbar', { name: 'Editor' })
  const side = page.getByRole('complementary', { name: 'About this sound' })
  const panel = (title: string): Locator => side.getByRole('region', { name: title, exact: true })
  const field = (name: string) => tools.getByRole('textbox', { name, exact: true })
  const dialog = page.getByRole('dialog')
  const edges = [field('Selection start'), field('Selection end')]
  return {
    tool: (name: string | RegExp): Locator =>
      tools.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }),
    wave: page.getByRole('slider', { name: /^Waveform of/ }),
    /** Where the selection begins, ends, and how long it is, to be typed. */
    field: (name: 'start' | 'end' | 'length') => field(`Selection ${name}`),
    /** What is there to begin with: nothing is open. */
    start: page.getByRole('heading', { name: 'Open something to edit' }),
    verdict: side.getByRole('status', { name: 'Verdict' }),
    panel,
    /** The history from the beginning on, as buttons. */
    steps: panel('History').getByRole('listitem').getByRole('button'),
    currentStep: panel('History').locator('[aria-current=step]'),
    markers: panel('Markers'),
    spans: page.getByRole('grid', { name: 'Spans and markers' }),
    /** Lines across the page: another window, what goes on, what went wrong. */
    banner: page.getByRole('main').getByRole('alert'),
    status: page.getByRole('contentinfo'),
    dialog,
    /** Types where the selection begins and ends: `1.2 s`, `250 ms`, `+30 ms`. */
    select: async (...range: [from: string, to: string]) => {
      for (const [index, edge] of edges.entries()) {
        await edge.fill(range[index] ?? '')
        await edge.press('Enter')
      }
    },
    /** Opens an entry of one of the menus above the wave. */
    choose: async (menu: 'Effects' | 'View', entry: string) => {
      await tools.getByRole('button', { name: menu, exact: true }).click()
      await page.getByRole('menuitem', { name: entry }).click()
    },
    /** Chooses in one of the lists of the open dialog. */
    setOption: async (label: string, option: string) => {
      await dialog.getByRole('button', { name: label }).click()
      await page.getByRole('option', { name: option }).click()
    },
  }
}
