// Calls to the application as it runs, over loopback: how many a second it takes, what 10,000 of them leave behind, what
// three people hear while 200 others talk in another conference, and how soon the websocket says who talks.
// npm run bench -- calls [--seconds 60] [--rates 10,20,50,100,200,300,400,500,600] [--joins 10000] [--load 200] [--starts 50]
// A figure of 0 leaves its part out.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { encode } from '../src-main/engine/test/wire.ts'
import { noSipp, runSipp, type SippFigures } from '../src-main/test/sipp.ts'
import type { Look, Ready } from './calls/host.ts'
import type { Listened, Talked, Task } from './calls/phones.ts'
import { withFolder } from './server.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rates: { type: 'string', default: '10,20,50,100,200,300,400,500,600' },
    joins: { type: 'string', default: '10000' },
    load: { type: 'string', default: '200' },
    starts: { type: 'string', default: '50' },
  },
})
const seconds = Number(values.seconds)
const crowd = '4000'
const three = '5000'
const joinScenario = new URL('calls/join.xml', import.meta.url).pathname
const talkScenario = new URL('calls/talk.xml', import.meta.url).pathname
/** Transactions and dialogs of SIP are remembered for 32 s (RFC 3261: 64·T1). */
const forgottenMs = 40_000

type Host = {
  readonly ready: Ready
  readonly look: () => Promise<Look>
  readonly call: (method: string, path: string, data?: unknown) => Promise<any>
  readonly stop: () => Promise<void>
}

