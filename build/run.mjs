// What every script here needs: where the project is, its own Node, and how to say and run things.
// Runs on Node 20, before anything is installed. Everything is said on stderr: stdout belongs to the
// command that was asked for.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const wantedNode = 24

export const say = (line) => void process.stderr.write(`patchbay: ${line}\n`)

/** The path of a program in PATH, or null. */
export const which = (name, path = process.env.PATH ?? '') => {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const file = join(folder, name + ending)
      if (existsSync(file)) return file
    }
  }
  return null
}

const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1])
const bundled = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** The Node the product runs on: the npm package `node`, or this process where that has no binary. */
export const nodeBinary = () => {
  if (major(process.versions.node) === wantedNode) return process.execPath
  const { stdout } = spawnSync(bundled, ['--version'], { encoding: 'utf8' })
  return major(stdout ?? '') === wantedNode ? bundled : null
}

/** Runs a command to its end, its output on stderr unless `stdio` differs; true when it succeeded. */
export const run = ([command, ...args], { env = {}, stdio = ['ignore', 2, 2], timeoutMs } = {}) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio,
    timeout: timeoutMs,
    // npm is a .cmd on Windows, which only a shell starts. No argument here comes from outside.
    shell: process.platform === 'win32' && command === 'npm',
  })
  return !error && status === 0
}

/** What a command prints, or '' when it cannot be run. */
export const output = ([command, ...args]) =>
  spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 }).stdout ?? ''

/** PATH without this project's own programs: npm must not run on the Node it is about to replace. */
export const systemPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(delimiter)
