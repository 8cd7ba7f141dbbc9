// Looks at the machine: what is there, and how more could be installed.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { nodeBinary, output, root, run, which } from './run.mjs'

const json = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'))
  } catch {
    return null
  }
}

/**
 * Whether what npm installed is what the lock file asks for. npm writes its own record last, so an
 * interrupted install has none. Optional packages are for other platforms when they are missing.
 */
export const sameInstall = (lock, installed) =>
  Boolean(lock && installed) &&
  Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed.packages[path]
    if (!found) return Boolean(wanted.optional || wanted.peer)
    return found.version === wanted.version
  })

export const hasMp3 = (soxHelp) => /^AUDIO FILE FORMATS:.*\bmp3\b/m.test(soxHelp)

const probes = {
  'npm packages': () =>
    sameInstall(json('package-lock.json'), json('node_modules/.package-lock.json')),
  'Node 24': () => nodeBinary() !== null,
  sox: () => which('sox') !== null && hasMp3(output(['sox', '--help'])),
  'espeak-ng': () => which('espeak-ng') !== null,
  baresip: () => which('baresip') !== null,
  sipp: () => which('sipp') !== null,
  chromium: async () => (await findBrowser()) !== null,
}

/** Whether a thing of the plan is there now. */
export const present = async (name) => probes[name]()

const privilege = (manager) => {
  if (manager === 'brew') return 'user'
  if (process.getuid?.() === 0) return 'root'
  return which('sudo') && run(['sudo', '-n', 'true'], { stdio: 'ignore' }) ? 'sudo' : 'none'
}

const distribution = () => {
  const file = '/etc/os-release'
  return existsSync(file) ? (/^ID=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '') : ''
}

const packageLists = () => {
  const folder = '/var/lib/apt/lists'
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'))
}

/** The facts `plan` decides on. */
export const look = async (tools) => {
  const found = {}
  for (const tool of tools) found[tool] = await present(tool)
  const allowScripts = Object.entries(json('package.json').allowScripts ?? {})
  const facts = {
    platform: process.platform,
    distribution: distribution(),
    npmPackages: {
      installed: await present('npm packages'),
      allowScripts: allowScripts.filter(([, allowed]) => allowed).map(([name]) => name),
    },
    node24: await present('Node 24'),
    found,
    manager: null,
    privilege: 'none',
    packageLists: false,
  }
  // Asking sudo is left out when nothing is missing: a second start stays quick.
  if (tools.every((tool) => found[tool])) return facts
  const managers = ['apt-get', 'dnf', 'pacman', 'apk', 'brew']
  const manager = managers.find((name) => which(name)) ?? null
  return { ...facts, manager, privilege: privilege(manager), packageLists: packageLists() }
}
