import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { coalesce } from './coalesce.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('hands over a burst once, each value once', () => {
  const flush = vi.fn()
  const burst = coalesce<string>(250, flush)

  for (let i = 0; i < 500; i++) burst.add(i % 2 ? 'media' : 'job')
  vi.advanceTimersByTime(250)

  expect(flush).toHaveBeenCalledOnce()
  expect(flush).toHaveBeenCalledWith(new Set(['job', 'media']))
})

test('a steady stream is handed over at the agreed pace and ends with the last value', () => {
  const flush = vi.fn()
  const stream = coalesce<number>(250, flush)

  for (let i = 0; i < 10; i++) {
    stream.add(i)
    vi.advanceTimersByTime(100)
  }
  vi.advanceTimersByTime(250)

  expect(flush.mock.calls.length).toBeLessThanOrEqual(4)
  expect(flush.mock.lastCall?.[0]).toContain(9)
})

test('says nothing after it was stopped', () => {
  const flush = vi.fn()
  const burst = coalesce<string>(250, flush)

  burst.add('media')
  burst.stop()
  vi.advanceTimersByTime(1000)

  expect(flush).not.toHaveBeenCalled()
})
