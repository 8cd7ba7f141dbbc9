// `npm run serve`: sets up and builds what is missing, then runs the headless server. Only the server
// writes to stdout: one line of JSON.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, productTools } from './bootstrap.mjs'
import { build } from './build.mjs'
import { nodeBinary, root } from './run.mjs'

await bootstrap({ tools: productTools })
if (!build({ ifStale: true })) process.exit(1)

const entry = join(root, 'out/main/serve.js')
const node = nodeBinary()
if (node === process.execPath) {
  await import(pathToFileURL(entry).href)
} else {
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
