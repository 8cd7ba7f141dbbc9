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

/** `isUnity` passes a constant as it is, from every position. */
type Response = { taps: (offset: number) => number; reach: number; isUnity?: true }

const MOST_INPUT = 4096
/** Larger tables than that leave the cache; rates without a common measure share their phases then. */
const MOST_TAPS = 2 ** 18

/** How steep a filter is: a transition in cycles per sample, and how far down it ends. */
type Edge = { transition: number; stopDb: number }

/** Kaiser's estimate of the length, in samples on each side. */
const reachFor = ({ transition, stopDb }: Edge): number => {
  const taps = (stopDb - 7.95) / (2.285 * 2 * Math.PI * transition)
  return 2 * Math.ceil(taps / 4) // even: loops take four taps at a time
}

const betaFor = (stopDb: number): number =>
  stopDb > 50 ? 0.1102 * (stopDb - 8.7) : 0.5842 * (stopDb - 21) ** 0.4 + 0.07886 * (stopDb - 21)

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Passes what is below `cut`, in cycles per sample. */
const lowPass = (cut: number, edge: Edge): Response => {
  const reach = reachFor(edge)
  const beta = betaFor(edge.stopDb)
  return { reach, taps: (t) => 2 * cut * sinc(2 * cut * t) * kaiser(t / reach, beta) }
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

/** A row of taps for every position an output can have between two inputs. */
const rowsOf = ({ taps, reach, isUnity }: Response, positions: number) => {
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

const keptRows = new Map<string, Float64Array>()
const MOST_KEPT = 8

/** Making the rows of 44.1 kHz takes longer than filtering a prompt with them. */
const remembered = (name: string, make: () => Float64Array): Float64Array => {
  const rows = keptRows.get(name) ?? make()
  keptRows.delete(name)
  keptRows.set(name, rows)
  const [oldest] = keptRows.keys()
  if (keptRows.size > MOST_KEPT && oldest !== undefined) keptRows.delete(oldest)
  return rows
}

/** Sums `width` samples from `start`, each weighed by the tap of the row that begins at `row`. */
const weigherOf =
  (rows: Float64Array, width: number) =>
  (samples: Float64Array, start: number, row: number): number => {
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let tap = 0; tap < width; tap += 4) {
      const at = start + tap
      const by = row + tap
      a += (samples[at] ?? 0) * (rows[by] ?? 0)
      b += (samples[at + 1] ?? 0) * (rows[by + 1] ?? 0)
      c += (samples[at + 2] ?? 0) * (rows[by + 2] ?? 0)
      d += (samples[at + 3] ?? 0) * (rows[by + 3] ?? 0)
    }
    return a + b + (c + d)
  }

/**
 * The same for every position in turn, four at a time, so that a tap is loaded once for all of them.
 * Each sum adds up in one order, wherever the four begin.
 */
const weighAll = (
  samples: Float64Array,
  taps: Float64Array,
  output: Float64Array,
  count: number,
): void => {
  for (let i = 0; i < count; i += 4) {
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    let x = samples[i] ?? 0
    let y = samples[i + 1] ?? 0
    let z = samples[i + 2] ?? 0
    for (let tap = 0; tap < taps.length; tap += 1) {
      const weight = taps[tap] ?? 0
      const next = samples[i + tap + 3] ?? 0
      a += x * weight
      b += y * weight
      c += z * weight
      d += next * weight
      x = y
      y = z
      z = next
    }
    output[i] = a
    output[i + 1] = b
    output[i + 2] = c
    output[i + 3] = d
  }
}

type Rates = { fromHz: number; toHz: number }

const createFir = (name: string, response: Response, { fromHz, toHz }: Rates): Fir => {
  const { reach } = response
  const width = 2 * reach
  const divisor = greatestCommonDivisor(fromHz, toHz)
  const [step, parts] = [fromHz / divisor, toHz / divisor]
  const positions = Math.min(parts, Math.max(1, Math.floor(MOST_TAPS / width)))
  const rows = remembered(name, () => rowsOf(response, positions))
  const weigh = weigherOf(rows, width)
  const output = new Float64Array(Math.ceil((MOST_INPUT * toHz) / fromHz) + 4)
  const buffer = new Float64Array(width + MOST_INPUT + Math.ceil(fromHz / toHz) + 4)
  const [whole, rest] = [Math.floor(step / parts), step % parts]
  let filled = reach - 1 // the silence before the first sample
  let start = 0
  let part = 0

  const atEvery = (): number => {
    const count = Math.max(0, filled - width + 1)
    weighAll(buffer, rows, output, count)
    start = count
    return count
  }

  const atSteps = (): number => {
    let produced = 0
    while (start + width <= filled) {
      const position = positions === parts ? part : Math.floor((part * positions) / parts)
      output[produced] = weigh(buffer, start, position * width)
      produced += 1
      start += whole
      part += rest
      if (part < parts) continue
      part -= parts
      start += 1
    }
    return produced
  }

  return {
    output,
    reach,
    push: (samples, count) => {
      buffer.set(count === samples.length ? samples : samples.subarray(0, count), filled)
      filled += count
      const produced = step === 1 && parts === 1 ? atEvery() : atSteps()
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
  const response = lowPass(lower / 2, { transition: lower * 0.1, stopDb: 60 })
  return createFir(`${rates.fromHz} ${rates.toHz}`, { ...response, isUnity: true }, rates)
}

/** Passes from `lowHz` to `highHz`; 200 Hz outside of them 45 dB less. */
export const createBandPass = (band: {
  lowHz: number
  highHz: number
  sampleRateHz: number
}): Fir => {
  const { lowHz, highHz, sampleRateHz } = band
  const transition = 200 / sampleRateHz
  const edge = { transition, stopDb: 45 }
  const low = lowPass(lowHz / sampleRateHz - transition / 2, edge)
  const high = lowPass(highHz / sampleRateHz + transition / 2, edge)
  const response = { reach: high.reach, taps: (t: number) => high.taps(t) - low.taps(t) }
  const name = `${lowHz} to ${highHz} at ${sampleRateHz}`
  return createFir(name, response, { fromHz: sampleRateHz, toHz: sampleRateHz })
}
