import { describe, expect, it } from 'vitest'
import { createMeasure } from './measure.ts'
import { createShape } from './shape.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const shapeOf = (framePeaks: Iterable<number>): string => {
  const shape = createShape()
  for (const peak of framePeaks) shape.push(peak, 1)
  return shape.finish()
}

/** The same by definition, with everything in memory. */
const expectedShape = (framePeaks: number[]): string =>
  Array.from({ length: 32 }, (_, part) => {
    const border = (i: number) => Math.floor((i * framePeaks.length) / 32)
    const peak = Math.max(...framePeaks.slice(border(part), border(part + 1)))
    return alphabet[Math.round((peak / 32_768) * 63)]
  }).join('')

describe('createShape', () => {
  it('gives every 1/32 the character of its peak', () => {
    const steps = Array.from({ length: 3200 }, (_, i) => (Math.floor(i / 100) * 32_768) / 31)

    expect(shapeOf(steps)).toBe(
      'ACEGIKMOQSUWYacegjlnprtvxz13579_'.replace(/.*/, expectedShape(steps)),
    )
    expect(shapeOf(steps)).toMatch(/^A.*_$/)
  })

  it.each([32, 33, 100, 8000, 42_417, 262_144])('is exact for %i frames', (frames) => {
    const peaks = Array.from({ length: frames }, (_, i) => (i * 7919) % 32_769)

    expect(shapeOf(peaks)).toBe(expectedShape(peaks))
  })

  it.each([262_145, 300_000, 524_288, 1_048_577, 3_000_001])(
    'pictures %i frames, more than it can keep',
    (frames) => {
      // One loud part of 32, in the middle of quiet ones: only a border frame may be off.
      const third = frames / 32
      const loud = function* () {
        for (let i = 0; i < frames; i += 1)
          yield i > third * 10.02 && i < third * 10.98 ? 32_768 : 520
      }

      expect(shapeOf(loud())).toBe(`${'B'.repeat(10)}_${'B'.repeat(21)}`)
    },
  )

  it('stretches fewer than 32 frames', () => {
    expect(shapeOf([0, 32_768])).toBe('A'.repeat(16) + '_'.repeat(16))
  })
})

describe('createMeasure', () => {
  it('measures all channels together', () => {
    const measure = createMeasure({ channels: 2, sampleRateHz: 1000 })

    measure.push(Int16Array.of(16_384, 0, -16_384, 0))

    expect(measure.finish()).toMatchObject({ duration_ms: 2, peak_dbfs: -6.02, rms_dbfs: -9.03 })
  })

  it('goes on from block to block', () => {
    const measure = createMeasure({ channels: 1, sampleRateHz: 8000 })

    for (let i = 0; i < 80; i += 1) measure.push(Int16Array.of(-3277))

    expect(measure.finish()).toMatchObject({ duration_ms: 10, peak_dbfs: -20, rms_dbfs: -20 })
  })
})
