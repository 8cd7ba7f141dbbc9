import type { Log } from '../platform/log.ts'
import type { Ports } from './io/ports.ts'
import { openLegLine } from './leg-line.ts'
import { openLegSockets, type OpenSocket } from './leg-sockets.ts'
import { createLeg, type Leg } from './leg.ts'
import type { Plays } from './plays.ts'
import { EngineError, type EngineEvent, type LegStatistics } from './port.ts'
import type { Recordings } from './recordings.ts'

/** All legs by their ids, from their ports on to their end. */
export type Legs = {
  readonly open: (legId: string, host: string) => Promise<Leg>
  /** Throws `EngineError` when there is none. */
  readonly get: (legId: string) => Leg
  readonly all: () => IterableIterator<Leg>
  readonly count: () => number
  readonly close: (leg: Leg) => Promise<LegStatistics>
  /** An error of ours: it costs this leg, and nobody else notices. */
  readonly fail: (leg: Leg, error: unknown) => void
}

export const createLegs = (deps: {
  ports: Ports
  limit: number
  mediaTimeoutMs: number
  openSocket: OpenSocket
  nowMs: () => number
  plays: Plays
  recordings: Recordings
  leaveRoom: (leg: Leg) => void
  log: Log
  emit: (event: EngineEvent) => void
}): Legs => {
  const { ports, limit, mediaTimeoutMs, openSocket, nowMs } = deps
  const { plays, recordings, leaveRoom, log, emit } = deps
  const legs = new Map<string, Leg>()
  const opening = new Set<string>()

  const close = async (leg: Leg): Promise<LegStatistics> => {
    legs.delete(leg.legId)
    const statistics = leg.line.statistics()
    // Its ports are given back even if its room is what failed.
    const closed = leg.line.close()
    try {
      leaveRoom(leg)
      leg.playlist.close()
    } finally {
      await Promise.all([closed, recordings.endAll(leg.tap)])
    }
    return statistics
  }
  const fail = (leg: Leg, error: unknown) => {
    if (legs.get(leg.legId) !== leg) return
    const message = error instanceof Error ? error.message : String(error)
    log.error('a leg failed', { legId: leg.legId, error })
    emit({ event: 'leg-failed', legId: leg.legId, message })
    close(leg).catch((problem: unknown) => log.error('a failed leg did not close', { problem }))
  }

  const openLine = async (legId: string, host: string): Promise<Leg> => {
    const line = await openLegLine({
      openSockets: (events) => openLegSockets({ ports, openSocket, host, events }),
      nowMs,
      events: {
        onDigit: (digit, ms) => {
          emit({ event: 'dtmf', legId, digit, ms })
          leg.seated?.seat.addTone(digit, ms)
        },
        onStarted: () => emit({ event: 'media-started', legId }),
        onFailure: (error) => fail(leg, error),
      },
    })
    const playlist = plays.createPlaylist()
    const leg = createLeg({ legId, line, playlist, mediaTimeoutMs, emit })
    return leg
  }

  return {
    open: async (legId, host) => {
      if (legs.has(legId) || opening.has(legId)) {
        throw new EngineError('exists', `"${legId}" is open already`)
      }
      if (legs.size + opening.size >= limit) {
        throw new EngineError('too_many', `there are ${limit} legs already`)
      }
      opening.add(legId)
      try {
        const leg = await openLine(legId, host)
        legs.set(legId, leg)
        return leg
      } finally {
        opening.delete(legId)
      }
    },
    get: (legId) => {
      const leg = legs.get(legId)
      if (!leg) throw new EngineError('unknown', `no leg is called "${legId}"`)
      return leg
    },
    all: () => legs.values(),
    count: () => legs.size,
    close,
    fail,
  }
}
