import { afterEach, beforeEach, expect, it } from 'vitest'
import { applyAll } from './board-apply.ts'
import { useBoard, useBoardView } from './board-store.ts'
import {
  extendSelection,
  followLeaving,
  moveCursor,
  selectAll,
  selectedKeys,
  selectNone,
  selectTo,
  toggleSelected,
} from './selection.ts'
import { useShownOrder } from './shown-order.ts'
import { about, board, people, personKey } from './test/sample-board.ts'

const keys = [1, 2, 3, 4, 5].map((id) => personKey(id))
const [one, two, three, four, five] = keys as [string, string, string, string, string]
const cursor = () => useBoardView.getState().cursor
const selected = () => [...useBoardView.getState().selected]
const show = (...shown: string[]) => useShownOrder.setState({ keys: shown })

let stop: () => void
beforeEach(() => {
  useBoard.setState(board({ participants: people(5) }), true)
  show(...keys)
  selectNone()
  moveCursor(undefined)
  stop = followLeaving()
})
afterEach(() => stop())

const leave = (id: number) => {
  const left = about(11, 'del-member', id)
  useBoard.setState(applyAll(useBoard.getState(), [left], Date.now()), true)
}

it('selects and deselects one after the other, and takes the cursor there', () => {
  toggleSelected(two)
  toggleSelected(four)
  expect([selected(), cursor()]).toEqual([[two, four], four])
  toggleSelected(two)
  expect([selected(), cursor()]).toEqual([[four], two])
})

it('selects from where the cursor was to where Shift takes it, and back again', () => {
  moveCursor(three)
  extendSelection(1)
  extendSelection(1)
  expect([selected(), cursor()]).toEqual([[three, four, five], five])
  for (let step = 0; step < 3; step += 1) extendSelection(-1)
  expect([selected(), cursor()]).toEqual([[two, three], two])
})

it('does not go beyond the first and the last row', () => {
  moveCursor(five)
  extendSelection(1)
  expect([selected(), cursor()]).toEqual([[five], five])
  moveCursor(one)
  extendSelection(-1)
  expect([selected(), cursor()]).toEqual([[one], one])
})

it('selects the rows between two as they are shown, whatever that order is', () => {
  show(five, one, four, two, three)
  moveCursor(four)
  selectTo(five)
  expect(selected()).toEqual([five, one, four])
})

it('begins a new range where the cursor was moved to since', () => {
  moveCursor(one)
  selectTo(two)
  moveCursor(four)
  selectTo(five)
  expect(selected()).toEqual([four, five])
})

it('selects only rows in sight, and nobody in an empty list', () => {
  show(two, four)
  selectAll()
  expect(selected()).toEqual([two, four])
  show()
  selectAll()
  extendSelection(1)
  expect(selected()).toEqual([])
})

it('acts on nobody who has left', () => {
  selectAll()
  leave(2)
  expect(selectedKeys()).toEqual([one, three, four, five])
})

it('forgets who left once their row goes, and keeps the others selected', () => {
  selectAll()
  leave(2)
  expect(selected()).toContain(two)
  show(one, three, four, five)
  expect(selected()).toEqual([one, three, four, five])
})

it('keeps somebody selected whom only a filter hides', () => {
  toggleSelected(two)
  show(one, three)
  expect(selected()).toEqual([two])
})

it('goes on to the next row from somebody whose row goes, and to the last one from the end', () => {
  moveCursor(two)
  show(one, three, four, five)
  expect(cursor()).toBe(three)
  show(one, five)
  expect(cursor()).toBe(five)
  show(one)
  expect(cursor()).toBe(one)
})

it('stays on a person whose row moves', () => {
  moveCursor(two)
  show(five, four, three, two, one)
  expect(cursor()).toBe(two)
})

it('puts the cursor on the first row there is', () => {
  show()
  expect(cursor()).toBeUndefined()
  show(three, one)
  expect(cursor()).toBe(three)
})
