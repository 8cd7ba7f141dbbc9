import { afterEach, describe, expect, it } from 'vitest'
import { createHealth } from '../health.ts'
import { createClock, ticksToSkip, type Clock } from './clock.ts'

let clock: Clock | undefined
afterEach(() => clock?.stop())

/** A clock over the real time that was moved ahead by hand. */
const createMoved = () => {
  let aheadMs = 0
  return {
    now: () => performance.now() + aheadMs,
    stall: (ms: number) => {
      aheadMs += ms
    },
  }
}

describe('the clock', () => {
  it('is due every 20 ms, no matter how long a tick works or how late it began', async () => {
    const { now, stall } = createMoved()
    const done = Promise.withResolvers<undefined>()
    const due: number[] = []
    clock = createClock({
      now,
      health: { ...createHealth(), ticked: ({ dueMs }) => due.push(dueMs) },
      tick: () => {
        stall(13)
        if (due.length === 25) done.resolve(undefined)
      },
    })

    clock.start()
    await done.promise

    const apart = due.slice(1).map((dueMs, i) => Math.round(dueMs - (due[i] ?? 0)) % 20)
    expect(apart).toEqual(apart.map(() => 0))
  })

  it('makes up for a short stall, and gives up what a long one cost but for the last ticks', async () => {
    const { now, stall } = createMoved()
    const health = createHealth()
    const done = Promise.withResolvers<undefined>()
    const skips: number[] = []
    clock = createClock({
      now,
      health,
      tick: (skipped) => {
        skips.push(skipped)
        if (skips.length === 1) stall(1_000)
        if (skips.length === 6) done.resolve(undefined)
      },
    })

    clock.start()
    await done.promise

    const skipped = skips.reduce((sum, one) => sum + one, 0)
    expect(skipped).toBeGreaterThanOrEqual(45)
    expect(health.look()).toMatchObject({ skippedTicks: skipped, ticks: 6 })
    expect(health.look().lateTicks).toBeGreaterThanOrEqual(3)
  })

  it('skips nothing up to three ticks, and keeps three to make up', () => {
    expect([0, 20, 79, 80, 200].map(ticksToSkip)).toEqual([0, 0, 0, 1, 7])
  })

  it('does not tick once it is stopped, not even by the tick itself', async () => {
    let ticks = 0
    const idle = createClock({ health: createHealth(), tick: () => (ticks += 1) })
    idle.start()
    idle.stop()
    const done = Promise.withResolvers<undefined>()
    clock = createClock({
      health: createHealth(),
      tick: () => {
        clock?.stop()
        setTimeout(() => done.resolve(undefined), 60)
        ticks += 1
      },
    })
    clock.start()

    await done.promise

    expect(ticks).toBe(1)
  })
})
