import { describe, expect, it } from 'vitest'
import { silentLog } from '../platform/log.ts'
import { createCore, type CoreIo } from './core.ts'
import { createHealth } from './health.ts'
import type { DatagramEvents } from './io/socket.ts'
import type { EngineEvent, LegAudio, Member } from './port.ts'
import { encode, packetBytes, parsePacket, decode } from './test/wire.ts'

const host = '192.0.2.10'
const phone = { host: '192.0.2.1', port: 4000 }
const member: Member = {
  speak: true,
  hear: true,
  gainInDb: 0,
  gainOutDb: 0,
  energyLevel: 0,
  distributeDigits: false,
  canHaveFloor: true,
}
const audio: LegAudio = {
  remote: { ...phone, rtcp: 'mux' },
  sources: [phone.host],
  codec: 'PCMU',
  sendPayload: 0,
  receivePayload: 0,
  sendEvents: undefined,
  receiveEvents: undefined,
  direction: 'sendrecv',
  ptimeMs: 20,
}

const loud = encode(
  'PCMU',
  Array.from({ length: 160 }, (_, i) => (i % 2 ? 9e3 : -9e3)),
)

/** A core whose network, disks and time are the test's. */
const createBench = (io: Partial<CoreIo> = {}) => {
  const events: EngineEvent[] = []
  const written: number[] = []
  const lines = new Map<
    number,
    DatagramEvents & { sent: Buffer[]; fails: boolean; open: boolean }
  >()
  let nowMs = 1_000
  const core = createCore({
    options: {
      ports: { from: 10_000, to: 10_099 },
      mediaTimeoutMs: 20_000,
      limits: { legs: 100, rooms: 100 },
    },
    health: createHealth(),
    log: silentLog,
    emit: (event) => events.push(event),
    io: {
      openSocket: async (bind, handlers) => {
        const line = { ...handlers, sent: [] as Buffer[], fails: false, open: true }
        lines.set(bind.port, line)
        return Promise.resolve({
          aim: () => undefined,
          shut: () => undefined,
          send: (bytes) => {
            if (line.fails) throw new Error('broken line')
            line.sent.push(Buffer.from(bytes))
          },
          close: () => {
            line.open = false
            return Promise.resolve()
          },
        })
      },
      openPcm: () => {
        throw new Error('broken disk')
      },
      openWav: ({ rate, onEnd }) => ({
        rate,
        write: (samples) => written.push(samples.length),
        stop: () => {
          onEnd({ frames: written.length * 160, why: 'stopped' })
          return Promise.resolve()
        },
      }),
      nowMs: () => nowMs,
      ...io,
    },
  })
  const call = async (legId: string, roomId?: string) => {
    const { port } = await core.commands.openLeg({ legId, host })
    await core.commands.connectLeg(legId, audio)
    if (roomId !== undefined) await core.commands.join(legId, roomId, member)
    const line = lines.get(port)
    if (!line) throw new Error('no socket was opened')
    let sequence = 0
    return {
      line,
      /** 20 ms of a loud square wave. */
      say: (from = phone.host) => {
        sequence += 1
        const header = {
          payloadType: 0,
          marker: false,
          sequence,
          timestamp: sequence * 160,
          ssrc: 7,
        }
        line.onPacket(packetBytes({ ...header, payload: loud }), from, phone.port)
      },
      /** The loudest sample of the last packet. */
      hears: () => {
        const last = line.sent.map(parsePacket).findLast(({ payload }) => payload.length === 160)
        return Math.max(...decode('PCMU', last?.payload ?? Buffer.alloc(0)))
      },
    }
  }
  const tick = (talkers: readonly { say: () => void }[] = [], times = 1) => {
    for (let i = 0; i < times; i += 1) {
      for (const talker of talkers) talker.say()
      nowMs += 20
      core.tick(0)
    }
  }
  return { core, events, lines, call, tick, written }
}

const openRoom = (core: ReturnType<typeof createBench>['core'], roomId: string) =>
  core.commands.openRoom({ roomId, rate: 8000, comfortNoise: 0 })

