import { describe, expect, it } from 'vitest'
import { createHealth } from './health.ts'

describe('the health of the engine', () => {
  it('counts as late what ended more than a tick after it was due', () => {
    const health = createHealth()

    health.ticked({ dueMs: 100, beganMs: 101, endedMs: 120 })
    health.ticked({ dueMs: 120, beganMs: 139, endedMs: 141 })

    expect(health.look()).toMatchObject({ ticks: 2, lateTicks: 1 })
  })

  it('tells how long ticks worked in the last ten seconds', () => {
    const health = createHealth()
    const tick = (workMs: number) => health.ticked({ dueMs: 0, beganMs: 0, endedMs: workMs })
    tick(19)
    for (let i = 0; i < 500; i += 1) tick(i < 250 ? 2 : i === 499 ? 9 : 4)

    expect(health.look().workMs).toEqual({ p50: 4, p99: 4, max: 9 })
  })

  it('says nothing of work before the first tick', () => {
    expect(createHealth().look()).toEqual({
      ticks: 0,
      lateTicks: 0,
      skippedTicks: 0,
      workMs: { p50: 0, p99: 0, max: 0 },
    })
  })
})
