import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Browser } from '@playwright/test'
import { startNode, whileRunning } from './backend-process.ts'
import type { Host } from './host.ts'

type Ready = { url: string; auth_token: string }

/** The headless host with its interface in Chromium. */
export const openServe = async (browser: Browser, dataDir: string): Promise<Host> => {
  const running = startNode(['out/main/serve.js', '--port', '0', '--data', dataDir])
  const lines = createInterface({ input: running.child.stdout! })
  const [line] = (await whileRunning(running, once(lines, 'line'))) as [string]
  const { url, auth_token: token } = JSON.parse(line) as Ready
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${url}/#token=${token}`)
  return {
    name: 'serve',
    page,
    url,
    token,
    log: running.log,
    desktop: null,
    nextWindow: () => context.waitForEvent('page'),
    close: async () => {
      await context.close()
      await running.stop()
    },
    kill: running.kill,
  }
}
