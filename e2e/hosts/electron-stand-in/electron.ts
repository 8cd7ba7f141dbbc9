/** The part of Electron's interface that the product uses. README.md says what is not faithful. */
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import type { MenuItemConstructorOptions } from 'electron'
import { lockInstance } from './instance-lock.ts'
import { connect } from './peer.ts'

type Bounds = { x: number; y: number; width: number; height: number }
type WindowOptions = Bounds & { webPreferences: Record<string, unknown> & { preload: string } }
type Sender = { url: string; isMainFrame: boolean }
type Answer = (...args: unknown[]) => unknown
type Permission = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string; mediaTypes?: string[] },
) => void
type OpenHandler = (details: { url: string }) => { action: string }

const cancellable = () => {
  const event = {
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  }
  return event
}

class WebContents extends EventEmitter {
  openHandler: OpenHandler = () => ({ action: 'allow' })
  readonly windowId: number
  constructor(windowId: number) {
    super()
    this.windowId = windowId
  }
  send(channel: string, ...args: unknown[]) {
    void test.call('send', this.windowId, channel, args)
  }
  setWindowOpenHandler(handler: OpenHandler) {
    this.openHandler = handler
  }
}

const windows: BrowserWindow[] = []
let lastWindowId = 0
let focusedId: number | null = null

/** As Electron tells it: who had the focus first. */
const giveFocus = (id: number | null) => {
  if (focusedId === id) return
  const [before, after] = [focusedId, id].map((each) =>
    windows.find((window) => window.id === each),
  )
  focusedId = id
  if (before) app.emit('browser-window-blur', {}, before)
  if (after) app.emit('browser-window-focus', {}, after)
}

const isIsolated = ({ sandbox, contextIsolation, nodeIntegration }: Record<string, unknown>) =>
  sandbox === true && contextIsolation === true && nodeIntegration === false

export class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows]
  static getFocusedWindow = () => windows.find(({ id }) => id === focusedId) ?? null
  static fromWebContents = (contents: WebContents) =>
    windows.find(({ webContents }) => webContents === contents) ?? null

  readonly id = ++lastWindowId
  readonly webContents = new WebContents(this.id)
  readonly webPreferences: WindowOptions['webPreferences']
  #bounds: Bounds
  #minimized = false
  #maximized = false
  #isLoaded = false

  constructor({ x, y, width, height, webPreferences }: WindowOptions) {
    super()
    if (!isIsolated(webPreferences)) throw new Error('a window without a sandbox was asked for')
    this.#bounds = { x, y, width, height }
    this.webPreferences = webPreferences
    windows.push(this)
  }
  async loadURL(url: string) {
    if (this.#isLoaded) {
      await test.call('navigate', this.id, url)
      return
    }
    this.#isLoaded = true
    pageUrl = url
    await test.call('open', this.id, { url, preload: this.webPreferences.preload, ...this.#bounds })
    this.emit('ready-to-show')
  }
  getNormalBounds = () => this.#bounds
  setSize(width: number, height: number) {
    this.#bounds = { ...this.#bounds, width, height }
  }
  isMaximized = () => this.#maximized
  maximize = () => void (this.#maximized = true)
  isMinimized = () => this.#minimized
  minimize() {
    this.#minimized = true
    giveFocus(null)
  }
  restore = () => void (this.#minimized = false)
  show = () => this.focus()
  focus = () => giveFocus(this.id)
  isFocused = () => focusedId === this.id
  close() {
    this.emit('close', cancellable())
    if (this.isFocused()) giveFocus(null)
    windows.splice(windows.indexOf(this), 1)
    this.emit('closed')
    if (windows.length === 0 && !app.quitting) app.emit('window-all-closed')
  }
}

class App extends EventEmitter {
  quitting = false
  #paths = new Map([['userData', join(tmpdir(), 'electron-stand-in')]])
  #told: Promise<void> = Promise.resolve()

  whenReady = () => Promise.resolve()
  setPath(name: string, path: string) {
    if (!existsSync(path)) throw new Error(`Failed to set path ${path}: no such folder`)
    this.#paths.set(name, path)
  }
  requestSingleInstanceLock() {
    const { first, told } = lockInstance(this.#paths.get('userData')!, () =>
      this.emit('second-instance'),
    )
    this.#told = told
    return first
  }
  quit() {
    this.quitting = true
    this.emit('before-quit', cancellable())
    for (const window of BrowserWindow.getAllWindows()) window.close()
    const event = cancellable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) void this.#told.then(() => this.exit(0))
  }
  exit = (code: number) => process.exit(code)
}
export const app = new App()

const answers = new Map<string, Answer>()
export const ipcMain = {
  handle: (channel: string, answer: Answer) => void answers.set(channel, answer),
}

let askPermission: Permission = (_, __, answer) => answer(true)
let pageUrl = ''
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Permission) => void (askPermission = handler),
    setPermissionCheckHandler: () => undefined,
  },
}

