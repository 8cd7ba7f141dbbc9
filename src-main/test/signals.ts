/** Sound for tests and benches, made without the product's own code: samples from −1 to 1. */

const amplitude = (decibels: number): number => 10 ** (decibels / 20)

export type SineOptions = {
  hz: number
  rate: number
  seconds: number
  peakDb: number
  phase?: number
}

export const sine = ({ hz, rate, seconds, peakDb, phase = 0 }: SineOptions): Float64Array =>
  Float64Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => amplitude(peakDb) * Math.sin((2 * Math.PI * hz * i) / rate + phase),
  )

export const nothing = (rate: number, seconds: number): Float64Array =>
  new Float64Array(Math.round(rate * seconds))

export const joined = (...parts: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** The same numbers for the same seed, evenly from −1 to 1. */
const numbers = (seed: number) => {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 31 - 1
  }
}

/** White noise with this RMS. */
export const noise = (o: { rate: number; seconds: number; rmsDb: number; seed?: number }) => {
  const next = numbers(o.seed ?? 7)
  const scale = amplitude(o.rmsDb) * Math.sqrt(3)
  return Float64Array.from({ length: Math.round(o.rate * o.seconds) }, () => scale * next())
}

/**
 * Voice-like: a buzz with formants, in syllables of a few tenths of a second and words with pauses
 * between them, over a little noise. The spoken parts have about this RMS.
 */
export const speechLike = (o: {
  rate: number
  seconds: number
  rmsDb: number
  noiseDb?: number
  seed?: number
}): Float64Array => {
  const { rate, seconds, rmsDb, noiseDb = -65, seed = 11 } = o
  const next = numbers(seed)
  const samples = noise({ rate, seconds, rmsDb: noiseDb, seed: seed + 1 })
  const top = Math.min(3400, rate * 0.45)
  let at = Math.round(rate * 0.1)
  while (at < samples.length - rate * 0.1) {
    const length = Math.round(rate * (0.18 + 0.1 * next()))
    const pitch = 120 + 30 * next()
    const level = amplitude(rmsDb + 4 * next())
    for (let i = 0; i < length && at + i < samples.length; i += 1) {
      let value = 0
      for (let k = 1; k * pitch < top; k += 1) {
        value += Math.sin((2 * Math.PI * k * pitch * i) / rate + k * k) / (1 + k / 5)
      }
      samples[at + i] =
        (samples[at + i] ?? 0) + level * 0.8 * value * Math.sin((Math.PI * i) / length)
    }
    at += length + Math.round(rate * (next() > 0.5 ? 0.4 : 0.03))
  }
  return samples
}

/** Interleaved as they would be stored. */
export const stored = (bits: 16 | 32, ...channels: readonly Float64Array[]) => {
  const full = 2 ** (bits - 1)
  const frames = channels[0]?.length ?? 0
  const all = new (bits === 16 ? Int16Array : Int32Array)(frames * channels.length)
  for (const [channel, samples] of channels.entries()) {
    for (let i = 0; i < frames; i += 1) {
      const value = Math.round((samples[i] ?? 0) * full)
      all[i * channels.length + channel] = Math.max(-full, Math.min(full - 1, value))
    }
  }
  return all
}
