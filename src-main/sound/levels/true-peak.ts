import { kaiser } from '../spectrum/window.ts'

/** The largest value between the samples of one channel, ITU-R BS.1770-4 annex 2. */
export type TruePeak = {
  push: (samples: Float64Array, count: number) => void
  /** Amplitude; 1 is full scale. */
  finish: () => number
}

const FACTOR = 4
const HALF = 8
const TAPS = 2 * HALF
const KAISER_BETA = 5
const SEGMENT = 16

/** Interpolates at a quarter, a half and three quarters of a sample; 16 taps each. */
const phases: readonly Float64Array[] = Array.from({ length: FACTOR - 1 }, (_, phase) => {
  const offset = (phase + 1) / FACTOR
  const taps = Float64Array.from({ length: TAPS }, (_tap, tap) => {
    const t = Math.PI * (tap - HALF + 1 - offset)
    return (Math.sin(t) / t) * kaiser(t / Math.PI / HALF, KAISER_BETA)
  })
  const sum = taps.reduce((total, value) => total + value, 0)
  return taps.map((value) => value / sum)
})

/** No interpolated value is larger than this times the largest sample that it is made of. */
const overshoot = Math.max(
  ...phases.map((taps) => taps.reduce((total, value) => total + Math.abs(value), 0)),
)

const largest = (samples: Float64Array, from: number, to: number): number => {
  let peak = 0
  for (let i = from; i < to; i += 1) {
    const value = Math.abs(samples[i] ?? 0)
    if (value > peak) peak = value
  }
  return peak
}

/** The largest value that the taps find from any of the positions. */
const between = (
  samples: Float64Array,
  taps: Float64Array,
  range: { from: number; to: number },
) => {
  let peak = 0
  for (let i = range.from; i < range.to; i += 1) {
    let even = 0
    let odd = 0
    for (let tap = 0; tap < TAPS; tap += 2) {
      even += (samples[i + tap] ?? 0) * (taps[tap] ?? 0)
      odd += (samples[i + tap + 1] ?? 0) * (taps[tap + 1] ?? 0)
    }
    const value = Math.abs(even + odd)
    if (value > peak) peak = value
  }
  return peak
}

export const createTruePeak = (): TruePeak => {
  let buffer = new Float64Array(TAPS + 4096)
  let filled = HALF - 1 // the silence before the sound
  let peak = 0

  /** Looks between the samples only where a larger peak than the known one can be. */
  const scan = () => {
    const last = filled - TAPS + 1
    if (last <= 0) return
    peak = Math.max(peak, largest(buffer, 0, filled))
    for (let from = 0; from < last; from += SEGMENT) {
      const to = Math.min(last, from + SEGMENT)
      if (largest(buffer, from, to + TAPS - 1) * overshoot <= peak) continue
      for (const taps of phases) peak = Math.max(peak, between(buffer, taps, { from, to }))
    }
    buffer.copyWithin(0, last, filled)
    filled -= last
  }

  const push: TruePeak['push'] = (samples, count) => {
    if (filled + count > buffer.length) {
      const grown = new Float64Array(filled + count)
      grown.set(buffer.subarray(0, filled))
      buffer = grown
    }
    buffer.set(samples.subarray(0, count), filled)
    filled += count
    scan()
  }
  return {
    push,
    finish: () => {
      push(new Float64Array(HALF), HALF)
      return Math.max(peak, largest(buffer, 0, filled))
    },
  }
}
