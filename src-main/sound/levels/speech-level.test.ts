import { describe, expect, it } from 'vitest'
import { joined, noise, nothing, sine, speechLike } from '../../test/signals.ts'
import { createSpeechLevel } from './speech-level.ts'

const measured = (rate: number, samples: Float64Array) => {
  const meter = createSpeechLevel(rate)
  meter.push(samples, samples.length)
  return meter.finish()
}

/** P.56 method B as it is written: every threshold, every sample; then the interval is halved. */
const byTheBook = (rate: number, samples: Float64Array): number => {
  const g = Math.exp(-1 / (rate * 0.03))
  const hangover = Math.ceil(rate * 0.2)
  const thresholds = Array.from({ length: 15 }, (_, j) => 2 ** (j - 15))
  const active = thresholds.map(() => 0)
  const hung = thresholds.map(() => hangover)
  let [p, q, squares] = [0, 0, 0]
  for (const x of samples) {
    squares += x * x
    p = g * p + (1 - g) * Math.abs(x)
    q = g * q + (1 - g) * p
    thresholds.forEach((threshold, j) => {
      if (q >= threshold) hung[j] = 0
      else if (hung[j]! >= hangover) return
      else hung[j]! += 1
      active[j]! += 1
    })
  }
  const levels = active.map((count) => 10 * Math.log10(squares / count))
  const limits = thresholds.map((threshold) => 20 * Math.log10(threshold))
  const j = levels.findIndex((level, index) => level - limits[index]! <= 15.9)
  let [low, high] = [j - 1, j].map((index) => ({ level: levels[index]!, limit: limits[index]! }))
  for (;;) {
    const middle = { level: (low!.level + high!.level) / 2, limit: (low!.limit + high!.limit) / 2 }
    const off = middle.level - middle.limit - 15.9
    if (Math.abs(off) < 1e-4) return middle.level
    if (off > 0) low = middle
    else high = middle
  }
}

const toneDbov = (rmsDb: number) => rmsDb + 10 * Math.log10(2)

describe('the active speech level', () => {
  it.each([8000, 16_000, 44_100, 48_000])('of a tone of −26 dBov is that at %i Hz', (rate) => {
    const tone = sine({ hz: 1000, rate, seconds: 4, peakDb: toneDbov(-26) })
    expect(measured(rate, tone).level).toBeCloseTo(-26, 1)
  })

  it('does not count silence but for the hangover', () => {
    const tone = sine({ hz: 1000, rate: 8000, seconds: 5, peakDb: toneDbov(-26) })
    const { level, activity } = measured(8000, joined(tone, nothing(8000, 5)))
    expect(Math.abs((level ?? 0) + 26.17)).toBeLessThan(0.15)
    expect(activity).toBeCloseTo(0.53, 1)
  })

  it.each([1, 2, 3, 4, 5])('is what the standard’s own loop finds in speech no. %i', (seed) => {
    const rate = [8000, 16_000, 22_050][seed % 3] ?? 8000
    const speech = speechLike({ rate, seconds: 6, rmsDb: -12 - 6 * seed, seed })
    expect(measured(rate, speech).level).toBeCloseTo(byTheBook(rate, speech), 3)
  })

  it('of bursts of noise lies within 0.3 dB of the noise', () => {
    const burst = noise({ rate: 8000, seconds: 3, rmsDb: -20 })
    const { level } = measured(8000, joined(burst, nothing(8000, 2), burst, nothing(8000, 2)))
    expect(Math.abs((level ?? 0) + 20)).toBeLessThan(0.4)
  })

  it('moves with the gain', () => {
    const speech = speechLike({ rate: 8000, seconds: 5, rmsDb: -20 })
    const before = measured(8000, speech).level ?? 0
    for (const gain of [-20, -6.02, -3, 3]) {
      const { level } = measured(
        8000,
        speech.map((value) => value * 10 ** (gain / 20)),
      )
      expect(Math.abs((level ?? 0) - before - gain)).toBeLessThan(0.3)
    }
  })

  it('does not exist where nobody speaks', () => {
    expect(measured(8000, nothing(8000, 2))).toEqual({ level: null, activity: 0 })
    expect(measured(8000, noise({ rate: 8000, seconds: 2, rmsDb: -85 })).level).toBeNull()
    expect(measured(8000, new Float64Array(0)).level).toBeNull()
  })
})
