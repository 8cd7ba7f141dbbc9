import { BrowserWindow, screen } from 'electron'
import type { Log } from '../platform/log.ts'
import { guardContents } from './guard.ts'
import { minimumSize, placeWindow, readWindowState, writeWindowState } from './window-state.ts'

export type WindowOptions = {
  /** Address of the interface. */
  url: string
  preload: string
  /** Linux takes the icon from here; elsewhere it is part of the package. */
  icon: string
  /** Where the place of the window is remembered. */
  stateFile: string
  log: Log
}

const areas = () => {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary.workArea, ...others.map(({ workArea }) => workArea)] as const
}

export const openWindow = ({
  url,
  preload,
  icon,
  stateFile,
  log,
}: WindowOptions): BrowserWindow => {
  const { bounds, maximized } = placeWindow(readWindowState(stateFile), areas())
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Patchbay',
    icon,
    // Nothing is shown before the first picture: no white flash in the dark theme.
    show: false,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  guardContents(window.webContents, url, log)
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    writeWindowState(stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
    })
  })
  window.loadURL(url).catch((error: unknown) => {
    log.error('the interface could not be loaded', { error })
    window.show()
  })
  return window
}

export const bringToFront = (window: Electron.BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
