/**
 * The desktop around the interface: one window, the native menu and the bridge. It knows the backend
 * by its address and token only; data goes between the page and the backend, not through here.
 */
import { app, BrowserWindow, ipcMain, Menu, session, type IpcMainInvokeEvent } from 'electron'
import { channels, type Bridge } from './bridge.ts'
import { chooseFolder } from './dialogs.ts'
import { guardSession, isOwnFrame, openDocs } from './guard.ts'
import { menuTemplate } from './menu.ts'
import { bringToFront, openWindow, type WindowOptions } from './window.ts'

export type ShellOptions = WindowOptions & {
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

export const startShell = (options: ShellOptions): void => {
  const show = () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window) bringToFront(window)
    else openWindow(options)
  }
  const command = (id: string) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channels.menu, id)
  }
  answer(options)
  guardSession(session.defaultSession, options.url)
  quitAfter(options.beforeQuit)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, { command, openDocs: () => openDocs(options.url) }),
    ),
  )
  app.on('second-instance', show)
  // macOS: the app outlives its window and comes back from the dock.
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  show()
}
