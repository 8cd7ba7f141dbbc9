import { levelOfPower } from './decibels.ts'

/** Active speech level of one channel. */
export type SpeechLevel = {
  push: (samples: Float64Array, count: number) => void
  finish: () => { level: number | null; activity: number }
}

// ITU-T P.56 (2011), method B.
const TIME_CONSTANT_S = 0.03
const HANGOVER_S = 0.2
const MARGIN_DB = 15.9
// 2⁻¹⁵ to 2⁻¹ of full scale: what is weaker than −90.3 dBov + margin is no speech.
const THRESHOLDS = Float64Array.from({ length: 15 }, (_, j) => 2 ** (j - 15))
const NEARLY_NOTHING = 1e-30

/**
 * The standard counts, sample by sample and for every threshold, how long the envelope is above it or
 * was so within the hangover. The same counts come from the moments at which the envelope crosses a
 * threshold, and those are rare.
 */
const createActivityCounter = (hangover: number) => {
  const active = new Float64Array(THRESHOLDS.length)
  const since = new Float64Array(THRESHOLDS.length)
  /** First sample below again; far away as long as it never was above. */
  const fellAt = new Float64Array(THRESHOLDS.length).fill(Number.NEGATIVE_INFINITY)
  let above = 0

  const cross = (sample: number, nowAbove: number) => {
    for (let j = above; j < nowAbove; j += 1) {
      const gap = sample - (fellAt[j] ?? 0)
      if (gap !== Infinity) active[j] = (active[j] ?? 0) + Math.min(gap, hangover)
      since[j] = sample
    }
    for (let j = nowAbove; j < above; j += 1) {
      active[j] = (active[j] ?? 0) + sample - (since[j] ?? 0)
      fellAt[j] = sample
    }
    above = nowAbove
  }

  const countAt = (j: number, end: number): number => {
    if (j < above) return (active[j] ?? 0) + end - (since[j] ?? 0)
    const gap = end - (fellAt[j] ?? 0)
    return (active[j] ?? 0) + (gap === Infinity ? 0 : Math.min(gap, hangover))
  }

  return { cross, countAt, above: () => above }
}

/** Where the level falls to the margin above its threshold, on the line between two thresholds. */
const levelAtMargin = (squares: number, countAt: (j: number) => number): number | null => {
  let before: { level: number; excess: number } | undefined
  for (const [j, threshold] of THRESHOLDS.entries()) {
    const count = countAt(j)
    if (count === 0) break
    const level = 10 * Math.log10(squares / count)
    const excess = level - 20 * Math.log10(threshold) - MARGIN_DB
    if (excess <= 0) {
      if (!before) return null
      return before.level + ((level - before.level) * before.excess) / (before.excess - excess)
    }
    before = { level, excess }
  }
  return before ? before.level : null
}

export const createSpeechLevel = (sampleRateHz: number): SpeechLevel => {
  const rise = 1 - Math.exp(-1 / (sampleRateHz * TIME_CONSTANT_S))
  const counter = createActivityCounter(Math.ceil(sampleRateHz * HANGOVER_S))
  let squares = 0
  let first = 0
  let envelope = 0
  let samples = 0
  let lower = 0
  let upper = THRESHOLDS[0] ?? 1

  const follow = (value: number, sample: number) => {
    let above = 0
    while (above < THRESHOLDS.length && value >= (THRESHOLDS[above] ?? Infinity)) above += 1
    counter.cross(sample, above)
    lower = above === 0 ? 0 : (THRESHOLDS[above - 1] ?? 0)
    upper = THRESHOLDS[above] ?? Infinity
  }

  return {
    push: (block, count) => {
      let p = first
      let q = envelope
      let sum = squares
      for (let i = 0; i < count; i += 1) {
        const value = block[i] ?? 0
        sum += value * value
        p += rise * (Math.abs(value) - p)
        q += rise * (p - q)
        if (q >= upper || q < lower) follow(q, samples + i)
      }
      samples += count
      squares = sum
      // Denormal numbers are a hundred times slower.
      first = p < NEARLY_NOTHING ? 0 : p
      envelope = q < NEARLY_NOTHING ? 0 : q
    },
    finish: () => {
      const level = levelAtMargin(squares, (j) => counter.countAt(j, samples))
      const overall = levelOfPower(squares / samples)
      if (level === null || overall === null) return { level: null, activity: 0 }
      return { level, activity: Math.min(1, 10 ** ((overall - level) / 10)) }
    },
  }
}
