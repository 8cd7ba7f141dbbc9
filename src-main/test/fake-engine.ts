import { EngineError, type Engine, type EngineEvent, type LegAudio } from '../engine/port.ts'

/** An engine that only keeps the books, with events made by the test. */
export type FakeEngine = Engine & {
  /** Legs that are open, and what they were last told; undefined before that. */
  readonly legs: ReadonlyMap<string, LegAudio | undefined>
  /** Every agreement of every leg, in order. */
  readonly agreements: readonly LegAudio[]
  readonly tell: (event: EngineEvent) => void
  readonly listeners: () => number
  /** How often a leg was closed. */
  readonly closed: () => number
  /** Set to make opening or connecting a leg fail, or wait. */
  onOpen: (() => Promise<unknown>) | undefined
  onConnect: (() => Promise<unknown>) | undefined
}

const gone = (what: string) => new EngineError('unknown', `no ${what}`)

export const createFakeEngine = (): FakeEngine => {
  const legs = new Map<string, LegAudio | undefined>()
  const agreements: LegAudio[] = []
  const listeners = new Set<(event: EngineEvent) => void>()
  let nextPort = 40_000
  let closed = 0
  const statistics = {
    ...{ packetsReceived: 0, packetsSent: 0, packetsLost: 0, packetsLate: 0, packetsRefused: 0 },
    ...{ codec: undefined, unreachable: 0, jitterMs: 0, bufferMs: 0, remoteLost: undefined },
    roundTripMs: undefined,
  }
  const nothing = () => Promise.resolve()

  const engine: FakeEngine = {
    ...{ legs, agreements, onOpen: undefined, onConnect: undefined },
    capabilities: {
      ...{ relate: true, gain: true, floor: true, energy: true, record: true, recordLeg: true },
      ...{ listen: true, sendDigits: true, rates: [8000, 16000], codecs: ['L16', 'PCMA', 'PCMU'] },
    },
    tell: (event) => {
      for (const listener of [...listeners]) listener(event)
    },
    listeners: () => listeners.size,
    closed: () => closed,
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    openLeg: async ({ legId, host }) => {
      await engine.onOpen?.()
      if (legs.has(legId)) throw new EngineError('exists', legId)
      legs.set(legId, undefined)
      return { host, port: (nextPort += 2) }
    },
    connectLeg: async (legId, audio) => {
      await engine.onConnect?.()
      if (!legs.has(legId)) throw gone('leg')
      legs.set(legId, audio)
      agreements.push(audio)
    },
    closeLeg: (legId) => {
      if (!legs.delete(legId)) return Promise.reject(gone('leg'))
      closed += 1
      return Promise.resolve(statistics)
    },
    statistics: () => Promise.resolve(statistics),
    ...{ openRoom: nothing, closeRoom: nothing, join: nothing, leave: nothing },
    ...{ setMember: nothing, relate: nothing, play: nothing, stopPlay: nothing },
    ...{ record: nothing, stopRecord: nothing, sendDigits: nothing },
    ...{ listen: nothing, stopListen: nothing },
    observe: () => Promise.reject(gone('room')),
    health: () => Promise.reject(gone('health')),
  }
  return engine
}
