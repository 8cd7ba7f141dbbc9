import { BrowserWindow, screen } from 'electron'
import type { Log } from '../platform/log.ts'
import { placeWindow, stepAside, type Memory, type Sizes } from './window-state.ts'

export type WindowOptions = {
  /** Address of the interface. */
  url: string
  preload: string
  /** Linux takes the icon from here; elsewhere it is part of the package. */
  icon: string
  log: Log
}

/** What one window is beside others. */
type WindowPlan = {
  /** Of the address. */
  hash: string
  sizes: Sizes
  /** Under which its place is remembered. */
  name: string
  memory: Memory
  /** So many like it are open. */
  others: number
}

const areas = () => {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary.workArea, ...others.map(({ workArea }) => workArea)] as const
}

const placeOf = ({ name, memory, sizes, others }: WindowPlan) => {
  const saved = memory.read(name)
  const place = placeWindow(saved, areas(), sizes.preferred)
  return saved ? place : stepAside(place, others)
}

export const openWindow = (
  { url, preload, icon, log }: WindowOptions,
  plan: WindowPlan,
): BrowserWindow => {
  const { bounds, maximized } = placeOf(plan)
  const { minimum } = plan.sizes
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimum.width,
    minHeight: minimum.height,
    // Until the page has its own.
    title: 'Patchbay',
    icon,
    // Nothing is shown before the first picture: no white flash in the dark theme.
    show: false,
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    plan.memory.write(plan.name, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
    })
  })
  window.loadURL(`${url}/${plan.hash}`).catch((error: unknown) => {
    // Closed before it was there.
    if (window.isDestroyed()) return
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
