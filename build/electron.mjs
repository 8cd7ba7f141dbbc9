// Electron's binary is no npm package: it is fetched from its own site when first needed. Where that
// is not possible Patchbay runs in the browser, so a failure is remembered for a day and not retried.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { failedLately, remember } from './memory.mjs'
import { nodeBinary, root, run, say } from './run.mjs'

const folder = join(root, 'node_modules/electron')
const fetchLimitMs = 10 * 60 * 1000

const text = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : null)

const executable = () => {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }
  const inside = text(join(folder, 'path.txt')) ?? names[process.platform] ?? 'electron'
  return join(dist, inside)
}

/** Electron's binary, or null when it was not fetched. Whether it starts is another matter. */
export const findElectron = () => (existsSync(executable()) ? executable() : null)

/** Why no window could be opened even with the binary, or null. */
export const noDesktop = ({ platform, env, uid }) => {
  if (platform !== 'linux') return null
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display'
  return uid === 0 ? 'Electron does not run as root' : null
}

/** Fetches Electron's binary unless it is there or could not be had today. */
export const obtainElectron = () => {
  const found = findElectron()
  if (found || failedLately('electron')) return found
  say('fetching Electron, the desktop window (about 110 MB)')
  run([nodeBinary(), join(folder, 'install.js')], { stdio: 'ignore', timeoutMs: fetchLimitMs })
  remember('electron', findElectron() !== null)
  return findElectron()
}
