import type { Rate } from '../port.ts'
import { addTo, mixInto } from './mix.ts'
import { createLine } from './resample-line.ts'

/** Takes sounds of both rates during a tick and adds them to a mix at its end. Those of a rate are 16 bits together. */
export type Bus = {
  readonly add: (samples: Int16Array, rate: Rate) => void
  /** Whether there is something for the mix. */
  readonly isFilled: () => boolean
  /** Adds it, and begins the next tick. */
  readonly drainInto: (sum: Int32Array, rate: Rate) => void
}

const createLane = (rate: Rate) => {
  const line = createLine(rate)
  let isFilled = false
  /** Of the tick before there is a rest within the filter. */
  let rings = false
  return {
    isFilled: () => isFilled || rings,
    add: (samples: Int16Array) => {
      if (isFilled) mixInto(line.samples, samples)
      else line.samples.set(samples)
      isFilled = true
    },
    drainInto: (sum: Int32Array, sumRate: Rate) => {
      if (!isFilled && !rings) return
      if (!isFilled) line.samples.fill(0)
      addTo(sum, line.pass(sumRate))
      rings = isFilled
      isFilled = false
    },
  }
}

export const createBus = (): Bus => {
  const [narrow, wide] = [createLane(8000), createLane(16_000)]
  return {
    add: (samples, rate) => (rate === 8000 ? narrow : wide).add(samples),
    isFilled: () => narrow.isFilled() || wide.isFilled(),
    drainInto: (sum, rate) => {
      narrow.drainInto(sum, rate)
      wide.drainInto(sum, rate)
    },
  }
}