type BuiltMenu = { getMenuItemById: (id: string) => MenuItemConstructorOptions | null }
let applicationMenu: BuiltMenu | undefined
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]): BuiltMenu => ({
    getMenuItemById: (id) => findItem(template, id) ?? null,
  }),
  setApplicationMenu: (menu: BuiltMenu) => void (applicationMenu = menu),
}

let chosenFolder: string | null = null
export const dialog = {
  showOpenDialog: () =>
    Promise.resolve({
      canceled: chosenFolder === null,
      filePaths: chosenFolder === null ? [] : [chosenFolder],
    }),
  showErrorBox: (title: string, content: string) =>
    void process.stderr.write(`error box: ${title}: ${content}\n`),
}

const openedOutside: string[] = []
export const shell = {
  openExternal: (url: string) => Promise.resolve(void openedOutside.push(url)),
}

const display = { id: 1, workArea: { x: 0, y: 0, width: 1440, height: 900 } }
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] }

const windowOf = (id: number) => windows.find((window) => window.id === id)!
const findItem = (
  items: MenuItemConstructorOptions[],
  id: string,
): MenuItemConstructorOptions | undefined =>
  items
    .flatMap((item) => [item, ...(Array.isArray(item.submenu) ? item.submenu : [])])
    .find((item) => item.id === id)

/** What the test's process may ask: what Chromium, the window manager or a person would do. */
const test = connect(process, {
  invoke: (id: number, channel: string, args: unknown[], { url, isMainFrame }: Sender) => {
    const answer = answers.get(channel)
    if (!answer) throw new Error(`No handler registered for '${channel}'`)
    const parent = isMainFrame ? null : {}
    const senderFrame = { url, origin: new URL(url).origin, parent }
    return answer({ sender: windowOf(id).webContents, senderFrame }, ...args)
  },
  mayNavigate: (id: number, url: string) => {
    const event = { ...cancellable(), url }
    event.preventDefault = () => void (event.defaultPrevented = true)
    windowOf(id).webContents.emit('will-navigate', event)
    return !event.defaultPrevented
  },
  asksToOpen: (id: number, url: string) => {
    const { action } = windowOf(id).webContents.openHandler({ url })
    if (action === 'allow') throw new Error('the stand-in has no windows that a page opens itself')
  },
  closed: (id: number) => windowOf(id).close(),
  chooseInMenu: (id: string) => {
    const item = applicationMenu?.getMenuItemById(id)
    if (!item || item.enabled === false) throw new Error(`the menu does not offer ${id}`)
    const click = item.click as ((item: unknown, window: unknown) => void) | undefined
    click?.(item, BrowserWindow.getFocusedWindow() ?? undefined)
  },
  offersInMenu: (id: string) => applicationMenu?.getMenuItemById(id)?.enabled !== false,
  answerFolderDialog: (path: string | null) => void (chosenFolder = path),
  askPermission: (permission: string, mediaTypes?: string[]) => {
    const details = { requestingUrl: pageUrl, ...(mediaTypes && { mediaTypes }) }
    return new Promise((answer) =>
      askPermission(windows[0]?.webContents, permission, answer, details),
    )
  },
  openedOutside: () => openedOutside,
  windows: () =>
    windows.map((window) => ({
      bounds: window.getNormalBounds(),
      minimized: window.isMinimized(),
      focused: window.isFocused(),
    })),
  focusWindow: (index: number) => windows[index]!.focus(),
  resizeWindow: (width: number, height: number, index: number) =>
    windows[index]!.setSize(width, height),
  minimizeWindow: () => windows[0]!.minimize(),
})

process.on('SIGTERM', () => app.quit())
process.on('disconnect', () => app.quit())