describe('the core of the engine', () => {
  it('has no reason to tick without a connected leg, a play or a recording', async () => {
    const { core, call } = createBench()
    const { commands } = core
    await openRoom(core, 'r')
    await commands.openLeg({ legId: 'unconnected', host })
    await commands.join('unconnected', 'r', member)
    await commands.leave('unconnected')
    expect(core.isBusy()).toBe(false)

    await call('a')
    expect(core.isBusy()).toBe(true)
    await commands.closeLeg('a')
    expect(core.isBusy()).toBe(false)

    const items = [{ kind: 'silence', ms: 40 }] as const
    await commands.play({
      playId: 'p',
      to: { roomId: 'r' },
      items,
      loop: false,
      gainDb: 0,
      queued: false,
    })
    expect(core.isBusy()).toBe(true)
    for (let i = 0; i < 4; i += 1) core.tick(0)
    expect(core.isBusy()).toBe(false)
  })

  it('loses a leg whose line breaks, and none of the others', async () => {
    const { core, events, call, tick } = createBench()
    await openRoom(core, 'r')
    const broken = await call('broken', 'r')
    const [a, b] = [await call('a', 'r'), await call('b', 'r')]
    tick([a, broken], 10)

    broken.line.fails = true
    tick([a, broken], 10)

    expect(events).toContainEqual({ event: 'leg-failed', legId: 'broken', message: 'broken line' })
    expect(b.hears()).toBeGreaterThan(8_000)
    expect(broken.line.open).toBe(false)
    expect(() => core.commands.statistics('broken')).toThrow('no leg')
    expect((await core.commands.observe('r')).legs.map(({ legId }) => legId)).toEqual(['a', 'b'])
  })

  it('loses the legs of a room that breaks, and no other room', async () => {
    const broken = {
      rate: 8000 as const,
      read: () => {
        throw new Error('broken disk')
      },
      state: () => 'open' as const,
      problem: () => undefined,
      close: () => undefined,
    }
    const { core, events, call, tick } = createBench({ openPcm: () => broken })
    await openRoom(core, 'broken')
    await openRoom(core, 'whole')
    await call('lost', 'broken')
    const [a, b] = [await call('a', 'whole'), await call('b', 'whole')]
    const items = [{ kind: 'pcm', path: 'x', rate: 8000 }] as const
    const to = { roomId: 'broken' }
    await core.commands.play({ playId: 'p', to, items, loop: false, gainDb: 0, queued: false })

    tick([a], 10)

    expect(b.hears()).toBeGreaterThan(8_000)
    expect(events.flatMap((one) => (one.event === 'leg-failed' ? [one.legId] : []))).toEqual([
      'lost',
    ])
    expect(() => core.commands.observe('broken')).toThrow('no room')
    expect(events).toContainEqual({ event: 'play-done', playId: 'p', why: 'stopped' })
  })

  it('looks at so many packets of a leg in a tick, and counts the others', async () => {
    const { core, call, tick } = createBench()
    const flooder = await call('a')

    for (let i = 0; i < 1_000; i += 1) flooder.say()
    const { packetsReceived, packetsRefused } = await core.commands.statistics('a')
    tick()
    flooder.say()

    expect([packetsReceived, packetsRefused]).toEqual([25, 975])
    expect((await core.commands.statistics('a')).packetsReceived).toBe(26)
  })

  it('hears its phone through a flood of strangers', async () => {
    const { core, call } = createBench()
    const called = await call('a')

    for (let i = 0; i < 1_000; i += 1) called.say('203.0.113.9')
    called.say()

    expect(await core.commands.statistics('a')).toMatchObject({
      packetsReceived: 1,
      packetsRefused: 1_000,
    })
  })

  it('keeps recordings as long as the world, when ticks are given up', async () => {
    const { core, call, tick, written } = createBench()
    const phoneA = await call('a')
    const of = { legId: 'a' }
    await core.commands.record({ recordingId: 'x', of, path: 'x', maximumSeconds: 60 })

    tick([phoneA], 3)
    core.tick(5)

    expect(written).toEqual(Array.from({ length: 9 }, () => 160))
  })

  it('says in its packets that time passed, when ticks are given up', async () => {
    const { core, call, tick } = createBench()
    await openRoom(core, 'r')
    const [a, b] = [await call('a', 'r'), await call('b', 'r')]
    tick([a], 20)
    const timestamps = () => b.line.sent.map(parsePacket).map(({ timestamp }) => timestamp)
    const before = timestamps().at(-1) ?? 0

    core.tick(5)

    expect(((timestamps().at(-1) ?? 0) - before) >>> 0).toBe(6 * 160)
    expect(parsePacket(b.line.sent.at(-1) ?? Buffer.alloc(12)).marker).toBe(true)
  })

  it('ends everything when it closes', async () => {
    const { core, events, lines, call } = createBench()
    await openRoom(core, 'r')
    await call('a', 'r')
    const of = { roomId: 'r' }
    await core.commands.record({ recordingId: 'x', of, path: 'x', maximumSeconds: 60 })

    await core.close()

    expect([...lines.values()].every(({ open }) => !open)).toBe(true)
    expect(events).toContainEqual(expect.objectContaining({ event: 'record-done', why: 'stopped' }))
    expect(core.isBusy()).toBe(false)
  })
})
