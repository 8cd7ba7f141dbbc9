/** What every test of the contract begins with: an engine, rooms, phones in them, and ears. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { createScope, type Scope } from '../../platform/scope.ts'
import { until } from '../../test/tools.ts'
import type { Engine, EngineEvent, LegAudio, Member, RoomOptions } from '../port.ts'
import { levelOf, type Heard } from './hearing.ts'
import { openPeer, type PeerOptions, type RtpPeer } from './rtp-peer.ts'

export type MakeEngine = (
  scope: Scope,
  options?: { mediaTimeoutMs?: number; ports?: { from: number; to: number }; mostLegs?: number },
) => Promise<Engine>

export type Caller = RtpPeer & {
  readonly legId: string
  readonly at: { host: string; port: number }
}

export type Calling = PeerOptions & {
  readonly room?: string
  readonly member?: Partial<Member>
  readonly say?: number
  readonly audio?: Partial<LegAudio>
}

export type Stage = {
  readonly engine: Engine
  readonly scope: Scope
  readonly folder: string
  readonly events: readonly EngineEvent[]
  readonly room: (options?: Partial<RoomOptions>) => Promise<string>
  /** A phone that calls, and enters a room if one is named. */
  readonly call: (calling?: Calling) => Promise<Caller>
  readonly happened: (event: Partial<EngineEvent>) => Promise<void>
  readonly id: (what: string) => string
}

const equal: Member = {
  speak: true,
  hear: true,
  gainInDb: 0,
  gainOutDb: 0,
  energyLevel: 0,
  distributeDigits: false,
  canHaveFloor: true,
}

/** One engine for all tests of a describe; everything else is of one test and gone after it. */
export const setStage = (make: MakeEngine, options?: Parameters<MakeEngine>[1]): (() => Stage) => {
  const house = createScope('house')
  let engine: Engine
  let stage: Stage
  let lastId = 0

  beforeAll(async () => {
    engine = await make(house, options)
  })
  afterAll(() => house.dispose())

  beforeEach(async () => {
    const scope = createScope('test')
    const folder = await mkdtemp(join(tmpdir(), 'engine-'))
    const events: EngineEvent[] = []
    scope.add(() => rm(folder, { recursive: true }))
    scope.add(engine.on((event) => events.push(event)))
    const id = (what: string) => `${what}-${(lastId += 1)}`
    const gone = (closing: Promise<unknown>) =>
      closing.then(
        () => undefined,
        () => undefined,
      )

    stage = {
      engine,
      scope,
      folder,
      events,
      id,
      room: async (options) => {
        const roomId = id('room')
        await engine.openRoom({ roomId, rate: 8000, comfortNoise: 0, ...options })
        scope.add(() => gone(engine.closeRoom(roomId)))
        return roomId
      },
      call: async ({ room, member, say, audio, ...options } = {}) => {
        const legId = id('leg')
        const peer = await openPeer(scope, options)
        const at = await engine.openLeg({ legId, host: options.host ?? '127.0.0.1' })
        scope.add(() => gone(engine.closeLeg(legId)))
        await engine.connectLeg(legId, peer.audio(audio))
        if (room !== undefined) await engine.join(legId, room, { ...equal, ...member })
        peer.say(say)
        peer.call(at)
        return { ...peer, legId, at }
      },
      happened: (event) =>
        until(() =>
          events.some((one) =>
            Object.entries(event).every(([key, value]) => one[key as keyof EngineEvent] === value),
          ),
        ),
    }
  })
  afterEach(() => stage.scope.dispose())

  return () => stage
}

/** Tones that tests use, far from each other and from each other's overtones. */
const tones = [400, 700, 1000, 1300, 1700, 5000]
const isThere = -30
const isNotThere = -45

const levels = (heard: Heard) =>
  tones.filter((hz) => hz < heard.rate / 2).map((hz) => [hz, levelOf(heard, hz)] as const)

/** Listens until it is exactly these tones, and fails when it does not come to that. */
export const hears = async (peer: Pick<RtpPeer, 'listen'>, ...expected: readonly number[]) => {
  let heard: readonly (readonly [number, number])[] = []
  for (let tries = 0; tries < 25; tries += 1) {
    heard = levels(await peer.listen(120))
    const isAsExpected = heard.every(([hz, level]) =>
      expected.includes(hz) ? level > isThere : level < isNotThere,
    )
    if (isAsExpected) return
  }
  expect.fail(
    `expected ${expected.join(', ') || 'nothing'}; levels: ${heard.map(([hz, level]) => `${hz}: ${level.toFixed(0)} dB`).join(', ')}`,
  )
}

/** A file of raw samples with a sine in it. */
export const writePcm = async (path: string, hz: number, seconds: number, rate = 8000) => {
  const bytes = Buffer.alloc(rate * seconds * 2)
  for (let i = 0; i < rate * seconds; i += 1) {
    bytes.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * hz * i) / rate)), i * 2)
  }
  await writeFile(path, bytes)
}

/** What a wav file of 16 bits, mono, holds. */
export const readWav = async (path: string): Promise<Heard> => {
  const bytes = await readFile(path)
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF')
  expect(bytes.readUInt16LE(22)).toBe(1)
  expect(bytes.readUInt16LE(34)).toBe(16)
  expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44)
  const samples = Array.from({ length: (bytes.length - 44) / 2 }, (_, i) =>
    bytes.readInt16LE(44 + i * 2),
  )
  return { samples, rate: bytes.readUInt32LE(24) }
}

export const tonesOf = (heard: Heard): number[] =>
  levels(heard)
    .filter(([, level]) => level > isThere)
    .map(([hz]) => hz)
