import { expect, test } from 'vitest'
import { spreadOf } from './spread.ts'

test('the median lies between the two values in the middle, or is the one', () => {
  expect(spreadOf([-17, -20, -18, -10])).toEqual({ count: 4, median: -17.5, least: -20, most: -10 })
  expect(spreadOf([3, 1, 2])).toEqual({ count: 3, median: 2, least: 1, most: 3 })
})

test('no values have no spread', () => {
  expect(spreadOf([])).toBeUndefined()
})
