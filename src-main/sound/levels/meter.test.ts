import { describe, expect, it } from 'vitest'
import { joined, noise, nothing, sine, speechLike, stored } from '../../test/signals.ts'
import type { Encoding } from './full-scale.ts'
import { createMeter } from './meter.ts'

const rate = 8000

const measure = (
  channels: readonly Float64Array[],
  { bits = 16, rate: sampleRateHz = rate, cut = 5000, encoding }: Partial<How> = {},
) => {
  const samples = stored(bits, ...channels)
  const meter = createMeter({
    sampleRateHz,
    channels: channels.length,
    ...(encoding && { encoding }),
  })
  const step = cut * channels.length
  for (let from = 0; from < samples.length; from += step)
    meter.push(samples.slice(from, from + step))
  return meter.finish()
}
type How = { bits: 16 | 32; rate: number; cut: number; encoding: Encoding }

const tone = (seconds: number, peakDb = -20, hz = 1000, at = rate) =>
  sine({ hz, rate: at, seconds, peakDb })

describe('a meter', () => {
  it('says what a sine measures', () => {
    const measures = measure([tone(2)])
    expect(measures).toMatchObject({ frames: 16_000, duration_ms: 2000, channels: 1, clipping: [] })
    expect(measures.peak_dbfs).toBeCloseTo(-20, 1)
    expect(measures.true_peak_dbtp).toBeCloseTo(-20, 1)
    expect(measures.rms_dbov).toBeCloseTo(-23.01, 1)
    expect(Math.abs((measures.active_level_dbov ?? 0) + 23.01)).toBeLessThan(0.1)
    expect(Math.abs((measures.caller_level_dbov ?? 0) + 23.01)).toBeLessThan(0.2)
    expect(measures.loudness_lufs).toBeCloseTo(-23, 0)
    expect(measures.dc_offset).toBeCloseTo(0, 5)
  })

  it('gives the same for every way to cut it and for 16 and 32 bits', () => {
    const channels = [1, 2].map((seed) => speechLike({ rate, seconds: 2, rmsDb: -20, seed }))
    const whole = measure(channels, { cut: 1_000_000 })
    for (const cut of [1, 13, 400, 4097]) expect(measure(channels, { cut })).toEqual(whole)
    const fine = measure(channels, { bits: 32 })
    expect(fine.active_level_dbov).toBeCloseTo(whole.active_level_dbov ?? 0, 1)
    expect(fine.noise_floor_dbov).toBeCloseTo(whole.noise_floor_dbov ?? 0, 0)
  })

  it('has no levels where there is no sound, and never −∞', () => {
    for (const seconds of [0, 1]) {
      expect(measure([nothing(rate, seconds)])).toMatchObject({
        active_level_dbov: null,
        activity: 0,
        loudness_lufs: null,
        true_peak_dbtp: null,
        peak_dbfs: null,
        rms_dbov: null,
        noise_floor_dbov: null,
        caller_level_dbov: null,
        head_silence_ms: seconds * 1000,
        tail_silence_ms: seconds * 1000,
        bandwidth_hz: 0,
      })
    }
  })

  it('lists stretches of three or more full-scale samples, channel by channel', () => {
    const [left, right] = [tone(0.5), tone(0.5)]
    left.fill(1, 1000, 1004)
    left.fill(1, 2000, 2002)
    right.fill(-1, 3998, 4000)
    right.fill(-1, 998, 1001)
    const { clipping, clipping_runs: runs } = measure([left, right], { cut: 1002 })
    expect(clipping).toEqual([
      { from: 998, frames: 3, channel: 1 },
      { from: 1000, frames: 4, channel: 0 },
    ])
    expect(runs).toBe(2)
  })

  it('counts clipping that it does not list any more, and a stretch up to the end', () => {
    const samples = nothing(rate, 1)
    for (let at = 0; at < 7200; at += 6) samples.fill(1, at, at + 3)
    samples.fill(1, 7997)
    const { clipping, clipping_runs: runs } = measure([samples])
    expect([clipping.length, runs]).toEqual([1000, 1201])
  })

  it.each([
    ['pcm_8', 127 / 128],
    ['ulaw', 32_124 / 32_768],
    ['alaw', 32_256 / 32_768],
    ['linear', 32_767 / 32_768],
  ] as const)('knows where the scale of %s ends', (encoding, top) => {
    const samples = tone(0.2)
    samples.fill(top, 100, 105)
    samples.fill(top * 0.97, 200, 205)
    expect(measure([samples], { encoding }).clipping_runs).toBe(1)
  })

  it('finds an offset, of the worst channel', () => {
    const shifted = tone(1).map((value) => value - 0.02)
    expect(measure([tone(1), shifted]).dc_offset).toBeCloseTo(-0.02, 4)
  })

  it.each([null, -70, -55])('finds the silence at both ends above noise of %s dBov', (rmsDb) => {
    const room = (seconds: number) =>
      rmsDb === null ? nothing(rate, seconds) : noise({ rate, seconds, rmsDb })
    const measures = measure([joined(room(0.12), tone(1), room(0.25))])
    expect(Math.abs(measures.head_silence_ms - 120)).toBeLessThanOrEqual(5)
    expect(Math.abs(measures.tail_silence_ms - 250)).toBeLessThanOrEqual(5)
    if (rmsDb === null) expect(measures.noise_floor_dbov).toBeNull()
    else expect(Math.abs((measures.noise_floor_dbov ?? 0) - rmsDb)).toBeLessThan(1)
  })

  it('takes for silence what is far below the speech, where there is too little of it to be noise', () => {
    const breath = noise({ rate, seconds: 0.04, rmsDb: -65 })
    const measures = measure([joined(breath, tone(1))])
    expect(measures.noise_floor_dbov).toBeNull()
    expect(Math.abs(measures.head_silence_ms - 40)).toBeLessThanOrEqual(5)
  })

  it.each([
    [8000, 3800],
    [16_000, 3400],
    [44_100, 7000],
    [48_000, 12_000],
  ])('finds up to where there is sound: %i Hz rate, %i Hz', (at, highest) => {
    const hum = noise({ rate: at, seconds: 2, rmsDb: -90 })
    const sound = [200, highest].map((hz) => tone(2, -20, hz, at))
    const sum = hum.map((value, i) => value + (sound[0]?.[i] ?? 0) + (sound[1]?.[i] ?? 0))
    const { bandwidth_hz: found } = measure([sum], { rate: at })
    expect(Math.abs(found - highest)).toBeLessThan(160)
  })

  it('measures what callers hear: nothing outside of the telephone band, nor what cancels out', () => {
    const low = measure([tone(2, -20, 100, 48_000)], { rate: 48_000 })
    expect(low.active_level_dbov).toBeCloseTo(-23, 1)
    expect(low.caller_level_dbov ?? -100).toBeLessThan(-55)
    const opposite = measure([tone(1), tone(1).map((value) => -value)])
    expect(opposite).toMatchObject({ active_level_dbov: null, caller_level_dbov: null })
    expect(opposite.rms_dbov).toBeCloseTo(-23.01, 1)
  })

  it('takes any rate and any number of channels', () => {
    for (const at of [1000, 3000, 11_127, 192_000, 767_999]) {
      const sound = tone(0.3, -20, 350, at)
      const measures = measure([sound, sound, sound], { rate: at })
      expect(measures.active_level_dbov).toBeCloseTo(-23, 0)
      expect(measures.caller_level_dbov).toBeCloseTo(-23, 0)
    }
  })
})
