import { dialog } from 'electron'

/** Asks for the folder of a pack; null when nothing was chosen. */
export const chooseFolder = async (window: Electron.BrowserWindow): Promise<string | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import a prompt pack',
    buttonLabel: 'Import',
    properties: ['openDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}
