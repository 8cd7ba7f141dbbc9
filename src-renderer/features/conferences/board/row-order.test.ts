import { expect, it } from 'vitest'
import type { BoardRow, Level } from './board-state.ts'
import { appended, changesBetween, wantedOrder, type OrderInput } from './row-order.ts'

const nowMs = 100_000

const row = (participantId: number, more: Partial<BoardRow> = {}): BoardRow => ({
  key: `k${participantId}`,
  participantId,
  callId: `call-${participantId}`,
  instanceId: 'run',
  name: '',
  number: `10${participantId}`,
  isModerator: false,
  isGhost: false,
  speak: true,
  hear: true,
  talking: false,
  showsTalking: false,
  floor: false,
  muteDetect: false,
  energyLevel: 100,
  joinedMs: participantId * 1000,
  talkedMs: 0,
  talkingSinceMs: null,
  quietSinceMs: null,
  more: undefined,
  deviceId: undefined,
  userName: undefined,
  ...more,
})

const order = (
  rows: readonly BoardRow[],
  view: Partial<OrderInput['view']> = {},
  levels: ReadonlyMap<string, Level> = new Map(),
) =>
  wantedOrder({
    participants: new Map(rows.map((each) => [each.key, each])),
    levels,
    noisy: new Set(),
    view: { filter: 'everyone', sort: 'joined', isDescending: false, search: '', ...view },
    nowMs,
  })

it('sorts names as people do, and numbers where there is no name', () => {
  const rows = [row(1, { name: 'Zoë' }), row(2, { name: 'ann 10' }), row(3, { name: 'Ann 9' })]

  expect(order(rows, { sort: 'name' })).toEqual(['k3', 'k2', 'k1'])
})

it('takes who never talked for the quietest, in the order they joined', () => {
  const rows = [row(1), row(2), row(3, { quietSinceMs: nowMs - 5000 }), row(4, { talking: true })]

  expect(order(rows, { sort: 'quiet' })).toEqual(['k4', 'k3', 'k1', 'k2'])
})

it('shows only who fits the filter and every word of the search', () => {
  const rows = [row(1, { name: 'Ann Berg', speak: false }), row(2, { speak: false }), row(3)]

  expect(order(rows, { filter: 'muted' })).toEqual(['k1', 'k2'])
  expect(order(rows, { filter: 'muted', search: 'berg 101' })).toEqual(['k1'])
})

it('moves nobody for who comes and goes: the new stand at the end, the gone keep their place', () => {
  expect(appended(['a', 'b', 'c'], ['d', 'c', 'a'])).toEqual(['a', 'b', 'c', 'd'])
  const shown = ['a', 'b']
  expect(appended(shown, ['b', 'a'])).toBe(shown)
})

it.each([
  [['a', 'b', 'c'], ['a', 'b', 'c'], 0],
  [['a', 'b', 'c'], ['c', 'a', 'b'], 1],
  [['a', 'b', 'c'], ['a', 'c'], 1],
  [['a', 'b', 'c'], ['c', 'b', 'a'], 2],
  [[], ['a'], 0],
])('from %j to %j it is %i changes', (shown, wanted, count) => {
  expect(changesBetween(shown, wanted)).toBe(count)
})
