// The application of bench/calls.ts, in a process of its own that tells how it does.
import { readdir, readlink } from 'node:fs/promises'
import { createApp } from '../../src-main/app.ts'
import type { EngineHealth } from '../../src-main/engine/port.ts'
import { createLog } from '../../src-main/platform/log.ts'

export type Look = {
  readonly engine: EngineHealth
  readonly residentBytes: number
  /** Of the thread that serves calls, after a collection. */
  readonly heapBytes: number
  readonly sockets: number
  readonly otherDescriptors: number
  /** Timers, sockets and requests that keep its loop alive. */
  readonly active: number
  readonly cpuMs: number
}

export type Ready = {
  readonly url: string
  readonly account: string
  readonly token: string
  readonly sip: string
}

const folder = process.argv[2] ?? ''
const app = await createApp({
  dataDir: folder,
  port: 0,
  sipPort: 0,
  log: createLog({ level: 'warn' }),
})

const descriptors = async () => {
  const names = await readdir('/proc/self/fd')
  const links = await Promise.all(
    names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
  )
  const sockets = links.filter((link) => link.startsWith('socket:')).length
  return { sockets, otherDescriptors: links.length - sockets }
}

const look = async (): Promise<Look> => {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return {
    ...(await descriptors()),
    engine: await app.engineHealth(),
    residentBytes: rss,
    heapBytes: heapUsed,
    active: process.getActiveResourcesInfo().length,
    cpuMs: (user + system) / 1000,
  }
}

const stop = () => void app.close().then(() => process.exit(0))
process.on('message', (asked) => {
  if (asked === 'look') void look().then((found) => process.send?.(found))
  else stop()
})
// The bench failed.
process.on('disconnect', stop)
process.send?.({
  ...{ url: app.url, account: app.accountId, token: app.launchToken, sip: app.sip ?? '' },
} satisfies Ready)
