import type { Rate } from '../port.ts'
import { downsample, PAST, upsample } from './resample.ts'
import { samplesOf } from './sound.ts'

/** Sound at one rate, tick by tick, that may be wanted at the other. */
export type Line = {
  /** Of this tick; filled by the caller. */
  readonly samples: Int16Array
  /** This tick at a rate, once a tick; valid until the next one. */
  readonly pass: (rate: Rate) => Int16Array
  /** There is nothing in this tick. */
  readonly skip: () => void
}

export const createLine = (rate: Rate): Line => {
  const line = new Int16Array(PAST + samplesOf(rate))
  const samples = line.subarray(PAST)
  const resample = rate === 8000 ? upsample : downsample
  let converted: Int16Array | undefined
  let hasPast = false

  const convert = () => {
    converted ??= new Int16Array(samplesOf(rate === 8000 ? 16_000 : 8000))
    resample(line, converted)
    return converted
  }

  return {
    samples,
    pass: (wanted) => {
      const passed = wanted === rate ? samples : convert()
      // The samples themselves stay where they are.
      line.copyWithin(0, line.length - PAST)
      hasPast = true
      return passed
    },
    skip: () => {
      if (hasPast) line.fill(0, 0, PAST)
      hasPast = false
    },
  }
}