/** The next thing a process says. */
const answer = async <T>(child: ChildProcess): Promise<T> => {
  const either = new AbortController()
  const { signal } = either
  const gone = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of the bench ended with ${String(code)}`)
  })
  try {
    const [said] = (await Promise.race([once(child, 'message', { signal }), gone])) as [T]
    return said
  } finally {
    gone.catch(() => undefined)
    either.abort()
  }
}

const startHost = async (folder: string): Promise<Host> => {
  const program = new URL('calls/host.ts', import.meta.url)
  const child = fork(program, [folder], { execArgv: ['--expose-gc'] })
  const started = await answer<Ready>(child)
  const call: Host['call'] = async (method, path, data) => {
    const response = await fetch(`${started.url}${path}`, {
      method,
      headers: { 'x-auth-token': started.token, 'content-type': 'application/json' },
      ...(data !== undefined && { body: JSON.stringify({ data }) }),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return ((await response.json()) as { data: unknown }).data
  }
  await call('PATCH', '/studio/sip', { authenticate_calls: false })
  // It listens anew now, at another port.
  const { address } = await call('GET', '/studio/sip/server')
  return {
    ...{ ready: { ...started, sip: address }, call },
    look: () => {
      child.send('look')
      return answer<Look>(child)
    },
    stop: async () => {
      child.send('stop')
      await once(child, 'exit')
    },
  }
}

const runPhones = async <T>(task: Task): Promise<T> => {
  const child = fork(new URL('calls/phones.ts', import.meta.url))
  child.send(task)
  return answer<T>(child)
}

const at = (numbers: readonly number[], share: number): string => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
}
const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(1)
const machine = () => `load average ${loadavg()[0]?.toFixed(1) ?? ''}`

const failureOf = ({ failed, errors }: SippFigures) => {
  if (failed > 0) console.log(`  ${errors.slice(0, 1_000)}`)
}

const measureRates = async ({ ready, look }: Host) => {
  for (const rate of values.rates.split(',').map(Number)) {
    if (rate === 0) return
    const before = await look()
    const figures = await runSipp({
      ...{ scenario: joinScenario, server: ready.sip, service: crowd },
      ...{ calls: rate * 10, callsPerSecond: rate, holdMs: 1_000 },
    })
    const after = await look()
    const cpu = (after.cpuMs - before.cpuMs) / figures.seconds / 10
    console.log(
      `${rate} calls/s for 10 s: ${figures.successful} successful, ${figures.failed} failed, ${figures.retransmissions} retransmissions;` +
        ` INVITE to 200 p50 ${at(figures.responseMs, 0.5)} p99 ${at(figures.responseMs, 0.99)} ms;` +
        ` ${cpu.toFixed(0)} % of a core, late ticks ${after.engine.lateTicks - before.engine.lateTicks} (${machine()})`,
    )
    failureOf(figures)
    if (figures.failed > 0) return
  }
}

const lookText = ({ engine, ...seen }: Look) =>
  `legs ${engine.legs}, rooms ${engine.rooms}, sockets ${seen.sockets}, other descriptors ${seen.otherDescriptors},` +
  ` active handles ${seen.active}, resident ${mb(seen.residentBytes)} MB, heap ${mb(seen.heapBytes)} MB`

const measureLeaks = async ({ ready, look }: Host) => {
  const joins = Number(values.joins)
  if (joins === 0) return
  const run = (calls: number) =>
    runSipp({
      ...{ scenario: joinScenario, server: ready.sip, service: crowd },
      ...{ calls, callsPerSecond: 200, most: 100, holdMs: 200 },
    })
  console.log(`before: ${lookText(await look())}`)
  // What is warm by then is not a leak; what grows from half to half is.
  await run(1_000)
  await sleep(forgottenMs)
  console.log(`after 1,000 joins and leaves: ${lookText(await look())}`)
  for (const half of [1, 2]) {
    const figures = await run(joins / 2)
    console.log(
      `${joins / 2} joins and leaves, 100 at once: ${figures.successful} successful, ${figures.failed} failed in ${figures.seconds.toFixed(0)} s (${machine()})`,
    )
    failureOf(figures)
    await sleep(forgottenMs)
    console.log(`after half ${half}: ${lookText(await look())}`)
  }
}

const listenedText = (phone: Listened) =>
  `  ${phone.packets} packets, ${phone.lost} lost, ${phone.jumps} jumps; apart p99 ${phone.arrivalMs.p99.toFixed(1)} max ${phone.arrivalMs.max.toFixed(1)} ms;` +
  ` frames that dip ${phone.dips}, longest gap ${phone.longestGapMs} ms; its own packets apart p99 ${phone.ownMs.p99.toFixed(1)} max ${phone.ownMs.max.toFixed(1)} ms`

const listenFor = async ({ ready, look }: Host, listenSeconds: number, beside: string) => {
  const before = await look()
  const startMs = performance.now()
  const listened = await runPhones<Listened[]>({
    ...{ kind: 'listen', ready, number: three, seconds: listenSeconds },
  })
  const after = await look()
  const cpu = (after.cpuMs - before.cpuMs) / (performance.now() - startMs)
  const { workMs } = after.engine
  console.log(
    [
      `three phones ${beside}, ${listenSeconds} s: ticks ${after.engine.ticks - before.engine.ticks}, late ${after.engine.lateTicks - before.engine.lateTicks},` +
        ` skipped ${after.engine.skippedTicks - before.engine.skippedTicks}; work p50 ${workMs.p50.toFixed(2)} p99 ${workMs.p99.toFixed(2)} max ${workMs.max.toFixed(2)} ms;` +
        ` ${(cpu * 100).toFixed(0)} % of a core (${machine()})`,
      ...listened.map(listenedText),
    ].join('\n'),
  )
}

/** Ten seconds of a tone that comes and goes, as raw µ-law: how SIPp wants it. */
const voice = () =>
  encode(
    'PCMU',
    Array.from({ length: 80_000 }, (_, i) =>
      Math.floor(i / 4_000) % 2 ? 0 : 4_000 * Math.sin((2 * Math.PI * 1_500 * i) / 8_000),
    ),
  )

const measureLoad = async (host: Host, conference: string) => {
  const load = Number(values.load)
  if (load === 0) return
  await listenFor(host, Math.min(15, seconds), 'alone')
  const running = runSipp({
    ...{ scenario: talkScenario, server: host.ready.sip, service: crowd },
    ...{ calls: load, callsPerSecond: 50, holdMs: (seconds + 15) * 1_000 },
    files: { 'voice.ulaw': voice() },
  })
  const everybody = async () => {
    while ((await host.look()).engine.legs < load) await sleep(500)
  }
  await Promise.race([everybody(), running])
  await sleep(2_000)
  const { account } = host.ready
  const { _read_only: live } = await host.call(
    'GET',
    `/v2/accounts/${account}/conferences/${conference}`,
  )
  const loudOnes = live.participants.filter((each: any) => each.current_energy > 100).length
  console.log(`  ${live.members} members, ${loudOnes} of them heard this moment`)
  await listenFor(host, seconds, `beside ${load} others who talk`)
  const figures = await running
  console.log(`  SIPp: ${figures.successful} successful, ${figures.failed} failed`)
  failureOf(figures)
}

const measureTalk = async ({ ready }: Host, conference: string) => {
  const starts = Number(values.starts)
  if (starts === 0) return
  const { eventMs } = await runPhones<Talked>({
    ...{ kind: 'talk', ready, number: three, starts, conference },
  })
  console.log(
    `talk-start to event on the websocket: p50 ${at(eventMs, 0.5)} p99 ${at(eventMs, 0.99)} max ${at(eventMs, 1)} ms (${eventMs.length} starts, ${machine()})`,
  )
}

if (noSipp) throw new Error(noSipp)
await withFolder(async (folder) => {
  const host = await startHost(join(folder, 'data'))
  try {
    const add = async (number: string) =>
      host.call('PUT', `/v2/accounts/${host.ready.account}/conferences`, {
        ...{ conference_numbers: [number], play_welcome: false },
        ...{ play_entry_tone: false, play_exit_tone: false },
        member: { join_muted: false, play_entry_prompt: false },
        profile: { 'alone-sound': '', 'comfort-noise': 0 },
      })
    const { id: loud } = await add(crowd)
    const { id } = await add(three)
    await measureRates(host)
    await measureLeaks(host)
    await measureLoad(host, loud)
    await measureTalk(host, id)
  } finally {
    await host.stop()
  }
})
