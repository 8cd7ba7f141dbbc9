// `npm run package`: installers for this platform (electron-builder.yml).
import { dirname, join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { build } from './build.mjs'
import { obtainElectron } from './electron.mjs'
import { nodeBinary, root, run, say } from './run.mjs'

await bootstrap({ tools: [] })
const electron = obtainElectron()
if (!electron) {
  say('no installers here: Electron’s binary cannot be fetched (npx install-electron says why)')
  process.exit(1)
}
if (!build()) process.exit(1)
const dist =
  process.platform === 'darwin' ? electron.replace(/\/Electron[.]app.*/, '') : dirname(electron)
const builder = join(root, 'node_modules/electron-builder/cli.js')
const made = run([nodeBinary(), builder, '--publish', 'never', `--config.electronDist=${dist}`])
process.exit(made ? 0 : 1)
