import { writeFile } from 'node:fs/promises'
import { wavHeader } from '#sound/samples/wav-header'
import {
  EngineError,
  type CodecName,
  type Engine,
  type EngineEvent,
  type LegStatistics,
  type Member,
  type PlayOptions,
} from '../../src-main/engine/port.ts'
import type { Scope } from '../../src-main/platform/scope.ts'

/**
 * An engine without sound behind the real port: legs that came by real SIP talk and fall silent at a chosen rate, with
 * energies to match. Everything above the port works as it always does, so that a bench of the board measures that.
 */
export type SyntheticCrowd = {
  /** The `engine` of `createApp`. */
  readonly open: (deps: { scope: Scope }) => Promise<Engine>
  /** Starts and ends of talking of all who are seated, together. 0 at first: nobody says anything. */
  readonly setRate: (eventsPerSecond: number) => void
  /** Events about talking and the floor since it was made. */
  readonly told: () => number
}

type Leg = {
  readonly legId: string
  readonly openedMs: number
  codec: CodecName | undefined
  roomId: string | undefined
  member: Member | undefined
  talking: boolean
  energy: number
  talkedMs: number
  sinceMs: number
}

const TURN_MS = 20
const PLAY_MS = 500
const LISTEN_MS = 60

/** Small, fast and the same in every run (mulberry32). */
const createRandom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

const settled = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work())
  })

const known = <T>(thing: T | undefined, what: string): T => {
  if (thing === undefined) throw new EngineError('unknown', `no ${what}`)
  return thing
}

