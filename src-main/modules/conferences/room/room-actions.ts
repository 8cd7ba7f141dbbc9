import { nameOf } from '../../playback/playback.ts'
import type { Announcements } from './announcements.ts'
import { commandsOf, type MemberChange } from './member-changes.ts'
import type { RoomRecording } from './room-recording.ts'
import type { RoomRelations } from './room-relations.ts'
import type { Seat } from './seat.ts'
import { unknownParticipant, type Seats } from './seats.ts'
import type { Telling } from './telling.ts'
import type { RoomActions } from './types.ts'

/** What the API does to a room that runs. */
export const createRoomActions = (deps: {
  relations: RoomRelations
  telling: Telling
  seats: Seats
  recording: RoomRecording
  announcements: Announcements
  lock: { readonly set: (wanted: boolean, telling: Telling) => void }
  change: (seat: Seat, change: MemberChange) => Promise<void>
  leave: (seat: Seat) => Promise<void>
  /** Throws once the room is over. */
  expectRunning: () => void
}): RoomActions => {
  const { relations, telling, seats, recording, announcements, lock } = deps
  const { change, leave, expectRunning } = deps

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

  const changeAll = async (ids: readonly number[], wanted: MemberChange) => {
    await Promise.all(
      seats.among(ids).map((seat) => {
        const { participantId } = seat.participant
        for (const command of commandsOf(wanted))
          telling.command(command, { participant_id: participantId })
        return change(seat, wanted)
      }),
    )
  }

  const play: RoomActions['play'] = async (reference, participantId) => {
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
    lock: () => lock.set(true, telling),
    unlock: () => lock.set(false, telling),
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
      const [first, second] = [seats.expect(one), seats.expect(other)]
      telling.command('relate_participants', {
        ...{ participant_id: one, other_participant: other, relationship: how },
      })
      await unlessLeft([first, second], () => relations.relate(first, second, how))
    },
    setSpeak: (ids, speak) => changeAll(ids, { speak }),
    setHear: (ids, hear) => changeAll(ids, { hear }),
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
    bookmark: async (text) => {
      expectRunning()
      return telling.bookmark(text, await recording.mark(text))
    },
  }
}
