import { AppError } from '../../../platform/errors.ts'
import type { Seat } from './seat.ts'

/** Who is in a room, and who is on the way in. */
export type Seats = {
  /** From here on it takes a place. */
  readonly take: (seat: Seat) => void
  /** False when it was free already. */
  readonly free: (seat: Seat) => boolean
  readonly isEmpty: () => boolean
  /** Those on the way in too. */
  readonly all: () => readonly Seat[]
  /** Participants, ghosts included; in the order in which they came. */
  readonly seated: () => readonly Seat[]
  /** Places that are taken; ghosts are not counted. */
  readonly taken: () => number
  readonly byLeg: (legId: string) => Seat | undefined
  /** Throws `bad_identifier` for who is not there, or no longer. */
  readonly expect: (participantId: number) => Seat
  /** Those of them who are still there. Throws when nobody is, unless nobody was asked for. */
  readonly among: (participantIds: readonly number[]) => readonly Seat[]
}

export const unknownParticipant = (cause: number) =>
  new AppError('bad_identifier', { cause, message: 'this participant has left the conference' })

export const createSeats = (): Seats => {
  const seats = new Map<number, Seat>()
  const byLegId = new Map<string, Seat>()
  const expect = (participantId: number): Seat => {
    const seat = seats.get(participantId)
    if (!seat?.isSeated) throw unknownParticipant(participantId)
    return seat
  }
  return {
    take: (seat) => {
      const { participantId, leg } = seat.participant
      seats.set(participantId, seat)
      byLegId.set(leg.legId, seat)
    },
    free: ({ participant: { participantId, leg } }) => {
      byLegId.delete(leg.legId)
      return seats.delete(participantId)
    },
    isEmpty: () => seats.size === 0,
    all: () => [...seats.values()],
    seated: () => [...seats.values()].filter(({ isSeated }) => isSeated),
    taken: () => [...seats.values()].filter(({ participant }) => !participant.isGhost).length,
    byLeg: (legId) => byLegId.get(legId),
    expect,
    among: (participantIds) => {
      const ids = [...new Set(participantIds)]
      const found = ids.flatMap((id) => {
        const seat = seats.get(id)
        return seat?.isSeated === true ? [seat] : []
      })
      const [first] = ids
      if (found.length === 0 && first !== undefined) throw unknownParticipant(first)
      return found
    },
  }
}
