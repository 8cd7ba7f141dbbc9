import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real phone of somebody else's making, without a screen. */
export type Baresip = {
  /** Everything it said so far. */
  said: () => string
  /** Hangs up and unregisters, as when a person quits it; resolves when it is gone. */
  quit: () => Promise<void>
}

const modules = [
  '/usr/lib/baresip/modules',
  '/usr/lib64/baresip/modules',
  '/usr/local/lib/baresip/modules',
  '/opt/homebrew/lib/baresip/modules',
].find(existsSync)

/** Why it cannot run here; undefined when it can. */
export const noBaresip: string | undefined =
  modules === undefined || spawnSync('baresip', ['-h']).error
    ? 'baresip is not installed (npm test installs it)'
    : undefined

const quitLimitMs = 5000

/** `account` is a line of its accounts file. Resolves once it has tried to register. */
export const startBaresip = async (account: string): Promise<Baresip> => {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-baresip-'))
  const config = [
    'poll_method epoll',
    // It takes no loopback interface, but listens there when told to; port 0 picks a free one.
    'sip_listen 127.0.0.1:0',
    'audio_source aufile,/dev/null',
    'audio_player aufile,/dev/null',
    `module_path ${modules ?? ''}`,
    'module g711.so',
    'module aufile.so',
    'module_tmp account.so',
    'module_app menu.so',
  ]
  await writeFile(join(folder, 'config'), `${config.join('\n')}\n`)
  await writeFile(join(folder, 'accounts'), `${account}\n`)
  const child = spawn('baresip', ['-f', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = once(child, 'exit')
  let said = ''
  const registered = new Promise<void>((resolve) => {
    const hear = (text: string) => {
      said += text
      // "200 OK" or "reg: …: 403 Forbidden": whatever came of it.
      if (/\[\d+ bindings?\]|reg: /.test(said)) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
  })
  await Promise.race([registered, gone])
  return {
    said: () => said,
    quit: async () => {
      const killer = setTimeout(() => child.kill('SIGKILL'), quitLimitMs)
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await gone
      clearTimeout(killer)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
