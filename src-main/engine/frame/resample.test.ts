import { describe, expect, it } from 'vitest'
import { downsample, PAST, upsample } from './resample.ts'

const sine = (hz: number, rate: number, amplitude = 10_000) =>
  Int16Array.from({ length: rate }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hz * i) / rate)),
  )

/** A second of samples, tick by tick as the engine does it. */
const resample = (samples: Int16Array, convert: typeof upsample, ratio: number) => {
  const length = samples.length / 50
  const line = new Int16Array(PAST + length)
  const out = new Int16Array(samples.length * ratio)
  for (let tick = 0; tick < 50; tick += 1) {
    line.copyWithin(0, length)
    line.set(samples.subarray(tick * length, (tick + 1) * length), PAST)
    convert(line, out.subarray(tick * length * ratio, (tick + 1) * length * ratio))
  }
  return out
}
const up = (samples: Int16Array) => resample(samples, upsample, 2)
const down = (samples: Int16Array) => resample(samples, downsample, 0.5)

/** Decibels of a tone against the amplitude 10,000, in the half second from 0.4 s on. */
const levelOf = (samples: Int16Array, hz: number, rate: number) => {
  let [real, imaginary] = [0, 0]
  for (let i = 0.4 * rate; i < 0.9 * rate; i += 1) {
    const phase = (2 * Math.PI * hz * i) / rate
    real += samples[i]! * Math.cos(phase)
    imaginary += samples[i]! * Math.sin(phase)
  }
  return 20 * Math.log10((2 * Math.hypot(real, imaginary)) / (0.5 * rate) / 10_000 + 1e-9)
}

describe('resampling between 8 and 16 kHz', () => {
  it.each([100, 300, 1000, 2000, 3000, 3400])('passes %i Hz in both directions', (hz) => {
    expect(Math.abs(levelOf(up(sine(hz, 8000)), hz, 16_000))).toBeLessThan(0.1)
    expect(Math.abs(levelOf(down(sine(hz, 16_000)), hz, 8000))).toBeLessThan(0.1)
  })

  it.each([4600, 5000, 6000, 7000, 7900])('keeps %i Hz out of what has no room for it', (hz) => {
    expect(levelOf(down(sine(hz, 16_000)), 8000 - hz, 8000)).toBeLessThan(-55)
  })

  it.each([100, 1000, 2000, 3400])('adds no image of %i Hz above 4 kHz', (hz) => {
    expect(levelOf(up(sine(hz, 8000)), 8000 - hz, 16_000)).toBeLessThan(-55)
  })

  it('is as late as it says', () => {
    const impulse = new Int16Array(8000)
    impulse[1000] = 10_000
    expect(up(impulse).indexOf(10_000)).toBe(2000 + 24)
    const wide = new Int16Array(16_000)
    wide[2001] = 10_000
    const narrow = down(wide)
    const peak = narrow.indexOf(Math.max(...narrow))
    expect((peak * 2 - 2001) / 16).toBeGreaterThan(1.2)
    expect((peak * 2 - 2001) / 16).toBeLessThan(1.5)
  })

  it('leaves a constant as it is', () => {
    const constant = new Int16Array(8000).fill(12_345)
    expect(up(constant).subarray(100)).toEqual(new Int16Array(15_900).fill(12_345))
    expect(down(up(constant)).subarray(100)).toEqual(new Int16Array(7900).fill(12_345))
  })

  it('saturates where a full square wave rings', () => {
    const square = Int16Array.from({ length: 8000 }, (_, i) => (i % 40 < 20 ? 32_767 : -32_768))
    const wide = up(square)
    expect(Math.max(...wide)).toBe(32_767)
    expect(Math.min(...wide)).toBe(-32_768)
    for (let i = 200; i < 7900; i += 1) {
      if (i % 20 > 4 && i % 20 < 16) expect(Math.sign(wide[2 * i + 24]!)).toBe(i % 40 < 20 ? 1 : -1)
    }
  })
})
