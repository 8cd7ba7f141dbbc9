import type { AudioFacts } from '#contract/media'
import { createScanner, type Scanner } from '#sound/buckets/buckets'
import { createShape, EXACT_FRAMES } from './shape.ts'
import type { PcmFormat } from './open.ts'

/** What digital silence is said to measure: JSON has no minus infinity. */
const SILENCE_DBFS = -120

const toDbfs = (amplitude: number): number =>
  amplitude <= 0 ? SILENCE_DBFS : Math.round(2000 * Math.log10(amplitude / 32_768)) / 100

type Levels = Required<Pick<AudioFacts, 'duration_ms' | 'peak_dbfs' | 'rms_dbfs' | 'shape'>>

const BUCKET = 32
const BLOCK = 8192

/** Measures audio while it passes: length, peak and root mean square over all channels, shape. */
export const createMeasure = ({ channels, sampleRateHz }: PcmFormat) => {
  const shape = createShape()
  let frames = 0
  let peak = 0
  let squares = 0

  // What goes beyond what a shape keeps exactly needs no look at every single frame.
  let scanner: Scanner | undefined

  const frameByFrame = (block: Int16Array) => {
    for (let start = 0; start < block.length; start += channels) {
      let framePeak = 0
      for (let i = start; i < start + channels; i += 1) {
        const sample = block[i] ?? 0
        squares += sample * sample
        framePeak = Math.max(framePeak, Math.abs(sample))
      }
      peak = Math.max(peak, framePeak)
      shape.push(framePeak, 1)
      frames += 1
    }
  }

  const scan = (block: Int16Array, buckets: Scanner) => {
    const { length } = block
    buckets.input.set(block)
    buckets.scan(length / channels)
    for (let at = 0, index = 0; at < length; at += BUCKET * channels) {
      let bucketPeak = 0
      for (let channel = 0; channel < channels; channel += 1, index += 1) {
        squares += buckets.squares(index)
        bucketPeak = Math.max(bucketPeak, -buckets.low(index), buckets.high(index))
      }
      peak = Math.max(peak, bucketPeak)
      shape.push(bucketPeak, Math.min(BUCKET, (length - at) / channels))
    }
    frames += length / channels
  }

  const push = (block: Int16Array) => {
    if (frames < EXACT_FRAMES) {
      frameByFrame(block)
      return
    }
    scanner ??= createScanner({ channels, bits: 16, framesPerBucket: BUCKET, mostFrames: BLOCK })
    for (let at = 0; at < block.length; at += BLOCK * channels) {
      scan(block.subarray(at, at + BLOCK * channels), scanner)
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
