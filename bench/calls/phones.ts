// Phones of bench/calls.ts, in a process of their own: three with tones that judge what they hear, or some that begin to
// talk and time when the websocket says so.
import { levelOf } from '../../src-main/engine/test/hearing.ts'
import { decode, type Packet } from '../../src-main/engine/test/wire.ts'
import { startCallPhone } from '../../src-main/test/call-phone.ts'
import type { PhoneCall } from '../../src-main/test/phone-call.ts'
import type { Ready } from './host.ts'

export type Task = { readonly ready: Ready; readonly number: string } & (
  | { readonly kind: 'listen'; readonly seconds: number }
  | { readonly kind: 'talk'; readonly starts: number; readonly conference: string }
)

export type Listened = {
  readonly packets: number
  /** Missing between the first packet and the last. */
  readonly lost: number
  /** Steps of the timestamp that are not one packet. */
  readonly jumps: number
  readonly arrivalMs: { readonly p99: number; readonly max: number }
  /** Frames of 20 ms in which one of the two others is 6 dB less than usual. */
  readonly dips: number
  /** The longest without one of them (20 dB less). */
  readonly longestGapMs: number
  /** Between two packets of its own: how late this process is. */
  readonly ownMs: { readonly p99: number; readonly max: number }
}

export type Talked = { readonly eventMs: readonly number[] }

const frame = 160
const tones = [440, 697, 1_040]
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const at = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * share))
  ] ?? 0
const steps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, i) => time - (times[i] ?? time))

/** How many of a series that goes up by `by` are missing, and how often it goes otherwise. */
const holes = (values: readonly number[], by: number, size: number) => {
  const found = steps(values).map((step) => ((step % size) + size) % size)
  const wrong = found.filter((step) => step !== by)
  return { missing: wrong.reduce((sum, step) => sum + step / by - 1, 0), wrong: wrong.length }
}

const heardIn = (packets: readonly Packet[], others: readonly number[]) => {
  const samples = packets.flatMap(({ payload }) => [...decode('PCMU', payload)])
  const levels = others.map((hz) =>
    Array.from({ length: Math.floor(samples.length / frame) }, (_, i) =>
      levelOf({ samples: samples.slice(i * frame, (i + 1) * frame), rate: 8_000 }, hz),
    ),
  )
  let dips = 0
  let longest = 0
  for (const one of levels) {
    const usual = at(one, 0.5)
    let gap = 0
    for (const level of one) {
      if (level < usual - 6) dips += 1
      gap = level < usual - 20 ? gap + 1 : 0
      longest = Math.max(longest, gap)
    }
  }
  return { dips, longestGapMs: longest * 20 }
}

const listen = async (server: string, number: string, seconds: number): Promise<Listened[]> => {
  const calls: { call: PhoneCall; sentMs: number[]; arrivedMs: number[] }[] = []
  for (const [i, hz] of tones.entries()) {
    const phone = await startCallPhone(server, { user: `listener${i}` })
    const call = await phone.call(number)
    call.audio.say(hz)
    calls.push({ call, sentMs: [], arrivedMs: [] })
  }
  await wait(2_000)
  const first = calls.map(({ call }) => call.audio.packets.length)
  for (const { call, sentMs } of calls) {
    call.audio.impair(() => {
      sentMs.push(performance.now())
      return 0
    })
  }
  await wait(seconds * 1_000)
  const last = calls.map(({ call }) => call.audio.packets.length)
  const result = calls.map(({ call, sentMs }, i) => {
    const packets = call.audio.packets.slice(first[i], last[i])
    const sequence = holes(
      packets.map((packet) => packet.sequence),
      1,
      2 ** 16,
    )
    const time = holes(
      packets.map((packet) => packet.timestamp),
      frame,
      2 ** 32,
    )
    const arrival = steps(call.audio.arrivedMs.slice(first[i], last[i]))
    const own = steps(sentMs)
    return {
      ...{ packets: packets.length, lost: sequence.missing, jumps: time.wrong },
      arrivalMs: { p99: at(arrival, 0.99), max: at(arrival, 1) },
      ...heardIn(packets, tones.toSpliced(i, 1)),
      ownMs: { p99: at(own, 0.99), max: at(own, 1) },
    }
  })
  await Promise.all(calls.map(({ call }) => call.hangUp()))
  return result
}

type StartTalking = { readonly event?: string; readonly call_id?: string }

/** The events of a conference, as they arrive here. */
const subscribe = async ({ url, token }: Ready, conference: string) => {
  const waiting = new Map<string, (ms: number) => void>()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket`)
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  socket.addEventListener('message', ({ data }) => {
    const { event, call_id: id = '' } = (JSON.parse(String(data)) as { data: StartTalking }).data
    waiting.get(`${event ?? ''} ${id}`)?.(performance.now())
  })
  const data = { binding: `conference.event.${conference}.*` }
  socket.send(JSON.stringify({ action: 'subscribe', auth_token: token, data }))
  return {
    heard: (event: string, callId: string) =>
      new Promise<number>((resolve, reject) => {
        waiting.set(`${event} ${callId}`, resolve)
        setTimeout(() => reject(new Error(`no ${event}`)), 10_000).unref()
      }),
    close: () => socket.close(),
  }
}

/** From the first packet that is loud to the event. */
const talk = async (task: Task & { kind: 'talk' }): Promise<Talked> => {
  const events = await subscribe(task.ready, task.conference)
  const eventMs: number[] = []
  const many = 5
  const speak = async (index: number) => {
    const phone = await startCallPhone(task.ready.sip, { user: `talker${index}` })
    const call = await phone.call(task.number)
    await wait(1_500)
    for (let start = index; start < task.starts; start += many) {
      await wait(Math.random() * 100)
      let sentMs: number | undefined
      const started = events.heard('start-talking', call.callId)
      const stopped = events.heard('stop-talking', call.callId)
      call.audio.say(440)
      call.audio.impair(() => {
        sentMs ??= performance.now()
        return 0
      })
      eventMs.push((await started) - (sentMs ?? Number.NaN))
      call.audio.say(undefined)
      await stopped
    }
    await call.hangUp()
  }
  await Promise.all(Array.from({ length: many }, (_, index) => speak(index)))
  events.close()
  return { eventMs }
}

process.on('disconnect', () => process.exit(1))
process.once('message', (task: Task) => {
  const work =
    task.kind === 'listen' ? listen(task.ready.sip, task.number, task.seconds) : talk(task)
  work.then(
    (figures) => process.send?.(figures, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
