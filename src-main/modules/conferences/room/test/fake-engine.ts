import { writeFile } from 'node:fs/promises'
import { wavHeader } from '#sound/samples/wav-header'
import {
  EngineError,
  type Engine,
  type EngineEvent,
  type Member,
  type PlayOptions,
  type Relationship,
  type RoomOptions,
  type RoomState,
} from '../../../../engine/port.ts'

/** An engine without sound: it keeps what it was told, and what a test lets happen in it happens. */
export type FakeEngine = Engine & {
  readonly rooms: ReadonlyMap<string, RoomOptions>
  readonly members: ReadonlyMap<string, { readonly roomId: string; readonly member: Member }>
  readonly relations: readonly { legId: string; other: string; how: Relationship }[]
  /** What plays and waits, in the order in which it came. */
  readonly playing: readonly PlayOptions[]
  readonly recording: ReadonlySet<string>
  readonly happens: (event: EngineEvent) => void
  /** The next one that is not a loop was heard to its end. */
  readonly played: () => PlayOptions | undefined
  readonly energies: Map<string, number>
}

const unused = (): never => {
  throw new Error('this engine has no such thing')
}

export const createFakeEngine = (): FakeEngine => {
  const rooms = new Map<string, RoomOptions>()
  const members = new Map<string, { roomId: string; member: Member }>()
  const relations: { legId: string; other: string; how: Relationship }[] = []
  const playing: PlayOptions[] = []
  const recording = new Set<string>()
  const energies = new Map<string, number>()
  const listeners = new Set<(event: EngineEvent) => void>()

  const happens = (event: EngineEvent) => {
    for (const listener of listeners) listener(event)
  }
  const known = <T>(thing: T | undefined, what: string): T => {
    if (thing === undefined) throw new EngineError('unknown', `no such ${what}`)
    return thing
  }
  const endPlay = (playId: string, why: 'played' | 'stopped') => {
    const at = playing.findIndex((play) => play.playId === playId)
    if (at >= 0) playing.splice(at, 1)
    if (at >= 0) happens({ event: 'play-done', playId, why })
  }
  const state = (roomId: string): RoomState => ({
    rate: known(rooms.get(roomId), 'room').rate,
    floor: undefined,
    legs: [...members]
      .filter(([, member]) => member.roomId === roomId)
      .map(([legId]) => ({
        ...{ legId, talking: false, talkedMs: 0 },
        energy: energies.get(legId) ?? 0,
      })),
  })

  return {
    ...{ rooms, members, relations, playing, recording, energies, happens },
    capabilities: {
      ...{ relate: true, gain: true, floor: true, energy: true, record: true, recordLeg: true },
      ...{ listen: true, sendDigits: true, rates: [8000, 16000], codecs: ['PCMU'] },
    },
    played: () => {
      const play = playing.find(({ loop }) => !loop)
      if (play) endPlay(play.playId, 'played')
      return play
    },
    openLeg: unused,
    connectLeg: unused,
    closeLeg: unused,
    openRoom: async (room) => {
      await Promise.resolve()
      rooms.set(room.roomId, room)
    },
    closeRoom: async (roomId) => {
      await Promise.resolve()
      known(rooms.get(roomId), 'room')
      rooms.delete(roomId)
    },
    join: async (legId, roomId, member) => {
      await Promise.resolve()
      known(rooms.get(roomId), 'room')
      members.set(legId, { roomId, member })
    },
    leave: async (legId) => {
      await Promise.resolve()
      known(members.get(legId), 'leg')
      members.delete(legId)
    },
    setMember: async (legId, change) => {
      await Promise.resolve()
      const { roomId, member } = known(members.get(legId), 'leg')
      members.set(legId, { roomId, member: { ...member, ...change } })
    },
    relate: async (legId, other, how) => {
      await Promise.resolve()
      relations.push({ legId, other, how })
    },
    play: async (play) => {
      await Promise.resolve()
      playing.push(play)
    },
    stopPlay: async (playId) => {
      await Promise.resolve()
      endPlay(playId, 'stopped')
    },
    record: async ({ recordingId, path }) => {
      // A second, whose header says nothing yet: that of an engine which is interrupted.
      const header = wavHeader({ sampleRateHz: 16_000, channels: 1, bits: 16 }, 0)
      await writeFile(path, Buffer.concat([header, Buffer.alloc(32_000, 1)]), { flag: 'wx' })
      recording.add(recordingId)
    },
    stopRecord: async (recordingId) => {
      await Promise.resolve()
      if (!recording.delete(recordingId)) throw new EngineError('unknown', 'no such recording')
    },
    ...{ listen: unused, stopListen: unused, sendDigits: unused },
    observe: async (roomId) => {
      await Promise.resolve()
      return state(roomId)
    },
    statistics: unused,
    health: unused,
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
