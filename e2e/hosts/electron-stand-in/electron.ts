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

export class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows]
  static fromWebContents = (contents: WebContents) =>
    windows.find(({ webContents }) => webContents === contents) ?? null

  readonly id = ++lastWindowId
  readonly webContents = new WebContents(this.id)
  readonly webPreferences: WindowOptions['webPreferences']
  #bounds: Bounds
  #minimized = false
  #maximized = false

  constructor({ x, y, width, height, webPreferences }: WindowOptions) {
    super()
    this.#bounds = { x, y, width, height }
    this.webPreferences = webPreferences
    windows.push(this)
  }
  async loadURL(url: string) {
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
    focusedId = null
  }
  restore = () => void (this.#minimized = false)
  show = () => this.focus()
  focus = () => void (focusedId = this.id)
  isFocused = () => focusedId === this.id
  close() {
    this.emit('close', cancellable())
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

let applicationMenu: MenuItemConstructorOptions[] = []
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: MenuItemConstructorOptions[]) => void (applicationMenu = menu),
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
  mayOpen: (id: number, url: string) =>
    windowOf(id).webContents.openHandler({ url }).action === 'allow',
  closed: (id: number) => windowOf(id).close(),
  chooseInMenu: (id: string) => {
    const item = findItem(applicationMenu, id)
    if (!item) throw new Error(`no menu item ${id}`)
    ;(item.click as (() => void) | undefined)?.()
  },
  answerFolderDialog: (path: string | null) => void (chosenFolder = path),
  askPermission: (permission: string, mediaTypes?: string[]) => {
    const details = { requestingUrl: pageUrl, ...(mediaTypes && { mediaTypes }) }
    return new Promise((answer) =>
      askPermission(windows[0]?.webContents, permission, answer, details),
    )
  },
  openedOutside: () => openedOutside,
  window: () => {
    const window = windows[0]!
    return {
      bounds: window.getNormalBounds(),
      minimized: window.isMinimized(),
      focused: window.isFocused(),
    }
  },
  webPreferences: () => windows[0]!.webPreferences,
  resizeWindow: (width: number, height: number) => windows[0]!.setSize(width, height),
  minimizeWindow: () => windows[0]!.minimize(),
})

process.on('SIGTERM', () => app.quit())
process.on('disconnect', () => app.quit())
