/** Everything that crosses between the window and the shell: what a browser cannot do, never data. */
export type Bridge = {
  /** The launch token of the person at this machine. */
  launch: () => Promise<{ token: string }>
  /** Asks for a folder or a zip with a pack; null when the person thinks better of it. */
  chooseFolder: () => Promise<string | null>
  /** Hears the ids of commands chosen in the native menu; returns how to stop hearing. */
  onMenu: (run: (command: string) => void) => () => void
  platform: string
}

export const channels = {
  launch: 'patchbay:launch',
  chooseFolder: 'patchbay:choose-folder',
  menu: 'patchbay:menu',
} as const
