import { describe, expect, it } from 'vitest'
import { createGrowth } from './growth.ts'
import { CHUNK_FRAMES } from './pyramid-layout.ts'
import { emptySummary } from './summary.ts'

const format = { sampleRateHz: 8000, channels: 1, bits: 16 } as const
const chunk = (loudest: number) => {
  const summary = emptySummary(16, 1)
  summary.high.fill(loudest)
  return { frames: CHUNK_FRAMES, summary }
}

describe('growth', () => {
  it('tells of frames from the beginning without a gap, in whichever order they come', () => {
    const growth = createGrowth()
    const told: number[] = []
    growth.open(format)
    growth.reading.onGrowth(() => told.push(growth.reading.state().frames / CHUNK_FRAMES))

    for (const [at, loudest] of [
      [1, 20],
      [3, 40],
      [0, 10],
      [2, 30],
      [1, 99],
    ] as const) {
      growth.add(at, chunk(loudest))
    }

    expect(told).toEqual([2, 4])
    expect([0, 16, 32, 48].map((at) => growth.summary().high[at])).toEqual([10, 20, 30, 40])
  })

  it('lets those go on who wait for a part as soon as it is there', async () => {
    const growth = createGrowth()
    const gone: number[] = []
    const waits = [1, 2, 5].map((chunks) =>
      growth.waitFor(chunks * CHUNK_FRAMES).then(() => gone.push(chunks)),
    )

    growth.open(format)
    growth.add(0, chunk(1))
    await waits[0]
    expect(gone).toEqual([1])
    growth.add(1, chunk(1))
    await waits[1]
    expect(gone).toEqual([1, 2])
    growth.finish()
    await Promise.all(waits)
  })

  it('fails for everybody who waits', async () => {
    const growth = createGrowth()
    const wait = growth.waitFor(1)

    growth.fail(new Error('broken'))

    await expect(wait).rejects.toThrow('broken')
    await expect(growth.reading.opened).rejects.toThrow('broken')
    await expect(growth.reading.done).rejects.toThrow('broken')
    await expect(growth.waitFor(1)).rejects.toThrow('broken')
    expect(growth.reading.state()).toMatchObject({ state: 'failed', reason: 'broken' })
  })
})
