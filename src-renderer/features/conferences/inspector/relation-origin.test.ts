import { expect, it } from 'vitest'
import type { BoardEntry, BoardRow } from '../board/board-state.ts'
import { setWhenText } from './relation-origin.ts'

const participants = new Map(
  ['a', 'b'].map((key, i) => [key, { instanceId: 'i', participantId: i + 1 } as BoardRow]),
)
const relation = { key: 'a', otherKey: 'b', relationship: 'mute' } as const
const related = (relationship: string, hour: number): BoardEntry => ({
  ...{ kind: 'event', id: `e ${hour}`, atMs: new Date(2026, 10, 21, hour, 41).getTime() },
  event: {
    ...{ event: 'command', conference_id: 'c', application_name: 'relate_participants' },
    ...{ instance_id: 'i', participant_id: 1, other_participant: 2, relationship },
    by: { kind: 'user', user_id: 'u', name: 'Ada' },
  },
})

const nobody = { isYou: () => false }

it('says when it was set last, and by whom', () => {
  const entries = [related('mute', 9), related('mute', 10), related('deaf', 11)]
  expect(setWhenText(relation, participants, entries, nobody)).toBe('Set by Ada at 10:41.')
  const own = setWhenText(relation, participants, entries, { isYou: () => true })
  expect(own).toBe('Set by you at 10:41.')
})

it('does not guess about what it did not hear', () => {
  expect(setWhenText(relation, participants, [], nobody)).toBe('Set before this page was opened.')
})
