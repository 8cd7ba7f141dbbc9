// Builds the three bundles. With --if-stale only when a source has changed since the last build.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { nodeBinary, root, run, say } from './run.mjs'

const sources = ['src-main', 'src-renderer', 'package-lock.json', 'electron.vite.config.ts']
const outputs = [
  'out/main/main.js',
  'out/main/serve.js',
  'out/main/worker.js',
  'out/main/engine-worker.js',
  'out/preload/preload.cjs',
]
const stamp = join(root, 'out/fingerprint')

const files = (path) => {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => files(join(path, name)))
}

/** Changes with every edit, addition and removal of a source; a few milliseconds. */
const fingerprint = () => {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((path) => files(join(root, path))).sort()) {
    if (/[.]test[.]tsx?$/.test(file)) continue
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const built = () => {
  try {
    outputs.forEach((file) => statSync(join(root, file)))
    return readFileSync(stamp, 'utf8')
  } catch {
    return null
  }
}

/** True when `out/` is up to date afterwards. */
export const build = ({ ifStale = false } = {}) => {
  const current = fingerprint()
  if (ifStale && built() === current) return true
  say('building')
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  if (!run([nodeBinary(), cli, 'build', '--logLevel', 'warn'])) return false
  writeFileSync(stamp, current)
  return true
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = build({ ifStale: argv.includes('--if-stale') }) ? 0 : 1
}
