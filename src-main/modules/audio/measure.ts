import type { AudioFacts } from '#contract/media'
import { createShape } from './shape.ts'
import type { PcmFormat } from './sox-decode.ts'

/** What digital silence is said to measure: JSON has no minus infinity. */
const SILENCE_DBFS = -120

const toDbfs = (amplitude: number): number =>
  amplitude <= 0 ? SILENCE_DBFS : Math.round(2000 * Math.log10(amplitude / 32_768)) / 100

type Levels = Required<Pick<AudioFacts, 'duration_ms' | 'peak_dbfs' | 'rms_dbfs' | 'shape'>>

/** Measures audio while it passes: length, peak and root mean square over all channels, shape. */
export const createMeasure = ({ channels, sampleRateHz }: PcmFormat) => {
  const shape = createShape()
  let frames = 0
  let peak = 0
  let squares = 0

  const push = (block: Int16Array) => {
    for (let start = 0; start < block.length; start += channels) {
      let framePeak = 0
      for (let i = start; i < start + channels; i += 1) {
        const sample = block[i] ?? 0
        squares += sample * sample
        framePeak = Math.max(framePeak, Math.abs(sample))
      }
      peak = Math.max(peak, framePeak)
      shape.push(framePeak)
      frames += 1
    }
  }

  const finish = (): Levels => ({
    duration_ms: Math.round((frames * 1000) / sampleRateHz),
    peak_dbfs: toDbfs(peak),
    rms_dbfs: toDbfs(Math.sqrt(squares / Math.max(1, frames * channels))),
    shape: shape.finish(),
  })
  return { push, finish }
}
