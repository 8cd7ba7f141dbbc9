import type { Engine } from '../../../engine/port.ts'
import { nameOf } from '../../playback/playback.ts'
import type { Announcements } from './announcements.ts'
import type { MemberChange } from './member-changes.ts'
import type { RoomRecording } from './room-recording.ts'
import type { Seat } from './seat.ts'
import { unknownParticipant, type Seats } from './seats.ts'
import type { Telling } from './telling.ts'
import type { Room } from './types.ts'

type Actions = Pick<
  Room,
  'play' | 'startRecording' | 'stopRecording' | 'relate' | 'setSpeak' | 'setHear' | 'kick'
>

/** What the API does to a room that runs. */
export const createRoomActions = (deps: {
  engine: Engine
  telling: Telling
  seats: Seats
  recording: RoomRecording
  announcements: Announcements
  change: (seat: Seat, change: MemberChange) => Promise<void>
  leave: (seat: Seat) => Promise<void>
  /** Throws once the room is over. */
  expectRunning: () => void
}): Actions => {
  const { engine, telling, seats, recording, announcements, change, leave, expectRunning } = deps

  /** What work comes to; who left meanwhile is as unknown as who was never there. */
  const unlessLeft = async <T>(about: readonly Seat[], work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      const left = about.find(({ scope }) => scope.signal.aborted)
      if (left) throw unknownParticipant(left.participant.participantId)
      expectRunning()
      throw error
    }
  }

  const changeAll = async (ids: readonly number[], wanted: MemberChange, command: string) => {
    await Promise.all(
      seats.among(ids).map((seat) => {
        const { participantId } = seat.participant
        telling.command(command, { participant_id: participantId })
        return change(seat, wanted)
      }),
    )
  }

  const play: Actions['play'] = async (reference, participantId) => {
    expectRunning()
    const seat = participantId === undefined ? undefined : seats.expect(participantId)
    const to = participantId === undefined ? {} : { participant_id: participantId }
    const media_id = nameOf({ kind: 'media', reference })
    telling.command('play', { ...to, media_id })
    const playing = await unlessLeft(seat ? [seat] : [], () => announcements.play(reference, seat))
    const about = { participant: seat?.participant, media_id }
    telling.further('play-file', about)
    void playing.done.then(() => {
      // With the room everything that plays has ended.
      if (!seats.isEmpty()) telling.further('play-file-done', about)
    })
  }

  return {
    play,
    startRecording: async () => {
      expectRunning()
      telling.command('record')
      await recording.start()
    },
    stopRecording: async () => {
      expectRunning()
      telling.command('recordstop')
      return recording.stop()
    },
    relate: async (one, other, how) => {
      const both = [seats.expect(one), seats.expect(other)] as const
      const [first, second] = both.map(({ participant }) => participant.leg.legId)
      telling.command('relate_participants', {
        ...{ participant_id: one, other_participant: other, relationship: how },
      })
      await unlessLeft(both, () => engine.relate(first ?? '', second ?? '', how))
    },
    setSpeak: (ids, speak) =>
      changeAll(ids, { speak }, speak ? 'unmute_participant' : 'mute_participant'),
    setHear: (ids, hear) =>
      changeAll(ids, { hear }, hear ? 'undeaf_participant' : 'deaf_participant'),
    kick: async (ids) => {
      const gone = seats.among(ids).map((seat) => {
        const { leg, participantId } = seat.participant
        telling.command('kick', { participant_id: participantId })
        const left = leave(seat)
        leg.hangUp('Removed from the conference')
        return left
      })
      await Promise.all(gone)
    },
  }
}
