import type { Relation } from '#contract/board'
import type { Engine } from '../../../engine/port.ts'
import type { Seat } from './seat.ts'

/** Who of a room does not hear whom: kept to be shown, because no engine tells. */
export type RoomRelations = {
  /** Those of people who left are gone with them. */
  readonly list: () => readonly Relation[]
  /** Resolves once the engine does so. `clear` takes away that of the first to the other, not the one in return. */
  readonly relate: (
    one: Seat,
    other: Seat,
    how: Relation['relationship'] | 'clear',
  ) => Promise<void>
}

const names = (relation: Relation, one: Seat, other: Seat): boolean =>
  relation.participant_id === one.participant.participantId &&
  relation.other_participant === other.participant.participantId

export const createRoomRelations = (deps: { engine: Pick<Engine, 'relate'> }): RoomRelations => {
  const { engine } = deps
  const watched = new WeakSet<Seat>()
  let relations: readonly Relation[] = []

  const forgetWhenGone = (seat: Seat) => {
    if (watched.has(seat)) return
    watched.add(seat)
    const { participantId: id } = seat.participant
    seat.scope.add(() => {
      relations = relations.filter(
        (each) => each.participant_id !== id && each.other_participant !== id,
      )
    })
  }

  return {
    list: () => relations,
    relate: async (one, other, how) => {
      await engine.relate(one.participant.leg.legId, other.participant.leg.legId, how)
      relations = relations.filter((each) => !names(each, one, other))
      if (how === 'clear') return
      const relation = {
        participant_id: one.participant.participantId,
        other_participant: other.participant.participantId,
        relationship: how,
      }
      relations = [...relations, relation]
      forgetWhenGone(one)
      forgetWhenGone(other)
    },
  }
}
