import type { MenuItemConstructorOptions } from 'electron'

export type MenuActions = {
  /** Sends a command of the renderer's registry to the window. */
  command: (id: string) => void
  openDocs: () => void
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The native menu. Its own items carry the id of the command they run. */
export const menuTemplate = (
  platform: NodeJS.Platform,
  { command, openDocs }: MenuActions,
): MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin'
  const item = (id: string, label: string, accelerator: string): MenuItemConstructorOptions => ({
    id,
    label,
    accelerator,
    click: () => command(id),
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
        item('app.palette', 'Command Palette…', 'CmdOrCtrl+K'),
        separator,
        item('app.go.prompts', 'Prompts', 'CmdOrCtrl+1'),
        item('app.go.media', 'Media', 'CmdOrCtrl+2'),
        item('app.go.editor', 'Editor', 'CmdOrCtrl+3'),
        item('app.go.batches', 'Batches', 'CmdOrCtrl+4'),
        item('app.go.phones', 'Phones', 'CmdOrCtrl+8'),
        item('app.go.settings', 'Settings', 'CmdOrCtrl+,'),
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
