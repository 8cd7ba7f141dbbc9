// Exporting an hour of 44.1 kHz stereo, against one sox command that does the same: wall and cpu time,
// our memory, and how long the thread that answers people was away. The files have to be the same.
// npm run bench -- export [PART …]   (PART is plain, mp3 or edited)
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { EditList, Operation } from '../src-main/contract/edit-list.ts'
import type { OutputFormat } from '../src-main/contract/effects.ts'
import { createRendering } from '../src-main/modules/rendering/rendering.ts'
import { silentLog } from '../src-main/platform/log.ts'
import { createProcesses } from '../src-main/platform/process/process.ts'
import { createScope } from '../src-main/platform/scope.ts'
import { apply } from '../src-main/sound/edit-list/apply.ts'
import { framesOf, listOf } from '../src-main/sound/edit-list/edit-list.ts'
import { withFolder } from './server.ts'

const runs = 3
const rate = 44_100
const seconds = 3600
const frames = rate * seconds
const source = '0'.repeat(64)
const wanted = process.argv.slice(2)

/** A second is cut out in every 18 of them, the rest made quieter, its ends faded. */
const editing = (): { list: EditList; args: string[] } => {
  const cuts = Array.from({ length: 200 }, (_, cut) => cut * 18 * rate + 9 * rate)
  const left = frames - cuts.length * rate
  const operations: Operation[] = [
    ...cuts.toReversed().map((from) => ({ kind: 'delete' as const, from, to: from + rate })),
    { kind: 'gain', from: 0, to: left, gain_db: -3 },
    { kind: 'fade', from: 0, to: 5 * rate, direction: 'in', curve: 'sine' },
    { kind: 'fade', from: left - 5 * rate, to: left, direction: 'out', curve: 'sine' },
  ]
  const kept = [0, ...cuts.flatMap((from) => [from, from + rate])]
  const trim = ['trim', ...kept.map((at) => `=${at}s`)]
  const fade = ['fade', 'q', `${5 * rate}s`, `${left}s`, `${5 * rate}s`]
  return {
    list: operations.reduce(apply, listOf(source, frames, { sample_rate_hz: rate, channels: 2 })),
    args: [...trim, 'vol', String(10 ** (-3 / 20)), ...fade],
  }
}

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

await withFolder(async (folder) => {
  const scope = createScope('bench')
  const processes = createProcesses({ scope, log: silentLog })
  // Started as our own sox is: with the same priority.
  const sox = (...args: string[]) =>
    processes.run({ tool: 'sox', command: 'sox', args: ['-D', ...args], deadlineMs: 600_000 })
  const hour = join(folder, 'hour.wav')
  await sox(
    '-n',
    '-r',
    String(rate),
    '-c',
    '2',
    '-b',
    '16',
    hour,
    'synth',
    String(seconds),
    'pinknoise',
  )
  const pcm = { path: hour, dataStart: 44, frames, sampleRateHz: rate, channels: 2 }
  const rendering = createRendering({
    processes,
    pcm: () => Promise.resolve({ ...pcm, bits: 16 as const }),
  })
  const whole = listOf(source, frames, { sample_rate_hz: rate, channels: 2 })
  const edited = editing()

  /** Also how long the event loop was away (p50, p99, worst), which other programs have a part in. */
  const watched = async (work: () => Promise<unknown>) => {
    let rss = 0
    const stopWatching = scope.interval(() => {
      rss = Math.max(rss, process.memoryUsage.rss())
    }, 50)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const startMs = performance.now()
    const before = process.cpuUsage()
    await work()
    const wall = (performance.now() - startMs) / 1000
    const { user, system } = process.cpuUsage(before)
    delay.disable()
    stopWatching()
    const away = [delay.percentile(50), delay.percentile(99), delay.max]
    return {
      wall,
      cpu: (user + system) / 1e6,
      megabytes: rss / 2 ** 20,
      away: away.map((ns) => (ns / 1e6).toFixed(1)).join(' '),
    }
  }

  const compare = async (
    name: string,
    { list, format, args }: { list: EditList; format: OutputFormat; args: string[] },
  ) => {
    if (wanted.length > 0 && !wanted.includes(name)) return
    const paths = ['ours', 'theirs'].map((file) => join(folder, `${file}.${format.container}`))
    const [ours = '', theirs = ''] = paths
    const ratios: number[] = []
    for (let run = 0; run < runs; run += 1) {
      const reference = await watched(() => sox(hour, theirs, ...args))
      const own = await watched(() => rendering.render({ list, format, path: ours }))
      ratios.push(own.wall / reference.wall)
      console.log(
        `${name.padEnd(7)} ${own.wall.toFixed(2)} s, our thread ${own.cpu.toFixed(2)} s  sox ${reference.wall.toFixed(2)} s  ratio ${(own.wall / reference.wall).toFixed(2)}  ${own.megabytes.toFixed(0)} MB  away ${own.away}, while idle ${reference.away} ms`,
      )
    }
    const same = (await hashOf(ours)) === (await hashOf(theirs))
    console.log(`${name.padEnd(7)} median ratio ${median(ratios).toFixed(2)}, same file: ${same}`)
    for (const path of paths) await rm(path)
  }

  try {
    console.log(`an hour in ${whole.spans.length} span, edited in ${edited.list.spans.length}`)
    const wav: OutputFormat = { container: 'wav' }
    await compare('plain', { list: whole, format: wav, args: ['trim', '0s', `=${frames}s`] })
    const mp3: OutputFormat = { container: 'mp3', sample_rate_hz: 8000 }
    await compare('mp3', { list: whole, format: mp3, args: ['rate', '-v', '8000'] })
    await compare('edited', { list: edited.list, format: wav, args: edited.args })
    if (framesOf(edited.list) !== frames - 200 * rate) throw new Error('the edits went wrong')
  } finally {
    await scope.dispose()
  }
})
