// The whole path of the engine over loopback, against phones in a process of their own: late ticks, work of a tick,
// lost packets, processor and memory a leg; delay through a room of two; what 1,000 idle rooms cost.
// npm run bench -- engine [--seconds 60] [--legs 100,300,500,1000] [--rooms 10x100]
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createEngine } from '../src-main/engine/engine.ts'
import type { Engine, LegAudio, Member } from '../src-main/engine/port.ts'
import { createLog } from '../src-main/platform/log.ts'
import { createScope, type Scope } from '../src-main/platform/scope.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    legs: { type: 'string', default: '100,300,500,1000' },
    rooms: { type: 'string', default: '10x100' },
  },
})
const seconds = Number(values.seconds)
const host = '127.0.0.1'
const talkers = 3
/** Of a run that is not measured: legs open, buffers settle. */
const settleSeconds = 2

type Figures = {
  sent: number
  received: number
  lost: number
  hears: number
  lateMs: { p50: number; p99: number; max: number }
  delayMs: { count: number; p50: number; p99: number }
}

const member: Member = {
  speak: true,
  hear: true,
  gainInDb: 0,
  gainOutDb: 0,
  energyLevel: 20,
  distributeDigits: false,
  canHaveFloor: true,
}
const audioTo = (port: number): LegAudio => ({
  remote: { host, port, rtcp: 'mux' },
  sources: [host],
  codec: 'PCMU',
  sendPayload: 0,
  receivePayload: 0,
  sendEvents: 101,
  receiveEvents: 101,
  direction: 'sendrecv',
  ptimeMs: 20,
})

const compile = async (scope: Scope): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-engine-'))
  scope.add(() => rm(folder, { recursive: true }))
  const program = join(folder, 'generator')
  const source = new URL('engine/generator.c', import.meta.url).pathname
  const { status, stderr } = spawnSync('gcc', ['-O2', '-o', program, source, '-lm'])
  if (status !== 0) throw new Error(`gcc: ${String(stderr)}`)
  return program
}

/** Phones that run once they know where to send. */
const startPhones = async (program: string, args: readonly number[]) => {
  const child = spawn(program, args.map(String), { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async () => {
    const next = await lines.next()
    if (next.done) throw new Error('the generator ended')
    return next.value
  }
  const ports: number[] = []
  while (ports.length < (args[0] ?? 0)) ports.push(Number(await line()))
  return {
    ports,
    run: async (to: readonly number[]): Promise<Figures> => {
      child.stdin.end(`${to.join('\n')}\n`)
      const figures = JSON.parse(await line()) as Figures
      if (child.exitCode === null) await once(child, 'exit')
      return figures
    },
  }
}

const enter = async (engine: Engine, ports: readonly number[], roomLegs: number) => {
  const to: number[] = []
  for (const [i, port] of ports.entries()) {
    const roomId = `room-${Math.floor(i / roomLegs)}`
    if (i % roomLegs === 0) await engine.openRoom({ roomId, rate: 8000, comfortNoise: 0 })
    const legId = `leg-${i}`
    to.push((await engine.openLeg({ legId, host })).port)
    await engine.connectLeg(legId, audioTo(port))
    await engine.join(legId, roomId, member)
  }
  return to
}

const withEngine = async <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
  const scope = createScope('bench')
  const log = createLog({ level: 'warn' })
  const limits = { legs: 2_000, rooms: 2_000 }
  try {
    return await work(await createEngine({ scope, log, limits }))
  } finally {
    await scope.dispose()
  }
}

const measureLoad = (program: string, legs: number, roomLegs: number) =>
  withEngine(async (engine) => {
    const idleBytes = process.memoryUsage().rss
    const phones = await startPhones(program, [legs, roomLegs, talkers, seconds + settleSeconds, 0])
    const running = phones.run(await enter(engine, phones.ports, roomLegs))
    await sleep(settleSeconds * 1000)
    const [before, cpu] = [await engine.health(), process.cpuUsage()]
    // The phones end at the end of what is measured; what nobody hears any more is not counted.
    await sleep(seconds * 1000 - 200)
    const [after, used] = [await engine.health(), process.cpuUsage(cpu)]
    const bytes = process.memoryUsage().rss - idleBytes
    const figures = await running

    const statistics = await Promise.all(phones.ports.map((_, i) => engine.statistics(`leg-${i}`)))
    const sum = (of: (one: (typeof statistics)[number]) => number) =>
      statistics.reduce((total, one) => total + of(one), 0)
    const cores = (used.user + used.system) / 1e6 / (seconds - 0.2)
    const { workMs } = after
    console.log(
      [
        `${legs} legs, ${legs / roomLegs} room(s), ${seconds} s:`,
        `  ticks ${after.ticks - before.ticks}, late ${after.lateTicks - before.lateTicks}, skipped ${after.skippedTicks - before.skippedTicks};` +
          ` work p50 ${workMs.p50.toFixed(2)} p99 ${workMs.p99.toFixed(2)} max ${workMs.max.toFixed(2)} ms (last 10 s)`,
        `  to the engine: ${figures.sent} sent, ${sum((one) => one.packetsReceived)} received, ${sum((one) => one.packetsLost)} lost, ${sum((one) => one.packetsLate)} late`,
        `  from it: ${sum((one) => one.packetsSent)} sent, ${figures.received} received, ${figures.lost} lost; ${figures.hears} of ${legs} legs hear somebody`,
        `  ${(cores * 100).toFixed(1)} % of a core, ${((cores * 1000) / legs).toFixed(3)} ms/s a leg; ${(bytes / legs / 1024).toFixed(1)} KiB a leg`,
        `  generator late p50 ${figures.lateMs.p50} p99 ${figures.lateMs.p99} max ${figures.lateMs.max} ms`,
      ].join('\n'),
    )
  })

/** Twenty rooms of two, whose phones send at twenty moments of a tick. */
const measureDelay = (program: string) =>
  withEngine(async (engine) => {
    const phones = await startPhones(program, [40, 2, 0, Math.max(5, Math.min(seconds, 30)), 1])
    const { delayMs } = await phones.run(await enter(engine, phones.ports, 2))
    console.log(
      `packet in → packet out through a room of two: p50 ${delayMs.p50} p99 ${delayMs.p99} ms (${delayMs.count} bursts)`,
    )
  })

const measureIdle = () =>
  withEngine(async (engine) => {
    for (let i = 0; i < 1_000; i += 1) {
      await engine.openRoom({ roomId: `room-${i}`, rate: 16_000, comfortNoise: 0 })
    }
    await sleep(500)
    const cpu = process.cpuUsage()
    await sleep(10_000)
    const { user, system } = process.cpuUsage(cpu)
    const { ticks } = await engine.health()
    console.log(
      `1,000 open rooms without legs: ${((user + system) / 1000).toFixed(1)} ms of processor in 10 s, ${ticks} ticks`,
    )
  })

const scope = createScope('bench')
const program = await compile(scope)
try {
  for (const legs of values.legs.split(',').map(Number)) {
    if (legs > 0) await measureLoad(program, legs, legs)
  }
  const [rooms = 0, roomLegs = 0] = values.rooms.split('x').map(Number)
  if (rooms * roomLegs > 0) await measureLoad(program, rooms * roomLegs, roomLegs)
  await measureDelay(program)
  await measureIdle()
} finally {
  await scope.dispose()
}
