import { expect, test } from 'vitest'
import type { Operation } from '#contract/edit-list'
import { A, listWith, span } from '../../test/edit-lists.ts'
import { EditError } from './edit-error.ts'
import { framesOf } from './edit-list.ts'
import { canRedo, canUndo, current, historyOf, moveTo, push } from './history.ts'

const list = listWith([span(A, 0, 100)])
const cut = (to: number): { operation: Operation } => ({ operation: { kind: 'cut', from: 0, to } })
const frames = (history: ReturnType<typeof historyOf>) => framesOf(current(history))

test('a history goes back and forth to the very same lists', () => {
  const one = push(historyOf(list), cut(10))
  const two = push(one, cut(20))
  const undone = moveTo(two, 0)

  expect([frames(two), frames(moveTo(two, 1)), frames(undone)]).toEqual([70, 90, 100])
  expect(current(undone)).toBe(list)
  expect(current(moveTo(undone, 2))).toBe(current(two))
  expect([canUndo(two), canRedo(two), canUndo(undone), canRedo(undone)]).toEqual([
    true,
    false,
    false,
    true,
  ])
})

test('a new step drops what was undone, and leaves the history before as it was', () => {
  const two = historyOf(list, [cut(10), cut(20)])

  const other = push(moveTo(two, 1), cut(50))

  expect(other).toMatchObject({ position: 2, steps: [cut(10), cut(50)] })
  expect([frames(other), frames(two)]).toEqual([40, 70])
})

test('a history is replayed up to a position', () => {
  const replayed = historyOf(list, [cut(10), cut(20)], 1)

  expect([frames(replayed), canRedo(replayed)]).toEqual([90, true])
})

test('what cannot be done or reached is refused', () => {
  const history = historyOf(list)

  expect(() => push(history, cut(101))).toThrow(EditError)
  expect(() => historyOf(list, [cut(60), cut(60)])).toThrow(EditError)
  expect(() => moveTo(history, 1)).toThrow(RangeError)
  expect(() => moveTo(history, -1)).toThrow(RangeError)
})
