import { framesPerBucket } from '#contract/sources'
import { AppError } from '../platform/errors.ts'

/** Loud and quiet noise with full scale here and there. */
export const noise = (length: number): Int16Array => {
  let seed = 12_345
  return Int16Array.from({ length }, (_, i) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    const sample = (seed >>> 16) - 32_768
    return i % 1001 === 0 ? 32_767 : i % 3 === 0 ? sample : sample >> 4
  })
}

/** A bucket of one channel by definition: minimum, maximum, RMS, clipped samples. */
const bucketOf = (
  samples: Int16Array,
  channels: number,
  frames: [number, number],
  channel: number,
) => {
  let [low, high, squares, clipped] = [32_767, -32_768, 0, 0]
  const end = Math.min(frames[1], samples.length / channels)
  for (let frame = frames[0]; frame < end; frame += 1) {
    const sample = samples[frame * channels + channel] ?? 0
    low = Math.min(low, sample)
    high = Math.max(high, sample)
    squares += sample * sample
    if (sample === 32_767 || sample === -32_768) clipped += 1
  }
  return [low, high, Math.round(Math.sqrt(squares / (end - frames[0]))), Math.min(65_535, clipped)]
}

export const naiveLevel = (samples: Int16Array, channels: number, level: number): number[] => {
  const each = framesPerBucket(level)
  const buckets = Math.ceil(samples.length / channels / each)
  return Array.from({ length: buckets * channels }, (_, i) => {
    const start = Math.floor(i / channels) * each
    return bucketOf(samples, channels, [start, start + each], i % channels)
  }).flat()
}

/** Pixels of frames [from, to) by definition. */
export const naivePixels = (samples: Int16Array, channels: number, each: number): number[] => {
  const pixels = Math.ceil(samples.length / channels / each)
  return Array.from({ length: pixels * channels }, (_, i) => {
    const start = Math.floor(i / channels) * each
    return bucketOf(samples, channels, [start, start + each], i % channels).slice(0, 2)
  }).flat()
}

export const valuesOf = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 2 }, (_, i) =>
    i % 4 < 2 ? bytes.readInt16LE(i * 2) : bytes.readUInt16LE(i * 2),
  )

export const same = (actual: ArrayLike<number>, expected: ArrayLike<number>): boolean =>
  actual.length === expected.length && !Array.from(actual).some((value, i) => value !== expected[i])

export const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await work.catch((caught: unknown) => caught)
  if (!(error instanceof AppError)) throw new Error(`no refusal: ${String(error)}`)
  return error
}

export const picture = { samplesPerPixel: 256, bits: 16 } as const
