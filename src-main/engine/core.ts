import type { Log } from '../platform/log.ts'
import { createCommands } from './core-commands.ts'
import type { OpenPcm } from './frame/player-track.ts'
import type { Health } from './health.ts'
import { createPorts } from './io/ports.ts'
import type { OpenSocket } from './leg-sockets.ts'
import type { Leg } from './leg.ts'
import { createLegs } from './legs.ts'
import { createListens } from './listens.ts'
import type { EngineOptions, Performers } from './messages.ts'
import { createPlays } from './plays.ts'
import type { EngineEvent } from './port.ts'
import { createRecordings, type OpenWav } from './recordings.ts'
import type { EngineRoom } from './rooms.ts'

/** The engine without a thread, a clock and I/O of its own: everything happens in its calls. */
export type Core = {
  readonly commands: Performers
  /** 20 ms of everything; `skipped` ticks before it were given up. */
  readonly tick: (skipped: number) => void
  /** Whether there is a reason to tick. */
  readonly isBusy: () => boolean
  /** Ends everything, completes recordings. */
  readonly close: () => Promise<void>
}

/** What the core does to the world. */
export type CoreIo = {
  readonly openSocket: OpenSocket
  readonly openPcm: OpenPcm
  readonly openWav: OpenWav
  /** Monotonic milliseconds. */
  readonly nowMs: () => number
}

export const createCore = (deps: {
  options: EngineOptions
  io: CoreIo
  health: Health
  log: Log
  emit: (event: EngineEvent) => void
}): Core => {
  const { options, io, health, log, emit } = deps
  const rooms = new Map<string, EngineRoom>()
  const plays = createPlays({ openPcm: io.openPcm, emit })
  const recordings = createRecordings({ openWav: io.openWav, emit })
  const listens = createListens({ emit })
  const legs = createLegs({
    ...io,
    ports: createPorts(options.ports),
    limit: options.limits.legs,
    mediaTimeoutMs: options.mediaTimeoutMs,
    plays,
    recordings,
    leaveRoom: (leg) => rooms.get(leg.seated?.roomId ?? '')?.leave(leg),
    log,
    emit,
  })
  const commands = createCommands({
    legs,
    rooms,
    mostRooms: options.limits.rooms,
    plays,
    recordings,
    listens,
    health,
    emit,
  })

  /** An error of ours in a room costs its legs: a call that nobody can hear is worse than one that ended. */
  const failRoom = (room: EngineRoom, error: unknown) => {
    log.error('a room failed', { roomId: room.roomId, error })
    rooms.delete(room.roomId)
    for (const leg of room.legs()) legs.fail(leg, error)
    room.playlist.close()
    listens.endAll(room.tap)
    recordings
      .endAll(room.tap)
      .catch((problem: unknown) => log.error('a failed room did not close', { problem }))
  }
  const forEachConnected = (step: (leg: Leg) => void) => {
    for (const leg of legs.all()) {
      if (!leg.isConnected) continue
      try {
        step(leg)
      } catch (error) {
        legs.fail(leg, error)
      }
    }
  }
  /** Time passed for everybody, also on recordings. */
  const skip = () => {
    forEachConnected((leg) => leg.skip())
    for (const room of rooms.values()) {
      for (const recorder of room.tap.recorders) recorder.push(undefined)
    }
  }

  return {
    commands,
    tick: (skipped) => {
      const nowMs = io.nowMs()
      for (let i = 0; i < skipped; i += 1) skip()
      forEachConnected((leg) => leg.listen(nowMs))
      for (const room of rooms.values()) {
        if (!room.isActive()) continue
        try {
          room.tick()
        } catch (error) {
          failRoom(room, error)
        }
      }
      forEachConnected((leg) => leg.speak())
    },
    isBusy: () => {
      for (const leg of legs.all()) if (leg.isConnected) return true
      for (const room of rooms.values()) if (room.isActive()) return true
      return false
    },
    close: async () => {
      for (const roomId of [...rooms.keys()]) await commands.closeRoom(roomId)
      await Promise.all([...legs.all()].map(legs.close))
    },
  }
}
