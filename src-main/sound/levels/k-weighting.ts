/** A second-order filter: b0, b1, b2, a1, a2. */
export type Biquad = readonly [number, number, number, number, number]

// The analogue prototypes behind the 48 kHz coefficients of ITU-R BS.1770-4, tables 1 and 2.
const SHELF = { hz: 1681.974450955533, gainDb: 3.999843853973347, q: 0.7071752369554196 }
const HIGH_PASS = { hz: 38.13547087602444, q: 0.5003270373238773 }
const SHELF_SLOPE = 0.4996667741545416

/** The head of the listener, for any rate: boosts what is above about 1.7 kHz. */
export const shelfAt = (sampleRateHz: number): Biquad => {
  const k = Math.tan((Math.PI * SHELF.hz) / sampleRateHz)
  const high = 10 ** (SHELF.gainDb / 20)
  const band = high ** SHELF_SLOPE
  const a0 = 1 + k / SHELF.q + k * k
  return [
    (high + (band * k) / SHELF.q + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / SHELF.q + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / SHELF.q + k * k) / a0,
  ]
}

/** Takes off what is too low to be loud. */
export const highPassAt = (sampleRateHz: number): Biquad => {
  const k = Math.tan((Math.PI * HIGH_PASS.hz) / sampleRateHz)
  const a0 = 1 + k / HIGH_PASS.q + k * k
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / HIGH_PASS.q + k * k) / a0]
}

const NEARLY_NOTHING = 1e-30
const flushed = (value: number): number => (Math.abs(value) < NEARLY_NOTHING ? 0 : value)

/** Weighs one channel and adds up its power. */
export const createWeightedPower = (sampleRateHz: number) => {
  const [b0, b1, b2, a1, a2] = shelfAt(sampleRateHz)
  const [, , , c1, c2] = highPassAt(sampleRateHz)
  let [s1, s2, t1, t2] = [0, 0, 0, 0]

  /** Sum of the squares of samples [from, to), weighted. */
  return (samples: Float64Array, from: number, to: number): number => {
    let u1 = s1
    let u2 = s2
    let v1 = t1
    let v2 = t2
    let sum = 0
    for (let i = from; i < to; i += 1) {
      const x = samples[i] ?? 0
      const y = b0 * x + u1
      u1 = b1 * x - a1 * y + u2
      u2 = b2 * x - a2 * y
      const z = y + v1
      v1 = v2 - 2 * y - c1 * z
      v2 = y - c2 * z
      sum += z * z
    }
    // Denormal numbers are a hundred times slower.
    s1 = flushed(u1)
    s2 = flushed(u2)
    t1 = flushed(v1)
    t2 = flushed(v2)
    return sum
  }
}
