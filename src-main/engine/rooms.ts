import type { Playlist } from './frame/playlist.ts'
import type { Recorder } from './frame/recorder.ts'
import { createRoom } from './frame/room.ts'
import type { Seat } from './frame/seat.ts'
import { samplesOf } from './frame/sound.ts'
import type { Leg } from './leg.ts'
import {
  EngineError,
  type EngineEvent,
  type Member,
  type RoomOptions,
  type RoomState,
} from './port.ts'
import type { Tap } from './recordings.ts'

/** A room: its legs, what plays to all of them, and who listens in. */
export type EngineRoom = {
  readonly roomId: string
  readonly playlist: Playlist
  readonly tap: Tap
  readonly legs: () => readonly Leg[]
  readonly join: (leg: Leg, member: Member) => void
  readonly leave: (leg: Leg) => void
  /** Something is to be heard, played or recorded. */
  readonly isActive: () => boolean
  readonly tick: () => void
  readonly observe: () => RoomState
}

export const createEngineRoom = (deps: {
  options: RoomOptions
  playlist: Playlist
  emit: (event: EngineEvent) => void
}): EngineRoom => {
  const { options, playlist, emit } = deps
  const { roomId } = options
  const legs = new Map<Seat, Leg>()
  const recorders = new Set<Recorder>()
  const played = {
    8000: new Int16Array(samplesOf(8000)),
    16000: new Int16Array(samplesOf(16_000)),
  }
  const idOf = (seat: Seat | undefined) => (seat ? legs.get(seat)?.legId : undefined)

  const room = createRoom({
    comfortNoise: options.comfortNoise,
    maximumRate: options.rate,
    onEvent: (happened) => {
      const legId = idOf(happened.seat)
      if (happened.event === 'floor-change') {
        emit({ event: 'floor-change', roomId, legId, former: idOf(happened.former) })
      } else if (legId !== undefined) {
        emit({ event: happened.event, legId })
      }
    },
  })

  return {
    roomId,
    playlist,
    tap: { recorders, rate: () => room.rate },
    legs: () => [...legs.values()],
    join: (leg, member) => {
      if (leg.seated) throw new EngineError('exists', `"${leg.legId}" is in a room already`)
      const seat = room.seat(member, leg.rate())
      legs.set(seat, leg)
      leg.seated = { roomId, room, seat }
    },
    leave: (leg) => {
      if (leg.seated?.room !== room) return
      const { seat } = leg.seated
      leg.seated = undefined
      room.unseat(seat)
      // Only now: what happens while the seat is given up is told of its leg.
      legs.delete(seat)
    },
    isActive: () => legs.size > 0 || recorders.size > 0 || !playlist.isIdle(),
    tick: () => {
      const { rate } = room
      if (!playlist.isIdle() && playlist.pull(played[rate])) room.addSound(played[rate], rate)
      room.setTapped(recorders.size > 0)
      room.tick()
      const { tapped } = room
      for (const recorder of recorders) {
        recorder.push(tapped.isSilent ? undefined : tapped.samples)
      }
    },
    observe: () => ({
      rate: room.rate,
      floor: idOf(room.floor),
      legs: [...legs].map(([{ talking, energy, talkedMs }, { legId }]) => ({
        legId,
        talking,
        energy,
        talkedMs,
      })),
    }),
  }
}
