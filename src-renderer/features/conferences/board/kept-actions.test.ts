import { beforeEach, expect, it } from 'vitest'
import { slotOf, useSentActions } from './board-store.ts'
import { findAction, keepActions } from './kept-actions.ts'
import type { SentAction } from './sent-action.ts'

beforeEach(() => useSentActions.setState({ sent: new Map(), latest: new Map() }))

const action = (id: number, more: Partial<SentAction> = {}): SentAction => ({
  ...{ id, conferenceId: 'c1', instanceId: 'run-1', status: 'confirmed', atMs: 0 },
  action: { kind: 'mute', key: `person ${id}` },
  after: { epoch: undefined, seq: undefined },
  ...{ dueMs: undefined, tookMs: undefined, reason: undefined, legs: undefined, jobId: undefined },
  ...more,
})
const many = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => action(from + index))
const latest = (key: string) => useSentActions.getState().latest.get(slotOf('speak', key))

it('forgets the oldest that are over, and none that is still on its way', () => {
  keepActions([action(1, { status: 'unconfirmed' }), action(2, { status: 'held' })])
  keepActions(many(3, 1998))
  expect(keepActions(many(2001, 10))).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  expect([findAction(1)?.status, findAction(2)?.status]).toEqual(['unconfirmed', 'held'])
  expect(findAction(3)).toBeUndefined()
  expect(latest('person 3')).toBeUndefined()
  expect(useSentActions.getState().sent.size).toBe(2000)
})

it('shows of two actions of one kind on somebody the later one, whichever is answered last', () => {
  const [first, second] = [
    action(1, { status: 'sent' }),
    action(2, { status: 'sent', action: { kind: 'unmute', key: 'person 1' } }),
  ]
  keepActions([first])
  keepActions([second])
  keepActions([{ ...first, status: 'failed' }])
  expect(latest('person 1')).toBe(second)
  expect(findAction(1)?.status).toBe('failed')
})

it('goes on showing the later one when the earlier is forgotten', () => {
  keepActions([action(1), action(2, { action: { kind: 'unmute', key: 'person 1' } })])
  keepActions(many(3, 1999))
  expect(findAction(1)).toBeUndefined()
  expect(latest('person 1')?.id).toBe(2)
})
