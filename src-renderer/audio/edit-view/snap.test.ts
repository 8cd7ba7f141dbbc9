import { expect, test } from 'vitest'
import { nearestCrossing } from './snap.ts'

const near = (samples: number[], frame: number, channels = 1) =>
  nearestCrossing(samples, { channels, from: 100, frame })

test('an edge settles at the first sample on the other side of zero', () => {
  expect(near([5, 3, 1, -2, -4, -5], 101)).toBe(103)
  expect(near([-5, -3, 2, 4, 6, 8], 105)).toBe(102)
})

test('the nearest of several crossings wins', () => {
  expect(near([1, -1, -1, -1, -1, 1, 1], 104)).toBe(105)
  expect(near([1, -1, -1, -1, -1, 1, 1], 102)).toBe(101)
})

test('silence leaves an edge where it is, and so does a wave that never crosses', () => {
  expect(near([0, 0, 0, 0], 102)).toBe(102)
  expect(near([4, 5, 6, 7], 102)).toBe(102)
})

test('channels are judged together', () => {
  expect(near([4, 1, 4, -5, 4, 1], 100, 2)).toBe(101)
})
