/** The main window, and one window for each conference that was popped out. */
import type { BrowserWindow } from 'electron'
import { guardContents } from './guard.ts'
import { createMemory, mainSizes, popOutSizes } from './window-state.ts'
import { bringToFront, openWindow, type WindowOptions } from './window.ts'
import { popOutHash } from './wish.ts'

export type WindowsOptions = WindowOptions & {
  /** Where the places of windows are remembered. */
  stateFile: string
}

export type WindowKind = 'main' | 'pop-out'

export type Windows = {
  /** Opens the main window or brings it to the front; `hash` names the page it goes to. */
  showMain: (hash?: string) => void
  main: () => BrowserWindow | undefined
  kindOf: (window: Electron.BaseWindow | undefined) => WindowKind
}

/** A pop-out outlives the main window: a second monitor keeps its conference. */
export const createWindows = (options: WindowsOptions): Windows => {
  const { url, log, stateFile } = options
  const memory = createMemory(stateFile)
  let main: BrowserWindow | undefined
  const popOuts = new Map<string, BrowserWindow>()

  const guarded = (window: BrowserWindow) => {
    guardContents(window.webContents, {
      url,
      log,
      grant: (wish) => {
        if (wish.kind === 'pop-out') popOut(wish.conferenceId)
        else showMain(wish.hash)
      },
    })
    return window
  }

  const popOut = (id: string) => {
    const open = popOuts.get(id)
    if (open) {
      bringToFront(open)
      return
    }
    const plan = { hash: popOutHash(id), sizes: popOutSizes, name: `conference ${id}` }
    const window = guarded(openWindow(options, { ...plan, memory, others: popOuts.size }))
    popOuts.set(id, window)
    window.on('closed', () => popOuts.delete(id))
  }

  const showMain = (hash = '') => {
    if (!main) {
      const plan = { hash, sizes: mainSizes, name: 'main', memory, others: 0 }
      main = guarded(openWindow(options, plan))
      main.on('closed', () => (main = undefined))
      return
    }
    bringToFront(main)
    if (hash === '') return
    // Another fragment of the same address: the page is not loaded again.
    main.loadURL(`${url}/${hash}`).catch((error: unknown) => {
      log.error('the main window did not get to a page', { error })
    })
  }

  return {
    showMain,
    main: () => main,
    kindOf: (window) =>
      [...popOuts.values()].some((each) => each === window) ? 'pop-out' : 'main',
  }
}
