import { describe, expect, it } from 'vitest'
import { noise, sine } from '../../test/signals.ts'
import { createTruePeak } from './true-peak.ts'

const dbtp = (samples: Float64Array, cut = samples.length): number => {
  const meter = createTruePeak()
  for (let from = 0; from < samples.length; from += cut) {
    const block = samples.subarray(from, from + cut)
    meter.push(block, block.length)
  }
  return 20 * Math.log10(meter.finish())
}

/** A sine of a whole part of the rate that fades in and out, so that it alone makes the peak. */
const faded = (rate: number, part: number, phaseDegrees: number, peak: number): Float64Array => {
  const phase = (phaseDegrees * Math.PI) / 180
  const peakDb = 20 * Math.log10(peak)
  const tone = sine({ hz: rate / part, rate, seconds: 0.5, peakDb, phase })
  const edge = rate / 20
  return tone.map((value, i) => value * Math.min(1, i / edge, (tone.length - 1 - i) / edge))
}

describe('the true peak', () => {
  // EBU Tech 3341, cases 15 to 19: +0.2 / −0.4 dB.
  it.each([
    [15, [4, 0, 0.5], -6],
    [16, [4, 45, 0.5], -6],
    [17, [6, 60, 0.5], -6],
    [18, [8, 67.5, 0.5], -6],
    [19, [4, 45, 1.41], 3],
  ] as const)('meets case %i of EBU Tech 3341 at any rate', (_, [part, phase, peak], expected) => {
    for (const rate of [8000, 44_100, 48_000]) {
      const value = dbtp(faded(rate, part, phase, peak))
      expect(value).toBeLessThan(expected + 0.2)
      expect(value).toBeGreaterThan(expected - 0.4)
    }
  })

  it('is never below the largest sample, and the same however it is cut', () => {
    const samples = noise({ rate: 8000, seconds: 0.5, rmsDb: -12 })
    const largest = 20 * Math.log10(Math.max(...samples.map(Math.abs)))
    const whole = dbtp(samples)
    expect(whole).toBeGreaterThanOrEqual(largest)
    for (const cut of [1, 7, 1000, 3999]) expect(dbtp(samples, cut)).toBe(whole)
  })

  it('finds a peak in the very last samples', () => {
    const samples = new Float64Array(100)
    samples[98] = 0.7
    samples[99] = 0.7
    expect(dbtp(samples)).toBeGreaterThan(20 * Math.log10(0.8))
  })
})
