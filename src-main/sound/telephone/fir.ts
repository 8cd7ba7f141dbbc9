import { kaiser } from '../spectrum/window.ts'

/**
 * A filter with as many delays before as behind its centre, from one rate to another. Output k is
 * centred at input time k·from/to, as if nothing took time: what is late is only when it is there.
 */
export type Fir = {
  /** Overwritten by every push. */
  output: Float64Array
  /** Takes samples, at most 4096; returns how many there are in `output`. */
  push: (samples: Float64Array, count: number) => number
  /** Input samples that an output needs behind its centre. */
  reach: number
}

type Response = { taps: (offset: number) => number; reach: number }

const MOST_INPUT = 4096
/** Larger tables than that leave the cache; rates without a common measure share their phases then. */
const MOST_TAPS = 2 ** 18
const STOP_DB = 60
const KAISER_BETA = 0.1102 * (STOP_DB - 8.7)

/** Kaiser's estimate of the length, in samples on each side, for a transition in cycles per sample. */
const reachFor = (transition: number): number => {
  const taps = (STOP_DB - 7.95) / (2.285 * 2 * Math.PI * transition)
  return 2 * Math.ceil(taps / 4) // even: loops take four taps at a time
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Passes what is below `cut`, in cycles per sample. */
const lowPass = (cut: number, transition: number): Response => {
  const reach = reachFor(transition)
  return {
    reach,
    taps: (t) => 2 * cut * sinc(2 * cut * t) * kaiser(t / reach, KAISER_BETA),
  }
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

/** A row of taps for every position an output can have between two inputs. */
const rowsOf = ({ taps, reach }: Response, positions: number, isUnity: boolean) => {
  const width = 2 * reach
  const rows = new Float64Array(positions * width)
  for (let row = 0; row < positions; row += 1) {
    let sum = 0
    for (let tap = 0; tap < width; tap += 1) {
      const value = taps(tap - reach + 1 - row / positions)
      rows[row * width + tap] = value
      sum += value
    }
    if (!isUnity) continue
    for (let tap = 0; tap < width; tap += 1) {
      rows[row * width + tap] = (rows[row * width + tap] ?? 0) / sum
    }
  }
  return rows
}

type Rates = { fromHz: number; toHz: number }

const createFir = (response: Response, { fromHz, toHz }: Rates, isUnity: boolean): Fir => {
  const { reach } = response
  const width = 2 * reach
  const divisor = greatestCommonDivisor(fromHz, toHz)
  const [step, parts] = [fromHz / divisor, toHz / divisor]
  const positions = Math.min(parts, Math.max(1, Math.floor(MOST_TAPS / width)))
  const rows = rowsOf(response, positions, isUnity)
  const output = new Float64Array(Math.ceil((MOST_INPUT * toHz) / fromHz) + 1)
  const buffer = new Float64Array(width + MOST_INPUT + Math.ceil(fromHz / toHz))
  const [whole, rest] = [Math.floor(step / parts), step % parts]
  let filled = reach - 1 // the silence before the first sample
  let start = 0
  let part = 0

  const at = (row: number): number => {
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let tap = 0; tap < width; tap += 4) {
      a += (buffer[start + tap] ?? 0) * (rows[row + tap] ?? 0)
      b += (buffer[start + tap + 1] ?? 0) * (rows[row + tap + 1] ?? 0)
      c += (buffer[start + tap + 2] ?? 0) * (rows[row + tap + 2] ?? 0)
      d += (buffer[start + tap + 3] ?? 0) * (rows[row + tap + 3] ?? 0)
    }
    return a + b + (c + d)
  }

  return {
    output,
    reach,
    push: (samples, count) => {
      buffer.set(count === samples.length ? samples : samples.subarray(0, count), filled)
      filled += count
      let produced = 0
      while (start + width <= filled) {
        const position = positions === parts ? part : Math.floor((part * positions) / parts)
        output[produced] = at(position * width)
        produced += 1
        start += whole
        part += rest
        if (part < parts) continue
        part -= parts
        start += 1
      }
      // A long step may begin behind what is there.
      const gone = Math.min(start, filled)
      buffer.copyWithin(0, gone, filled)
      filled -= gone
      start -= gone
      return produced
    },
  }
}

/** Changes the rate; keeps what both rates can carry, but for the last tenth. */
export const createResampler = (rates: Rates): Fir => {
  const lower = Math.min(rates.fromHz, rates.toHz) / rates.fromHz
  return createFir(lowPass(lower / 2, lower * 0.09), rates, true)
}

/** Passes from `lowHz` to `highHz`; 160 Hz outside of them nothing is left. */
export const createBandPass = (band: {
  lowHz: number
  highHz: number
  sampleRateHz: number
}): Fir => {
  const { lowHz, highHz, sampleRateHz } = band
  const transition = 160 / sampleRateHz
  const low = lowPass(lowHz / sampleRateHz - transition / 2, transition)
  const high = lowPass(highHz / sampleRateHz + transition / 2, transition)
  const response = { reach: high.reach, taps: (t: number) => high.taps(t) - low.taps(t) }
  return createFir(response, { fromHz: sampleRateHz, toHz: sampleRateHz }, false)
}
