import type { After } from '../transaction/run.ts'

/** Time that stands still until somebody moves it. */
export type FakeClock = {
  readonly after: After
  readonly nowMs: () => number
  /** Runs what is due within so many milliseconds, in order. */
  readonly advance: (ms: number) => void
  /** Timers that wait. */
  readonly pending: () => number
}

export const createFakeClock = (): FakeClock => {
  const waiting = new Set<{ at: number; order: number; run: () => void }>()
  let now = 0
  let order = 0

  const nextDue = (until: number) => {
    const [first] = [...waiting].sort((a, b) => a.at - b.at || a.order - b.order)
    return first && first.at <= until ? first : undefined
  }

  return {
    nowMs: () => now,
    after: (ms, run) => {
      const entry = { at: now + ms, order: (order += 1), run }
      waiting.add(entry)
      return () => void waiting.delete(entry)
    },
    advance: (ms) => {
      const until = now + ms
      for (let due = nextDue(until); due; due = nextDue(until)) {
        waiting.delete(due)
        now = due.at
        due.run()
      }
      now = until
    },
    pending: () => waiting.size,
  }
}
