import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('doubles from a quarter of a second up to ten seconds', () => {
  const waits = [0, 1, 2, 5, 6, 30].map((attempt) => backoffMs(attempt, 0))

  expect(waits).toEqual([250, 500, 1000, 8000, 10_000, 10_000])
})

test('leaves at most a fifth to chance', () => {
  expect(backoffMs(2, 1)).toBe(800)
})
