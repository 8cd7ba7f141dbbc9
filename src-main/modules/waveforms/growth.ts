import type { PcmFormat } from '../audio/audio.ts'
import type { Chunk } from './chunk.ts'
import { CHUNK_FRAMES } from './pyramid-layout.ts'
import { emptySummary, putSummary, type Summary } from './summary.ts'
import type { Reading, ReadingState } from './reading.ts'

export type Format = PcmFormat & { bits: 16 | 32 }

/** How far a pass is: what it tells others while chunks get complete in any order. */
export type Growth = {
  reading: Reading
  open: (format: Format, framesExpected?: number) => void
  add: (chunk: number, made: Omit<Chunk, 'bytes'>) => void
  finish: (reason?: string) => void
  fail: (error: Error) => void
  /** All that is known at once: a pyramid that was there before. */
  restore: (format: Format, frames: number, known: { summary: Summary; reason?: string }) => void
  /** Resolves when so many frames are there, or all there will be. Rejects as `done` does. */
  waitFor: (frames: number) => Promise<void>
  /** The records of SUMMARY_LEVEL, in place as far as the frames go. */
  summary: () => Summary
}

const SUMMARIES = 16 // of a chunk

type Deferred = {
  promise: Promise<void>
  resolve: () => void
  reject: (because: Error) => void
}

const deferred = (): Deferred => {
  const made: Deferred = Promise.withResolvers()
  made.promise.catch(() => undefined)
  return made
}

export const createGrowth = (): Growth => {
  const opened = deferred()
  const done = deferred()
  const listeners = new Set<() => void>()
  const ahead = new Map<number, number>() // complete chunks behind a gap, and their frames
  let next = 0
  let summary = emptySummary(0, 1)
  let failure: Error | undefined
  let now: ReadingState = { state: 'reading', sampleRateHz: 0, channels: 0, frames: 0, bits: 16 }

  const tell = (change: Partial<ReadingState>) => {
    now = { ...now, ...change }
    for (const listener of [...listeners]) listener()
  }

  const reserve = (buckets: number) => {
    if (buckets <= summary.buckets) return
    const larger = emptySummary(Math.max(buckets, summary.buckets * 2), now.channels)
    putSummary(larger, summary, 0)
    summary = larger
  }

  const onGrowth = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return {
    reading: { state: () => now, opened: opened.promise, done: done.promise, onGrowth },
    open: (format, framesExpected) => {
      tell({ ...format, ...(framesExpected === undefined ? {} : { framesExpected }) })
      opened.resolve()
    },
    add: (chunk, made) => {
      if (chunk < next || ahead.has(chunk)) return // known from an attempt before
      reserve(chunk * SUMMARIES + made.summary.buckets)
      putSummary(summary, made.summary, chunk * SUMMARIES * now.channels)
      ahead.set(chunk, made.frames)
      let { frames } = now
      for (let ready = ahead.get(next); ready !== undefined; ready = ahead.get(next)) {
        ahead.delete(next)
        next += 1
        frames += ready
      }
      if (frames > now.frames) tell({ frames })
    },
    finish: (reason) => {
      tell({ state: 'ready', ...(reason === undefined ? {} : { reason }) })
      done.resolve()
    },
    fail: (error) => {
      failure = error
      tell({ state: 'failed', reason: error.message })
      opened.reject(error)
      done.reject(error)
    },
    restore: (format, frames, known) => {
      summary = known.summary
      next = Math.ceil(frames / CHUNK_FRAMES)
      tell({ ...format, frames, state: 'ready', ...(known.reason && { reason: known.reason }) })
      opened.resolve()
      done.resolve()
    },
    waitFor: (frames) =>
      new Promise((resolve, reject) => {
        const isOver = () => {
          if (failure) reject(failure)
          else if (now.state === 'ready' || (now.channels > 0 && now.frames >= frames)) resolve()
          else return false
          return true
        }
        if (isOver()) return
        const stop = onGrowth(() => {
          if (isOver()) stop()
        })
      }),
    summary: () => summary,
  }
}
