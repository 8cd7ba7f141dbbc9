import type { AskedBy } from '#contract/live-conferences'
import { createScope } from '../../../platform/scope.ts'
import type { Leg } from '../../legs/legs.ts'
import {
  RoomRefused,
  type Admission,
  type Conference,
  type Participant,
  type Room,
  type RoomRefusal,
  type Rooms,
} from '../room/rooms.ts'

/** Legs and rooms that only note what is asked of them. */
export const fakeLeg = (facts: Partial<Leg> & { accountId: string; callId: string }): Leg => ({
  legId: facts.callId,
  direction: 'incoming',
  party: { name: 'Ada', number: '1001' },
  device: undefined,
  scope: createScope('leg'),
  onDigit: () => () => undefined,
  isOnHold: () => false,
  hangUp: () => undefined,
  ended: new Promise(() => undefined),
  ...facts,
})

export const fakeParticipant = (
  participantId: number,
  facts: Partial<Participant> & { leg: Leg },
): Participant => ({
  participantId,
  isModerator: false,
  isGhost: false,
  speak: true,
  hear: true,
  talking: false,
  hasFloor: false,
  muteDetect: false,
  energyLevel: 20,
  currentEnergy: 0.4,
  ...{ talkedMs: 0, quietSinceMs: undefined, gainInDb: 0, gainOutDb: 0 },
  joinedMs: Date.now() - 10_500,
  customApplicationVars: {},
  channelVars: { account_id: facts.leg.accountId },
  ...facts,
})

export type FakeRoom = Room & {
  isLocked: boolean
  isRecording: boolean
  participants: Participant[]
  /** Who asked last, where that was said. */
  asking: AskedBy | undefined
  /** What was asked of it, in words. */
  readonly asked: string[]
}

const fakeRoom = (conference: Conference): FakeRoom => {
  const asked: string[] = []
  const ask = (...words: unknown[]) => {
    asked.push(words.map(String).join(' '))
    return Promise.resolve()
  }
  const room: FakeRoom = {
    conference,
    asked,
    asking: undefined,
    instanceId: 'a-run',
    startedMs: Date.now() - 60_500,
    isLocked: false,
    isRecording: false,
    recordingSinceMs: () => undefined,
    relations: () => [],
    participants: [],
    refresh: () => Promise.resolve(),
    lock: () => {
      room.isLocked = true
    },
    unlock: () => {
      room.isLocked = false
    },
    play: (reference, participantId) => ask('play', reference, participantId ?? 'to all'),
    startRecording: () => ask('start recording'),
    stopRecording: async () => {
      await ask('stop recording')
      return 'a-recording'
    },
    relate: (one, other, how) => ask('relate', one, other, how),
    setSpeak: (ids, speak) => ask('speak', ids, speak),
    setHear: (ids, hear) => ask('hear', ids, hear),
    kick: (ids) => ask('kick', ids),
    bookmark: async (text) => {
      await ask('bookmark', text)
      return {
        ...{ event: 'bookmark', text, instance_id: 'a-run' },
        ...{ account_id: conference.accountId, conference_id: conference.id },
      }
    },
    as: (by) => {
      room.asking = by
      return room
    },
  }
  return room
}

export type FakeRooms = Pick<Rooms, 'get' | 'ofAccount' | 'admit'> & {
  run: (conference: Conference) => FakeRoom
  readonly end: (accountId: string, id: string) => void
  readonly admissions: Admission[]
  /** What the next admissions are refused with. */
  refusal: RoomRefusal | undefined
}

export const fakeRooms = (): FakeRooms => {
  const running = new Map<string, FakeRoom>()
  const admissions: Admission[] = []
  const run = (conference: Conference) => {
    const room = fakeRoom(conference)
    running.set(`${conference.accountId}/${conference.id}`, room)
    return room
  }
  const rooms: FakeRooms = {
    run,
    end: (accountId, id) => void running.delete(`${accountId}/${id}`),
    admissions,
    refusal: undefined,
    get: (accountId, id) => running.get(`${accountId}/${id}`),
    ofAccount: (accountId) =>
      [...running.values()].filter(({ conference }) => conference.accountId === accountId),
    admit: (admission) => {
      if (rooms.refusal) return Promise.reject(new RoomRefused(rooms.refusal))
      admissions.push(admission)
      const { conference, leg, isModerator } = admission
      const room = running.get(`${conference.accountId}/${conference.id}`) ?? run(conference)
      const participant = fakeParticipant(room.participants.length + 1, { leg, isModerator })
      room.participants.push(participant)
      return Promise.resolve(participant)
    },
  }
  return rooms
}
