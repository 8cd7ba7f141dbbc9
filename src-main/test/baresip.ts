import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A real phone of somebody else's making, without a screen. */
export type Baresip = {
  /** `127.0.0.1:PORT`, where it takes calls. */
  address: string
  /** Everything it said so far. */
  said: () => string
  /** Calls, and resolves once that is answered; rejects with what it said when it is not. */
  dial: (uri: string) => Promise<void>
  /** Presses keys, one after the other (RFC 4733). */
  sendDigits: (digits: string) => Promise<void>
  /** Resolves once the call is over on this side. */
  hangUp: () => Promise<void>
  /** Resolves when something of that type happened (`CALL_ESTABLISHED`, `CALL_CLOSED`), before or after the asking. */
  happened: (type: string) => Promise<void>
  /** The wav of what it heard in its last call; whole once that has ended. */
  heard: () => Promise<string>
  /** Hangs up and unregisters, as when a person quits it; resolves when it is gone. */
  quit: () => Promise<void>
}

export type BaresipOptions = {
  /** What it says when it is in a call: a sine, for ever; silence when missing. */
  readonly toneHz?: number
  /** Instead of a sine, a wav at 8 kHz, mono, of 16 bits; at its end it hangs up. */
  readonly says?: string
  /** An empty folder for what it hears. */
  readonly record?: string
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
/** A key is down for 100 ms; the pause makes the same key again another one. */
const keyMs = 250

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const sourceOf = ({ toneHz, says }: BaresipOptions): string[] => {
  if (says !== undefined)
    return [`audio_source aufile,${says}`, 'ausrc_srate 8000', 'ausrc_channels 1']
  if (toneHz === undefined) return ['audio_source aufile,/dev/null']
  // Its sine comes at 48 kHz in stereo and no other way; it is resampled for the codec.
  return [`audio_source ausine,${toneHz}`, 'ausrc_srate 48000', 'ausrc_channels 2']
}

const configOf = (options: BaresipOptions, ports: { sip: number; control: number }): string[] => [
  'poll_method epoll',
  // It takes no loopback interface, but listens there when told to.
  `sip_listen 127.0.0.1:${ports.sip}`,
  ...sourceOf(options),
  // What is called a player there writes nothing; the filter sndfile does.
  'audio_player aufile,/dev/null',
  `ctrl_tcp_listen 127.0.0.1:${ports.control}`,
  `module_path ${modules ?? ''}`,
  'module g711.so',
  'module aufile.so',
  ...(options.toneHz === undefined ? [] : ['module ausine.so']),
  ...(options.record === undefined ? [] : [`snd_path ${options.record}`, 'module sndfile.so']),
  'module_tmp account.so',
  'module_app menu.so',
  'module_app ctrl_tcp.so',
]

/** Its control socket: JSON in netstrings. */
const openControl = async (port: number) => {
  const types: string[] = []
  let waiting: { type: string; resolve: () => void }[] = []
  const socket: Socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let pending = Buffer.alloc(0)
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes])
    for (;;) {
      const colon = pending.indexOf(':')
      const length = Number(pending.subarray(0, Math.max(0, colon)).toString())
      if (colon < 0 || pending.length < colon + length + 2) return
      const { type } = JSON.parse(pending.subarray(colon + 1, colon + 1 + length).toString()) as {
        type?: string
      }
      pending = pending.subarray(colon + length + 2)
      if (type === undefined) continue
      types.push(type)
      for (const one of waiting) if (one.type === type) one.resolve()
      waiting = waiting.filter((one) => one.type !== type)
    }
  })
  return {
    command: (command: string, params?: string) => {
      const text = JSON.stringify({
        command,
        token: 'test',
        ...(params !== undefined && { params }),
      })
      socket.write(`${Buffer.byteLength(text)}:${text},`)
    },
    happened: (type: string, from = 0) =>
      types.includes(type, from)
        ? Promise.resolve()
        : new Promise<void>((resolve) => void waiting.push({ type, resolve })),
    events: () => types.length,
    close: () => socket.destroy(),
  }
}

/**
 * `account` is a line of its accounts file; `;answermode=auto` in it answers calls, `;regint=0` keeps it from registering.
 * Resolves once it has tried to register.
 */
export const startBaresip = async (
  account: string,
  options: BaresipOptions = {},
): Promise<Baresip> => {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-baresip-'))
  const ports = { sip: await freePort(), control: await freePort() }
  await writeFile(join(folder, 'config'), `${configOf(options, ports).join('\n')}\n`)
  await writeFile(join(folder, 'accounts'), `${account}\n`)
  const child = spawn('baresip', ['-f', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = once(child, 'exit')
  let said = ''
  // "200 OK" or "reg: …: 403 Forbidden": whatever came of it.
  const isReady = account.includes('regint=0') ? /baresip is ready/ : /\[\d+ bindings?\]|reg: /
  const ready = new Promise<void>((resolve) => {
    const hear = (text: string) => {
      said += text
      if (isReady.test(said)) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
  })
  await Promise.race([ready, gone])
  const isRunning = () => child.exitCode === null && child.signalCode === null
  if (!isRunning()) throw new Error(`baresip ended: ${said}`)
  const { command, happened, events, close } = await openControl(ports.control)

  return {
    address: `127.0.0.1:${ports.sip}`,
    said: () => said,
    happened: (type) => happened(type),
    dial: async (uri) => {
      const before = events()
      const established = happened('CALL_ESTABLISHED', before).then(() => true)
      const closed = happened('CALL_CLOSED', before).then(() => false)
      command('dial', uri)
      if (!(await Promise.race([established, closed]))) throw new Error(`not answered: ${said}`)
    },
    sendDigits: async (digits) => {
      for (const digit of digits) {
        command('sndcode', digit)
        await pause(keyMs)
      }
    },
    hangUp: async () => {
      const closed = happened('CALL_CLOSED', events())
      command('hangup')
      await closed
    },
    heard: async () => {
      const names = options.record === undefined ? [] : await readdir(options.record)
      const last = names
        .filter((name) => name.endsWith('-dec.wav'))
        .sort()
        .at(-1)
      if (options.record === undefined || last === undefined) throw new Error('heard nothing')
      return join(options.record, last)
    },
    quit: async () => {
      close()
      const killer = setTimeout(() => child.kill('SIGKILL'), quitLimitMs)
      child.kill('SIGTERM')
      if (isRunning()) await gone
      clearTimeout(killer)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
