import type { Rate } from '../port.ts'
import { downsample, PAST, upsample } from './resample.ts'
import { samplesOf } from './sound.ts'

/** What is heard at a tap, on its way to a file that keeps the rate it began with. */
export type Recorder = {
  /** 20 ms at the rate that the length means; undefined: 20 ms of silence. */
  readonly push: (samples: Int16Array | undefined) => void
}

export const createRecorder = (file: {
  readonly rate: Rate
  readonly write: (samples: Int16Array) => void
}): Recorder => {
  const { rate, write } = file
  const tick = samplesOf(rate)
  const otherTick = samplesOf(rate === 8000 ? 16_000 : 8000)
  const resample = rate === 8000 ? downsample : upsample
  const silence = new Int16Array(tick)
  const converted = new Int16Array(tick)
  const line = new Int16Array(PAST + otherTick)

  return {
    push: (samples) => {
      if (samples?.length !== otherTick) {
        write(samples ?? silence)
        // What the filter looks back at when the rate changes.
        line.fill(0)
        return
      }
      line.set(samples, PAST)
      resample(line, converted)
      line.copyWithin(0, otherTick)
      write(converted)
    },
  }
}
