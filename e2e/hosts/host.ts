import type { Page } from '@playwright/test'

export type HostName = 'electron' | 'serve' | 'stand-in'

/** A running Patchbay with its interface open, whatever it runs in. */
export type Host = {
  name: HostName
  page: Page
  url: string
  /** What the person at this machine is known by. */
  token: string
  /** Everything the product has logged so far. */
  log: () => string
  /** The desktop around the page; null in a browser. */
  desktop: Desktop | null
  /** The next window that opens; asked for before what opens it. */
  nextWindow: () => Promise<Page>
  close: () => Promise<void>
  /** Ends the backend as a loss of power would: nothing is written any more. */
  kill: () => Promise<void>
}

/** What a person does with the desktop around the page, and what can be seen of it. */
export type Desktop = {
  /** Chooses an item of the native menu. */
  chooseInMenu: (id: string) => Promise<void>
  /** Whether it can be chosen now. */
  offersInMenu: (id: string) => Promise<boolean>
  /** How the next question for a folder is answered; null cancels it. */
  answerFolderDialog: (path: string | null) => Promise<void>
  /** Starts the app once more on the same data; the exit code of that second process. */
  startAgain: () => Promise<number | null>
  /** In the order they were opened. */
  windows: () => Promise<WindowFacts[]>
  focusWindow: (index: number) => Promise<void>
  /** The main window without `index`. */
  resizeWindow: (size: { width: number; height: number }, index?: number) => Promise<void>
  minimizeWindow: () => Promise<void>
  /** What the shell answers when the page asks for a permission; `media` names its devices. */
  askPermission: (permission: string, mediaTypes?: string[]) => Promise<boolean>
  /** Addresses that were handed to the person's browser. */
  openedOutside: () => Promise<string[]>
}

export type WindowFacts = {
  bounds: { x: number; y: number; width: number; height: number }
  minimized: boolean
  focused: boolean
}
