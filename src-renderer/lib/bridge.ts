/** What the desktop shell offers the page, and a browser does not. It never carries data. */
export type Bridge = {
  /** The token of the person at this machine. */
  launch: () => Promise<{ token: string }>
  /** Asks for a folder or a zip on this machine; null when the person thinks better of it. */
  chooseFolder: () => Promise<string | null>
  /** Calls back with the id of the command that was chosen in the native menu; the answer stops that. */
  onMenu: (listener: (commandId: string) => void) => () => void
}

declare global {
  var patchbay: Partial<Bridge> | undefined
}

export const bridge: Partial<Bridge> = globalThis.patchbay ?? {}
