import type { EngineHealth } from './port.ts'
import { TICK_MS } from './frame/sound.ts'

/** How the clock keeps time: counted since the engine started, work over the last ten seconds of ticks. */
export type Health = {
  /** Milliseconds since any fixed moment: when the tick was due, when it began and when it had ended. */
  readonly ticked: (tick: { dueMs: number; beganMs: number; endedMs: number }) => void
  readonly skipped: (ticks: number) => void
  readonly look: () => Omit<EngineHealth, 'legs' | 'rooms'>
}

const remembered = 10_000 / TICK_MS

export const createHealth = (): Health => {
  const work = new Float64Array(remembered)
  let ticks = 0
  let lateTicks = 0
  let skippedTicks = 0

  return {
    ticked: ({ dueMs, beganMs, endedMs }) => {
      work[ticks % remembered] = endedMs - beganMs
      ticks += 1
      if (endedMs - dueMs > TICK_MS) lateTicks += 1
    },
    skipped: (count) => {
      skippedTicks += count
    },
    look: () => {
      const sorted = work.slice(0, Math.min(ticks, remembered)).sort()
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
      return {
        ticks,
        lateTicks,
        skippedTicks,
        workMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
      }
    },
  }
}
