import type { Health } from './health.ts'
import type { Legs } from './legs.ts'
import type { Listens } from './listens.ts'
import type { Performers } from './messages.ts'
import type { Plays } from './plays.ts'
import { EngineError, type EngineEvent } from './port.ts'
import type { Recordings } from './recordings.ts'
import { createEngineRoom, type EngineRoom } from './rooms.ts'

type Target = { readonly roomId: string } | { readonly legId: string }

/** The commands of the port. Those that throw have changed nothing. */
export const createCommands = (deps: {
  legs: Legs
  rooms: Map<string, EngineRoom>
  mostRooms: number
  plays: Plays
  recordings: Recordings
  listens: Listens
  health: Health
  emit: (event: EngineEvent) => void
}): Performers => {
  const { legs, rooms, mostRooms, plays, recordings, listens, health, emit } = deps

  const roomOf = (roomId: string): EngineRoom => {
    const room = rooms.get(roomId)
    if (!room) throw new EngineError('unknown', `no room is called "${roomId}"`)
    return room
  }
  const seatOf = (legId: string) => {
    const { seated } = legs.get(legId)
    if (!seated) throw new EngineError('unknown', `"${legId}" is in no room`)
    return seated
  }
  const targetOf = (target: Target) =>
    'roomId' in target ? roomOf(target.roomId) : legs.get(target.legId)

  return {
    openLeg: async ({ legId, host }) => (await legs.open(legId, host)).line.address,
    connectLeg: (legId, audio) => legs.get(legId).connect(audio),
    closeLeg: (legId) => legs.close(legs.get(legId)),
    openRoom: (options) => {
      const { roomId } = options
      if (rooms.has(roomId)) throw new EngineError('exists', `"${roomId}" is open already`)
      if (rooms.size >= mostRooms) {
        throw new EngineError('too_many', `there are ${mostRooms} rooms already`)
      }
      rooms.set(roomId, createEngineRoom({ options, playlist: plays.createPlaylist(), emit }))
    },
    closeRoom: async (roomId) => {
      const room = roomOf(roomId)
      rooms.delete(roomId)
      room.legs().forEach(room.leave)
      room.playlist.close()
      listens.endAll(room.tap)
      await recordings.endAll(room.tap)
    },
    join: (legId, roomId, member) => roomOf(roomId).join(legs.get(legId), member),
    leave: (legId) => {
      rooms.get(seatOf(legId).roomId)?.leave(legs.get(legId))
    },
    setMember: (legId, change) => seatOf(legId).seat.set(change),
    relate: (legId, otherLegId, how) => {
      const [one, other] = [seatOf(legId), seatOf(otherLegId)]
      if (one.room !== other.room) {
        throw new EngineError('unknown', `"${legId}" and "${otherLegId}" are in different rooms`)
      }
      one.room.relate(one.seat, other.seat, how)
    },
    play: (play) => plays.add(play, targetOf(play.to).playlist),
    stopPlay: (playId) => plays.stop(playId),
    record: (recording) => recordings.start(recording, targetOf(recording.of).tap),
    stopRecord: (recordingId) => recordings.stop(recordingId),
    listen: (listening) => listens.start(listening, roomOf(listening.roomId).tap),
    stopListen: (listenId) => listens.stop(listenId),
    sendDigits: (legId, digits) => {
      if (!legs.get(legId).line.dial(digits)) {
        throw new EngineError('invalid', `"${legId}" takes no events, or "${digits}" are no digits`)
      }
    },
    observe: (roomId) => roomOf(roomId).observe(),
    statistics: (legId) => legs.get(legId).line.statistics(),
    health: () => ({ legs: legs.count(), rooms: rooms.size, ...health.look() }),
  }
}
