import { expect, test } from 'vitest'
import { stepIndex } from './table-keys.ts'

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 25],
  ['PageUp', 5, 0],
  ['Home', 50, 0],
  ['End', 0, 99],
])('%s on row %i of 100 leads to row %i', (key, from, to) => {
  expect(stepIndex(key, from, 100, 20)).toBe(to)
})

test('other keys and empty lists lead nowhere', () => {
  expect(stepIndex('x', 3, 100, 20)).toBeUndefined()
  expect(stepIndex('ArrowDown', -1, 0, 20)).toBeUndefined()
})
