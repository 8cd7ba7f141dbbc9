/** Power of the bins 0 … size/2 of real samples. Its work space is its own and used again. */
export type PowerSpectrum = (samples: Float64Array) => Float64Array

const bitsReversed = (size: number): Uint32Array => {
  const order = new Uint32Array(size)
  const top = Math.log2(size) - 1
  for (let i = 1; i < size; i += 1) order[i] = ((order[i >> 1] ?? 0) >> 1) | ((i & 1) << top)
  return order
}

/** e^(−2πi·k/size) for k below size/2. */
const turns = (size: number) => ({
  cos: Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size)),
  sin: Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size)),
})

/** Cooley and Tukey's transform of complex values, in place; they come in bit-reversed order. */
const transform = (re: Float64Array, im: Float64Array, { cos, sin }: ReturnType<typeof turns>) => {
  const size = re.length
  for (let half = 1; half < size; half *= 2) {
    const stride = size / half / 2
    for (let start = 0; start < size; start += 2 * half) {
      for (let i = start, k = 0; i < start + half; i += 1, k += stride) {
        const j = i + half
        const c = cos[k] ?? 0
        const s = sin[k] ?? 0
        const x = re[j] ?? 0
        const y = im[j] ?? 0
        const a = x * c - y * s
        const b = x * s + y * c
        const p = re[i] ?? 0
        const q = im[i] ?? 0
        re[j] = p - a
        im[j] = q - b
        re[i] = p + a
        im[i] = q + b
      }
    }
  }
}

type Work = Readonly<Record<'re' | 'im' | 'power', Float64Array>>

/** Powers of the spectrum of 2n real samples from that of n complex ones, made of pairs of them. */
const untangle = ({ re, im, power }: Work, turn: ReturnType<typeof turns>) => {
  const half = re.length
  for (let k = 1; k < half; k += 1) {
    const a = re[k] ?? 0
    const b = im[k] ?? 0
    const c = re[half - k] ?? 0
    const d = im[half - k] ?? 0
    const cos = turn.cos[k] ?? 0
    const sin = turn.sin[k] ?? 0
    const x = (a + c + (b + d) * cos - (c - a) * sin) / 2
    const y = (b - d + (b + d) * sin + (c - a) * cos) / 2
    power[k] = x * x + y * y
  }
}

/** For blocks of `size` samples, a power of two from 4 on. Not scaled: a sine of amplitude 1 on a bin has (size/2)². */
export const createPowerSpectrum = (size: number): PowerSpectrum => {
  const half = size / 2
  const order = bitsReversed(half)
  const inner = turns(half)
  const outer = turns(size)
  const re = new Float64Array(half)
  const im = new Float64Array(half)
  const power = new Float64Array(half + 1)

  return (samples) => {
    // Even samples are real, odd ones imaginary: one transform of half the size.
    for (let i = 0; i < half; i += 1) {
      const from = 2 * (order[i] ?? 0)
      re[i] = samples[from] ?? 0
      im[i] = samples[from + 1] ?? 0
    }
    transform(re, im, inner)
    untangle({ re, im, power }, outer)
    power[0] = ((re[0] ?? 0) + (im[0] ?? 0)) ** 2
    power[half] = ((re[0] ?? 0) - (im[0] ?? 0)) ** 2
    return power
  }
}
