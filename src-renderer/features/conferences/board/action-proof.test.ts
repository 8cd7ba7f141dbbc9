import { expect, it } from 'vitest'
import { isDoneIn, overtakes, proves, whyTooLate } from './action-proof.ts'
import { emptyBoard } from './board-state.ts'
import type { BoardAction, SentAction } from './sent-action.ts'
import { about, board, happened, people, personKey } from './test/sample-board.ts'

const [one, two] = [personKey(1), personKey(2)]

/** Sent to `c1` in its run `run-1`, when event 10 had been heard. */
const sent = (action: BoardAction, more: Partial<SentAction> = {}): SentAction => ({
  ...{ id: 1, action, conferenceId: 'c1', instanceId: 'run-1', status: 'sent', atMs: 0 },
  after: { epoch: 'e1', seq: 10 },
  ...{ dueMs: undefined, tookMs: undefined, reason: undefined, legs: undefined, jobId: undefined },
  ...more,
})

it('counts the events of a server that was started anew from its own beginning', () => {
  const lock = sent({ kind: 'lock' })
  expect(proves(happened(3, 'lock'), lock)).toBe(false)
  expect(proves(happened(3, 'lock', { epoch: 'e2' }), lock)).toBe(true)
})

it('takes the beginning of a recording for no proof of its end, nor one sound for another', () => {
  const stop = sent({ kind: 'record', toggle: 'stop' })
  expect(proves(happened(11, 'start-recording'), stop)).toBe(false)
  expect(proves(happened(11, 'stop-recording'), stop)).toBe(true)
  const play = sent({ kind: 'play', mediaId: 'm1' })
  expect(proves(happened(11, 'play-file', { media_id: 'm2' }), play)).toBe(false)
  expect(proves(happened(11, 'play-file', { media_id: 'm1' }), play)).toBe(true)
})

it('drops what is held for somebody who left, or a run that is over, and for nobody else', () => {
  const kick = sent({ kind: 'kick', key: one })
  expect(overtakes(about(11, 'del-member', 1), kick)).toBe(true)
  expect(overtakes(about(11, 'del-member', 2), kick)).toBe(false)
  expect(overtakes(happened(11, 'conference-destroy'), kick)).toBe(true)
  const other = { instance_id: 'run-2' }
  expect(overtakes(happened(11, 'conference-destroy', other), kick)).toBe(false)
})

it('is too late for a pair of whom either has left', () => {
  const only = (id: number) => board({ participants: people(2).slice(id - 1, id) })
  const relate = sent({ kind: 'relate', key: one, otherKey: two, relationship: 'mute' })
  expect(whyTooLate(board(), relate)).toBeUndefined()
  expect(whyTooLate(only(1), relate)).toBe('They have left already.')
  expect(whyTooLate(only(2), relate)).toBe('They have left already.')
})

it('cannot say that it is too late while the board is of another room, or not read yet', () => {
  const kick = sent({ kind: 'kick', key: one })
  expect(whyTooLate(emptyBoard('c1'), kick)).toBeUndefined()
  expect(whyTooLate(board({ conference_id: 'c2' }), kick)).toBeUndefined()
  expect(whyTooLate(board({ instance_id: 'run-2' }), kick)).toBe('The conference has ended.')
})

it('sees in the next run that who was to be removed is gone, and nothing else done', () => {
  const next = board({ instance_id: 'run-2', is_locked: true })
  expect(isDoneIn(next, sent({ kind: 'kick', key: one }))).toBe(true)
  expect(isDoneIn(next, sent({ kind: 'end' }))).toBe(true)
  expect(isDoneIn(next, sent({ kind: 'lock' }))).toBe(false)
  expect(isDoneIn(next, sent({ kind: 'mute', key: one }))).toBe(false)
  expect(isDoneIn(next, sent({ kind: 'play', mediaId: 'm1' }))).toBeUndefined()
})