export const createSyntheticCrowd = (seed = 1): SyntheticCrowd => {
  const random = createRandom(seed)
  let rate = 0
  let told = 0

  const open = (scope: Scope): Engine => {
    const legs = new Map<string, Leg>()
    const rooms = new Map<string, { floor: string | undefined }>()
    /** Those in a room, in no order: one is drawn in no time, however many they are. */
    const seated: Leg[] = []
    const plays = new Map<string, { readonly play: PlayOptions; readonly cancel: () => void }>()
    const recordings = new Map<string, string>()
    const listens = new Map<string, { readonly roomId: string; readonly cancel: () => void }>()
    const listeners = new Set<(event: EngineEvent) => void>()
    let nextPort = 20_000

    const emit = (event: EngineEvent) => {
      for (const listener of [...listeners]) listener(event)
    }
    const legOf = (legId: string) => known(legs.get(legId), 'leg')
    const inRoom = (roomId: string) => seated.filter((leg) => leg.roomId === roomId)

    const unseat = (leg: Leg) => {
      const at = seated.indexOf(leg)
      const last = seated.pop()
      if (last && last !== leg) seated[at] = last
      const room = rooms.get(leg.roomId ?? '')
      if (room?.floor === leg.legId) room.floor = undefined
      Object.assign(leg, { roomId: undefined, talking: false })
    }

    const giveFloor = (leg: Leg) => {
      const room = rooms.get(leg.roomId ?? '')
      const isFree = room && (room.floor === undefined || legs.get(room.floor)?.talking === false)
      if (!room || !isFree || leg.member?.canHaveFloor === false) return
      const { floor: former } = room
      if (former === leg.legId) return
      room.floor = leg.legId
      told += 1
      emit({ event: 'floor-change', roomId: leg.roomId ?? '', legId: leg.legId, former })
    }

    const turnOne = () => {
      const leg = seated[Math.floor(random() * seated.length)]
      if (!leg) return
      const nowMs = performance.now()
      told += 1
      if (leg.member?.speak === false) {
        emit({ event: 'mute-detect', legId: leg.legId })
        return
      }
      leg.talking = !leg.talking
      if (!leg.talking) leg.talkedMs += nowMs - leg.sinceMs
      leg.sinceMs = nowMs
      emit({ event: leg.talking ? 'start-talking' : 'stop-talking', legId: leg.legId })
      if (leg.talking) giveFloor(leg)
    }
    let lastMs = performance.now()
    let due = 0
    scope.interval(() => {
      const nowMs = performance.now()
      due = seated.length === 0 ? 0 : due + (rate * (nowMs - lastMs)) / 1000
      lastMs = nowMs
      while (due >= 1 && seated.length > 0) {
        const before = told
        turnOne()
        due -= told - before
      }
    }, TURN_MS)

    const energyOf = (leg: Leg): number => {
      const target = leg.talking ? 300 + random() * 1400 : 0
      leg.energy = leg.energy * 0.5 + target * 0.5
      return leg.energy < 1 ? 0 : leg.energy
    }
    const statisticsOf = ({ codec, openedMs }: Leg): LegStatistics => {
      const packets = Math.floor((performance.now() - openedMs) / 20)
      return {
        ...{ codec, packetsReceived: packets, packetsSent: packets, packetsRefused: 0 },
        ...{ packetsLost: Math.floor(packets / 500), packetsLate: 0, unreachable: 0 },
        ...{ jitterMs: 1 + random() * 4, bufferMs: 40, remoteLost: 0, roundTripMs: 20 },
      }
    }
    const endPlay = (playId: string, why: 'played' | 'stopped') => {
      const one = plays.get(playId)
      plays.delete(playId)
      one?.cancel()
      if (one) emit({ event: 'play-done', playId, why })
    }
    const endListen = (listenId: string) => {
      listens.get(listenId)?.cancel()
      if (listens.delete(listenId)) emit({ event: 'listen-done', listenId })
    }
    const endRecord = (recordingId: string) => {
      if (!recordings.delete(recordingId)) throw new EngineError('unknown', 'no recording')
      emit({ event: 'record-done', recordingId, frames: 8000, rate: 8000, why: 'stopped' })
    }

    return {
      capabilities: {
        ...{ relate: true, gain: true, floor: true, energy: true, record: true, recordLeg: false },
        ...{ listen: true, sendDigits: true, rates: [8000], codecs: ['PCMU', 'PCMA'] },
      },
      openLeg: ({ legId, host }) =>
        settled(() => {
          const nowMs = performance.now()
          legs.set(legId, {
            ...{ legId, openedMs: nowMs, sinceMs: nowMs, talking: false, energy: 0, talkedMs: 0 },
            ...{ codec: undefined, roomId: undefined, member: undefined },
          })
          return { host, port: (nextPort = 20_000 + ((nextPort - 19_998) % 20_000)) }
        }),
      connectLeg: (legId, { codec }) =>
        settled(() => {
          const leg = legOf(legId)
          if (leg.codec === undefined) queueMicrotask(() => emit({ event: 'media-started', legId }))
          leg.codec = codec
        }),
      closeLeg: (legId) =>
        settled(() => {
          const leg = legOf(legId)
          if (leg.roomId !== undefined) unseat(leg)
          legs.delete(legId)
          for (const [playId, { play }] of [...plays])
            if ('legId' in play.to && play.to.legId === legId) endPlay(playId, 'stopped')
          return statisticsOf(leg)
        }),
      openRoom: ({ roomId }) => settled(() => void rooms.set(roomId, { floor: undefined })),
      closeRoom: (roomId) =>
        settled(() => {
          known(rooms.get(roomId), 'room')
          inRoom(roomId).forEach(unseat)
          rooms.delete(roomId)
          for (const [playId, { play }] of [...plays])
            if ('roomId' in play.to && play.to.roomId === roomId) endPlay(playId, 'stopped')
          for (const [id, of] of [...recordings]) if (of === roomId) endRecord(id)
          for (const [id, listen] of [...listens]) if (listen.roomId === roomId) endListen(id)
        }),
      join: (legId, roomId, member) =>
        settled(() => {
          known(rooms.get(roomId), 'room')
          const leg = legOf(legId)
          Object.assign(leg, { roomId, member })
          seated.push(leg)
        }),
      leave: (legId) =>
        settled(() => {
          const leg = legOf(legId)
          known(leg.roomId, 'seat')
          unseat(leg)
        }),
      setMember: (legId, change) =>
        settled(() => {
          const leg = legOf(legId)
          leg.member = { ...known(leg.member, 'seat'), ...change }
        }),
      relate: (legId, other) =>
        settled(() => {
          if (legOf(legId).roomId !== legOf(other).roomId) throw new EngineError('unknown', 'room')
        }),
      play: (play) =>
        settled(() => {
          const { playId, loop } = play
          const done = () => endPlay(playId, 'played')
          plays.set(playId, {
            play,
            cancel: loop ? () => undefined : scope.timeout(done, PLAY_MS),
          })
        }),
      stopPlay: (playId) => settled(() => endPlay(playId, 'stopped')),
      record: async ({ recordingId, of, path }) => {
        const silence = Buffer.alloc(16_000)
        const header = wavHeader({ sampleRateHz: 8000, channels: 1, bits: 16 }, silence.length)
        await writeFile(path, Buffer.concat([header, silence]), { flag: 'wx' })
        recordings.set(recordingId, 'roomId' in of ? of.roomId : of.legId)
      },
      stopRecord: (recordingId) => settled(() => endRecord(recordingId)),
      listen: ({ listenId, roomId, rate: listenRate }) =>
        settled(() => {
          known(rooms.get(roomId), 'room')
          const hum = () => {
            const samples = new Int16Array((listenRate * LISTEN_MS) / 1000)
            emit({ event: 'heard', listenId, samples: samples.map(() => random() * 2000 - 1000) })
          }
          listens.set(listenId, { roomId, cancel: scope.interval(hum, LISTEN_MS) })
        }),
      stopListen: (listenId) => settled(() => endListen(listenId)),
      sendDigits: (legId) => settled(() => void legOf(legId)),
      observe: (roomId) =>
        settled(() => {
          const { floor } = known(rooms.get(roomId), 'room')
          const nowMs = performance.now()
          const seen = inRoom(roomId).map((leg) => ({
            ...{ legId: leg.legId, talking: leg.talking, energy: energyOf(leg) },
            talkedMs: leg.talkedMs + (leg.talking ? nowMs - leg.sinceMs : 0),
          }))
          return { rate: 8000, floor, legs: seen }
        }),
      statistics: (legId) => settled(() => statisticsOf(legOf(legId))),
      health: () =>
        settled(() => ({
          ...{ legs: legs.size, rooms: rooms.size, ticks: 0, lateTicks: 0, skippedTicks: 0 },
          workMs: { p50: 0, p99: 0, max: 0 },
        })),
      on: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    }
  }

  return {
    open: ({ scope }) => settled(() => open(scope)),
    setRate: (eventsPerSecond) => {
      rate = eventsPerSecond
    },
    told: () => told,
  }
}
