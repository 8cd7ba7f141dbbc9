import { readFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'
import { EventEmitter, once } from 'node:events'
import { root, startNode, whileRunning, type Running } from './backend-process.ts'
import { connect, type Peer } from './electron-stand-in/peer.ts'
import type { Desktop, Host, WindowFacts } from './host.ts'

type OpenOptions = { url: string; preload: string; width: number; height: number }
type IpcBridge = {
  standInInvoke: (channel: string, args: unknown[]) => Promise<unknown>
  standInEmit: (channel: string, args: unknown[]) => void
  standInOpen: (url: string) => Promise<void>
  standInClose: () => Promise<void>
}

/** Runs in the page before its own code: what a preload script finds in Electron. */
const preloadScript = (source: string, platform: string) => `
  if (window === window.top) {
    const listeners = new Map()
    const heard = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel)
    window.standInEmit = (channel, args) => heard(channel).forEach((run) => run({}, ...args))
    // The shell never lets a page have a window of its own making.
    window.open = (url) => { void window.standInOpen(new URL(url, location).href); return null }
    // A tab that no script opened would not close.
    window.close = () => void window.standInClose()
    const electron = {
      contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value } },
      ipcRenderer: {
        invoke: (channel, ...args) => window.standInInvoke(channel, args),
        on: (channel, run) => heard(channel).add(run),
        off: (channel, run) => heard(channel).delete(run),
      },
    }
    const load = (name) => {
      if (name === 'electron') return electron
      throw new Error('a preload script has no module ' + name)
    }
    ;((require, process, exports) => {
${source}
    })(load, { platform: ${JSON.stringify(platform)} }, {})
  }
`

type AskWindow = (method: string, ...args: unknown[]) => Promise<unknown>

const guard = async (page: Page, own: string, ask: AskWindow) => {
  await page.route(
    (url) => url.origin !== own,
    async (route) => {
      const request = route.request()
      const leaves = request.isNavigationRequest() && request.frame() === page.mainFrame()
      if (!leaves || (await ask('mayNavigate', request.url()))) return route.continue()
      return route.abort('aborted')
    },
  )
  // By a link with a target.
  page.context().on('page', async (popup) => {
    await ask('asksToOpen', popup.url())
    await popup.close()
  })
}

const openWindow = async (browser: Browser, ask: AskWindow, options: OpenOptions) => {
  const { url, preload, width, height } = options
  const context = await browser.newContext({ viewport: { width, height } })
  await context.exposeBinding('standInInvoke', ({ frame }, channel: string, args: unknown[]) =>
    ask('invoke', channel, args, { url: frame.url(), isMainFrame: frame.parentFrame() === null }),
  )
  await context.exposeFunction('standInOpen', (url: string) => ask('asksToOpen', url))
  await context.addInitScript(preloadScript(readFileSync(preload, 'utf8'), process.platform))
  await context.exposeBinding('standInClose', ({ page }) => page.close())
  const page = await context.newPage()
  await guard(page, new URL(url).origin, ask)
  page.once('close', () => void ask('closed'))
  await page.goto(url)
  return page
}

const launch = (args: readonly string[]): Running =>
  startNode(['--import', './e2e/hosts/electron-stand-in/register.ts', 'out/main/main.js', ...args])

const desktopOf = (main: Peer, args: readonly string[]): Desktop => {
  const ask = async <T>(method: string, ...rest: unknown[]) =>
    (await main.call(method, ...rest)) as T
  return {
    chooseInMenu: (id) => ask('chooseInMenu', id),
    answerFolderDialog: (path) => ask('answerFolderDialog', path),
    startAgain: async () => {
      const [code] = (await once(launch(args).child, 'exit')) as [number | null]
      return code
    },
    offersInMenu: (id) => ask<boolean>('offersInMenu', id),
    windows: () => ask<WindowFacts[]>('windows'),
    focusWindow: (index) => ask('focusWindow', index),
    resizeWindow: ({ width, height }, index = 0) => ask('resizeWindow', width, height, index),
    minimizeWindow: () => ask('minimizeWindow'),
    askPermission: (permission, mediaTypes) =>
      ask<boolean>('askPermission', permission, mediaTypes),
    openedOutside: () => ask<string[]>('openedOutside'),
  }
}

/** The built shell under the stand-in for `electron`; its windows are Chromium pages. */
export const openStandIn = async (browser: Browser, dataDir: string): Promise<Host> => {
  const args = [root, '--port=0', `--data=${dataDir}`]
  const running = launch(args)
  const pages = new Map<number, Page>()
  const opened = new EventEmitter<{ page: [Page] }>()
  const nextWindow = async () => ((await once(opened, 'page')) as [Page])[0]
  const firstPage = nextWindow()
  const main: Peer = connect(running.child, {
    open: async (id: number, options: OpenOptions) => {
      const ask: AskWindow = (method, ...rest) => main.call(method, id, ...rest)
      const page = await openWindow(browser, ask, options)
      pages.set(id, page)
      opened.emit('page', page)
    },
    navigate: (id: number, url: string) => pages.get(id)?.goto(url),
    send: (id: number, channel: string, sent: unknown[]) =>
      pages
        .get(id)
        ?.evaluate(
          ([name, values]) =>
            (globalThis as unknown as IpcBridge).standInEmit(name as string, values as unknown[]),
          [channel, sent],
        ),
  })
  const page = await whileRunning(running, firstPage)
  return {
    name: 'stand-in',
    page,
    url: new URL(page.url()).origin,
    token: await page.evaluate(async () => (await globalThis.patchbay.launch()).token),
    log: running.log,
    desktop: desktopOf(main, args),
    nextWindow,
    close: async () => {
      await running.stop()
      for (const each of pages.values()) await each.context().close()
    },
    kill: running.kill,
  }
}
