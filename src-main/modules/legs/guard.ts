import { createLimiter, type Header } from '../../sip/sip.ts'
import type { LegLimits } from './types.ts'

/** Who may call now, by what its address did before. */
export type Guard = {
  /** How to refuse a source that calls too much; undefined when it may go on. */
  readonly refusal: (source: string) => { status: number; headers: Header[] } | undefined
  /** A call waits for an answer; the returned function says that it does not any more. */
  readonly enter: (source: string) => () => void
  /** A call was refused for what it asked. */
  readonly refused: (source: string) => void
}

/** Seconds until there may be room again. */
const retryS = 5

export const createGuard = (options: { limits: LegLimits; nowMs: () => number }): Guard => {
  const { limits, nowMs } = options
  const waiting = new Map<string, number>()
  const refusals = createLimiter({
    ...{ most: limits.refusedPerSource, windowMs: limits.windowMs, nowMs },
  })

  const add = (source: string, calls: number) => {
    const next = (waiting.get(source) ?? 0) + calls
    if (next > 0) waiting.set(source, next)
    else waiting.delete(source)
  }

  return {
    refusal: (source) => {
      const isFull = (waiting.get(source) ?? 0) >= limits.waitingPerSource
      const waitS = Math.max(refusals.waitS(source), isFull ? retryS : 0)
      return waitS === 0 ? undefined : unavailable(waitS)
    },
    enter: (source) => {
      add(source, 1)
      let isIn = true
      return () => {
        if (isIn) add(source, -1)
        isIn = false
      }
    },
    refused: refusals.add,
  }
}

/** Not now; ask again later. */
export const unavailable = (waitS = retryS): { status: number; headers: Header[] } => ({
  status: 503,
  headers: [{ name: 'Retry-After', value: String(waitS) }],
})
