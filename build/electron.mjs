// Electron's binary is no npm package: it is fetched from its own site when first needed. Where that
// is not possible Patchbay runs in the browser, so a failure is remembered for a day and not retried.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeBinary, root, run, say } from './run.mjs'

const folder = join(root, 'node_modules/electron')
const memory = join(root, 'node_modules/.cache/patchbay/electron-not-fetched')
const dayMs = 24 * 60 * 60 * 1000
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

const failedLately = () => Date.now() - Number(text(memory) ?? 0) < dayMs

/** Fetches Electron's binary unless it is there or could not be had today. */
export const obtainElectron = () => {
  const found = findElectron()
  if (found || failedLately()) return found
  say('fetching Electron, the desktop window (about 110 MB)')
  const fetched = run([nodeBinary(), join(folder, 'install.js')], {
    stdio: 'ignore',
    timeoutMs: fetchLimitMs,
  })
  if (fetched) return findElectron()
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, String(Date.now()))
  return null
}
