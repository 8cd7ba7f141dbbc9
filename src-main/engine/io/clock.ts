import type { Health } from '../health.ts'
import { TICK_MS } from '../frame/sound.ts'

/**
 * Ticks every 20 ms on a grid that does not drift, while it runs. It is for a thread that does nothing else: the last
 * milliseconds before a tick are waited for with the thread asleep, since timers are late by a millisecond.
 */
export type Clock = {
  /** Idempotent, like `stop`. The first tick is 20 ms away. */
  readonly start: () => void
  readonly stop: () => void
}

type ClockDeps = {
  /** `skipped`: ticks given up just before this one. */
  readonly tick: (skipped: number) => void
  readonly health: Health
  readonly now?: () => number
}

/** Timers fire up to a millisecond or two late; what is left is slept exactly. */
const asleepMs = 3
/** So many ticks are made up after a stall; whoever listens would rather miss the others than hear them late. */
const madeUpTicks = 3

/** How many ticks to give up when the next one is late by so much. */
export const ticksToSkip = (lateMs: number): number =>
  Math.max(0, Math.floor(lateMs / TICK_MS) - madeUpTicks)

export const createClock = ({ tick, health, now = () => performance.now() }: ClockDeps): Clock => {
  const asleep = new Int32Array(new SharedArrayBuffer(4))
  let isRunning = false
  let dueMs = 0
  let timer: NodeJS.Timeout | undefined
  let turn: NodeJS.Immediate | undefined

  const isWaiting = () => timer !== undefined || turn !== undefined
  const wait = () => {
    const leftMs = dueMs - asleepMs - now()
    if (leftMs >= 1) timer = setTimeout(sleep, Math.floor(leftMs))
    else sleep()
  }
  const sleep = () => {
    timer = undefined
    const leftMs = dueMs - now()
    if (leftMs > 0) Atomics.wait(asleep, 0, 0, leftMs)
    // One turn of the event loop: what the kernel has buffered meanwhile is read before the tick.
    turn = setImmediate(run)
  }
  const run = () => {
    turn = undefined
    const beganMs = now()
    const skipped = ticksToSkip(beganMs - dueMs)
    const thisMs = dueMs + skipped * TICK_MS
    dueMs = thisMs + TICK_MS
    tick(skipped)
    health.ticked({ dueMs: thisMs, beganMs, endedMs: now() })
    if (skipped > 0) health.skipped(skipped)
    // The tick may have stopped the clock, or stopped and started it.
    if (isRunning && !isWaiting()) wait()
  }
  const stop = () => {
    isRunning = false
    clearTimeout(timer)
    clearImmediate(turn)
    timer = undefined
    turn = undefined
  }

  return {
    start: () => {
      if (isRunning) return
      isRunning = true
      dueMs = now() + TICK_MS
      wait()
    },
    stop,
  }
}
