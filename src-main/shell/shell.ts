/**
 * The desktop around the interface: its windows, the native menu and the bridge. It knows the backend
 * by its address and token only; data goes between the page and the backend, not through here.
 */
import { app, BrowserWindow, ipcMain, Menu, session, type IpcMainInvokeEvent } from 'electron'
import { channels, type Bridge } from './bridge.ts'
import { chooseFolder } from './dialogs.ts'
import { guardSession, isOwnFrame, openDocs } from './guard.ts'
import { isOffered, menuTemplate, pageCommands } from './menu.ts'
import { createWindows, type Windows, type WindowsOptions } from './windows.ts'

export type ShellOptions = WindowsOptions & {
  token: string
  /** The app quits when this is done. */
  beforeQuit: () => Promise<void>
}

type Answers = {
  [Name in 'launch' | 'chooseFolder']: (
    window: Electron.BrowserWindow,
  ) => Awaited<ReturnType<Bridge[Name]>> | ReturnType<Bridge[Name]>
}

const answer = (options: ShellOptions) => {
  const answers: Answers = { launch: () => ({ token: options.token }), chooseFolder }
  const ask = (name: keyof Answers) => (event: IpcMainInvokeEvent) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (!window || !isOwnFrame(event, options.url)) throw new Error('refused: not Patchbay’s page')
    return answers[name](window)
  }
  ipcMain.handle(channels.launch, ask('launch'))
  ipcMain.handle(channels.chooseFolder, ask('chooseFolder'))
}

const quitAfter = (work: () => Promise<void>) => {
  let done = false
  app.on('will-quit', (event) => {
    if (done) return
    event.preventDefault()
    void work().finally(() => {
      done = true
      app.quit()
    })
  })
}

/** One menu for all windows: on macOS there is no other, elsewhere only the focused one's can be chosen from. */
const startMenu = (windows: Windows, url: string) => {
  const menu = Menu.buildFromTemplate(
    menuTemplate(process.platform, {
      command: (id, window = windows.main()) => {
        if (window instanceof BrowserWindow) window.webContents.send(channels.menu, id)
      },
      showMain: () => windows.showMain(),
      openDocs: () => openDocs(url),
    }),
  )
  const offer = () => {
    const kind = windows.kindOf(BrowserWindow.getFocusedWindow() ?? undefined)
    for (const id of pageCommands) {
      const item = menu.getMenuItemById(id)
      if (item) item.enabled = isOffered(id, kind)
    }
  }
  app.on('browser-window-focus', offer)
  app.on('browser-window-blur', offer)
  Menu.setApplicationMenu(menu)
}

export const startShell = (options: ShellOptions): void => {
  const windows = createWindows(options)
  const show = () => windows.showMain()
  answer(options)
  guardSession(session.defaultSession, options.url)
  quitAfter(options.beforeQuit)
  startMenu(windows, options.url)
  app.on('second-instance', show)
  // macOS: the app outlives its windows and comes back from the dock.
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  show()
}
