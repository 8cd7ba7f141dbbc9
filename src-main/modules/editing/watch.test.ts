import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ObjectEvent } from '#contract/events'
import { createBus } from '../../platform/events/bus.ts'
import { silentLog } from '../../platform/log.ts'
import { createScope, type Scope } from '../../platform/scope.ts'
import { createJobs, type Jobs } from '../jobs/jobs.ts'
import type { Reading, ReadingState } from '../waveforms/waveforms.ts'
import { createWatch, type Watch } from './watch.ts'

let scope: Scope
let jobs: Jobs
let watch: Watch
let nowMs: number
let told: number
let ends: string[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  scope = createScope('test')
  nowMs = 0
  told = 0
  ends = []
  const clock = { nowMs: () => nowMs }
  const events = createBus<ObjectEvent>(() => undefined)
  jobs = createJobs({ scope, clock, log: silentLog, events })
  const ended = (how: string) => () => {
    ends.push(how)
    return Promise.resolve()
  }
  watch = createWatch({
    ...{ jobs, scope, clock, log: silentLog },
    tell: () => (told += 1),
    giveUp: ended('given up'),
    fail: ended('failed'),
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await scope.dispose()
})

const row = { id: 'f'.repeat(64), name: 'Long' }

/** A reading that grows and ends when the test says so. */
const startReading = () => {
  const state: ReadingState = {
    ...{ state: 'reading', sampleRateHz: 8000, channels: 1, bits: 16 },
    ...{ frames: 0, framesExpected: 1000 },
  }
  const done = Promise.withResolvers<undefined>()
  done.promise.catch(() => undefined)
  const listeners = new Set<() => void>()
  const reading: Reading = {
    state: () => state,
    opened: Promise.resolve(),
    done: done.promise as Promise<unknown> as Promise<void>,
    onGrowth: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    reading,
    listeners,
    grow: (frames: number, afterMs: number) => {
      state.frames = frames
      nowMs += afterMs
      for (const listener of listeners) listener()
    },
    end: (how: 'ready' | 'failed') => {
      state.state = how
      if (how === 'ready') done.resolve(undefined)
      else done.reject(new Error('torn'))
    },
  }
}

it('tells of growth ten times a second at most, and of the end always', async () => {
  const { reading, grow, end, listeners } = startReading()
  watch('a', row, reading)
  watch('a', row, reading)
  for (let i = 1; i <= 100; i += 1) grow(i * 10, 20)
  expect(told).toBe(20)

  end('ready')
  await expect.poll(() => told).toBe(21)

  expect(listeners.size).toBe(0)
  expect([ends, jobs.list('a')]).toEqual([[], []])
})

it('gives what takes longer a job, which shows how far it is', async () => {
  const { reading, grow, end } = startReading()
  watch('a', row, reading)
  vi.advanceTimersByTime(999)
  expect(jobs.list('a')).toEqual([])

  vi.advanceTimersByTime(1)
  await expect.poll(() => jobs.list('a')[0]?.status).toBe('running')
  grow(250, 500)

  expect(jobs.list('a')).toMatchObject([{ kind: 'read', label: 'Read Long', progress: 0.25 }])
  end('ready')
  await expect.poll(() => jobs.list('a')[0]).toMatchObject({ status: 'done', progress: 1 })
})

it('gives the source up when its job is cancelled, and lets it go when it fails', async () => {
  const first = startReading()
  watch('a', row, first.reading)
  vi.advanceTimersByTime(1000)
  jobs.cancel('a', jobs.list('a')[0]?.id ?? '')
  await expect.poll(() => ends).toEqual(['given up'])
  first.end('ready')
  await expect.poll(() => first.listeners.size).toBe(0)

  const second = startReading()
  watch('a', { ...row, id: 'e' }, second.reading)
  second.end('failed')

  await expect.poll(() => ends).toEqual(['given up', 'failed'])
})
