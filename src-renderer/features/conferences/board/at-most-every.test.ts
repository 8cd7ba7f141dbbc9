import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { atMostEvery } from './at-most-every.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('runs at once after a rest, and then no sooner than it may', () => {
  const work = vi.fn()
  const later = atMostEvery(200, work)
  later.request()
  later.request()
  vi.advanceTimersByTime(1)
  expect(work).toHaveBeenCalledTimes(1)
  later.request()
  vi.advanceTimersByTime(150)
  expect(work).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(50)
  expect(work).toHaveBeenCalledTimes(2)
})

it('forgets what was asked for when it is stopped', () => {
  const work = vi.fn()
  const later = atMostEvery(200, work)
  later.request()
  later.stop()
  vi.advanceTimersByTime(1000)
  expect(work).not.toHaveBeenCalled()
})
