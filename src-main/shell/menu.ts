import type { MenuItemConstructorOptions } from 'electron'
import type { WindowKind } from './windows.ts'

export type MenuActions = {
  /** Sends a command of the renderer's registry to the window that was in front; macOS may have none. */
  command: (id: string, window: Electron.BaseWindow | undefined) => void
  showMain: () => void
  openDocs: () => void
}

/** Pages, with the keys that lead to them. */
const pages = [
  ['prompts', 'Prompts', 'CmdOrCtrl+1'],
  ['media', 'Media', 'CmdOrCtrl+2'],
  ['editor', 'Editor', 'CmdOrCtrl+3'],
  ['batches', 'Batches', 'CmdOrCtrl+4'],
  ['conferences', 'Conferences', 'CmdOrCtrl+6'],
  ['phones', 'Phones', 'CmdOrCtrl+8'],
  ['settings', 'Settings', 'CmdOrCtrl+,'],
] as const

const palette = 'app.palette'

/** The items that are commands of a page. */
export const pageCommands: readonly string[] = [
  ...['prompts.import', 'prompts.export', palette],
  ...pages.map(([page]) => `app.go.${page}`),
]

/** A conference in a window of its own has no other pages. */
export const isOffered = (id: string, kind: WindowKind): boolean =>
  kind === 'main' || id === palette

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The native menu. Its own items carry the id of the command they run. */
export const menuTemplate = (
  platform: NodeJS.Platform,
  { command, showMain, openDocs }: MenuActions,
): MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin'
  const item = (id: string, label: string, accelerator: string): MenuItemConstructorOptions => ({
    id,
    label,
    accelerator,
    click: (_, window) => command(id, window),
  })
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        item('prompts.import', 'Import Pack…', 'CmdOrCtrl+Shift+I'),
        item('prompts.export', 'Export…', 'CmdOrCtrl+Shift+E'),
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item(palette, 'Command Palette…', 'CmdOrCtrl+K'),
        separator,
        ...pages.map(([page, label, keys]) => item(`app.go.${page}`, label, keys)),
        separator,
        { id: 'window.main', label: 'Main Window', click: showMain },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools', accelerator: 'F12' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { id: 'help.docs', label: 'API Documentation', click: openDocs },
        ...(mac ? [] : [separator, { role: 'about' as const }]),
      ],
    },
  ]
}
