import type { CDPSession, Page } from '@playwright/test'
import type { Watched } from './watch.ts'

/** Time of the window's main thread, in milliseconds of processor: other work of the machine is none of it. */
export type Load = {
  readonly script: number
  readonly style: number
  readonly layout: number
  readonly all: number
}

/** A page with its figures. */
export type Watch = {
  /** What was seen and spent for so long. */
  readonly for: (seconds: number) => Promise<{ watched: Watched; load: Load }>
  /** What stays after everything was collected, in bytes. */
  readonly heap: () => Promise<number>
}

const loadOf = async (client: CDPSession): Promise<Load> => {
  const { metrics } = await client.send('Performance.getMetrics')
  const ms = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0)
  return {
    script: ms('ScriptDuration'),
    style: ms('RecalcStyleDuration'),
    layout: ms('LayoutDuration'),
    all: ms('TaskDuration'),
  }
}

export const watchPage = async (page: Page): Promise<Watch> => {
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    for: async (seconds) => {
      await page.evaluate(() => window.boardWatch.start())
      const before = await loadOf(client)
      await page.waitForTimeout(seconds * 1000)
      const after = await loadOf(client)
      const watched = await page.evaluate(() => window.boardWatch.stop())
      const spent = (name: keyof Load) => (after[name] - before[name]) / seconds
      return {
        watched,
        load: {
          script: spent('script'),
          style: spent('style'),
          layout: spent('layout'),
          all: spent('all'),
        },
      }
    },
    heap: async () => {
      await client.send('HeapProfiler.collectGarbage')
      return (await client.send('Runtime.getHeapUsage')).usedSize
    },
  }
}

/** From the address to rows in the table, in milliseconds. */
export const openBoard = (page: Page, conferenceId: string): Promise<number> =>
  page.evaluate(async (id) => {
    const startMs = performance.now()
    location.hash = `#/conferences?conference=${id}`
    while (document.querySelectorAll('[data-row]').length < 20)
      await new Promise(requestAnimationFrame)
    return performance.now() - startMs
  }, conferenceId)

/** From the key to the row that shows what the server confirmed, in milliseconds. */
export const command = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const button = () => document.querySelector('[data-cursor] .row-button')
    const before = button()?.getAttribute('aria-pressed')
    const startMs = performance.now()
    const key = new KeyboardEvent('keydown', { key: 'm', code: 'KeyM', bubbles: true })
    document.querySelector('[role=grid]')?.dispatchEvent(key)
    while (button()?.getAttribute('aria-pressed') === before) {
      if (performance.now() - startMs > 5000) throw new Error('a command was not confirmed')
      await new Promise(requestAnimationFrame)
    }
    return performance.now() - startMs
  })
