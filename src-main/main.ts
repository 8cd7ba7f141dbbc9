/** The desktop host: the backend in Electron's main process with its window beside it. */
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { argv, env, platform } from 'node:process'
import { app, dialog } from 'electron'
import { createApp } from './app.ts'
import { defaultDataDir } from './platform/data-dir.ts'
import { createLog } from './platform/log.ts'
import { isPortTaken } from './platform/port.ts'
import { parseDesktopArgs } from './serve-options.ts'
import { startShell } from './shell/shell.ts'

const log = createLog()
const bundle = (path: string) => join(import.meta.dirname, path)

const run = async (dataDir: string, wantedPort: number) => {
  await app.whenReady()
  const listen = (port: number) =>
    createApp({ dataDir, port, rendererDir: bundle('../renderer'), log })
  // The same port every time where possible: what the page remembers belongs to its address.
  const backend = await listen(wantedPort).catch((error: unknown) => {
    if (isPortTaken(error)) return listen(0)
    throw error
  })
  startShell({
    url: backend.url,
    token: backend.launchToken,
    beforeQuit: backend.close,
    log,
    preload: bundle('../preload/preload.cjs'),
    icon: bundle('../../resources/icon.png'),
    stateFile: join(dataDir, 'desktop/windows.json'),
  })
}

const { dataDir, port } = parseDesktopArgs(argv)
const folder = resolve(dataDir ?? defaultDataDir({ platform, env, home: homedir() }))
const desktopFolder = join(folder, 'desktop')
mkdirSync(desktopFolder, { recursive: true, mode: 0o700 })
app.setPath('userData', desktopFolder)
if (app.requestSingleInstanceLock()) {
  run(folder, port).catch((error: unknown) => {
    dialog.showErrorBox('Patchbay cannot start', String(error))
    app.exit(1)
  })
} else {
  app.quit()
}
