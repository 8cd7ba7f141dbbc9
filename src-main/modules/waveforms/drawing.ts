import { createScanner } from '#sound/buckets/buckets'
import type { Samples } from './stored.ts'

/** Collects the minimum and maximum of every pixel of each channel while samples pass. */
export type Drawing = {
  push: (samples: Samples) => void
  /** For each pixel, for each channel: minimum, maximum. The last pixel may stand for fewer frames. */
  finish: () => Int16Array<ArrayBuffer>
}

const BLOCK_FRAMES = 16_384

type DrawingFormat = {
  channels: number
  bits: 16 | 32
  samplesPerPixel: number
}

export const createDrawing = (format: DrawingFormat): Drawing => {
  const { channels, bits, samplesPerPixel } = format
  const isFine = samplesPerPixel <= BLOCK_FRAMES
  const mostFrames = isFine
    ? Math.floor(BLOCK_FRAMES / samplesPerPixel) * samplesPerPixel
    : BLOCK_FRAMES
  const framesPerBucket = isFine ? samplesPerPixel : BLOCK_FRAMES
  const scanner = createScanner({ channels, bits, framesPerBucket, mostFrames })
  let pairs = new Int16Array(channels * 1024)
  let framesDone = 0
  let used = 0

  /** Where the block that is being filled has to end: a coarse pixel takes several. */
  const capacity = () =>
    isFine ? mostFrames : Math.min(mostFrames, samplesPerPixel - (framesDone % samplesPerPixel))

  const reserve = (values: number) => {
    if (values <= pairs.length) return
    const larger = new Int16Array(Math.max(values, pairs.length * 2))
    larger.set(pairs)
    pairs = larger
  }

  const flush = () => {
    scanner.scan(used)
    reserve(Math.ceil((framesDone + used) / samplesPerPixel) * channels * 2)
    const first = Math.floor(framesDone / samplesPerPixel) * channels
    const isBegun = framesDone % samplesPerPixel !== 0
    for (let i = 0; i < Math.ceil(used / framesPerBucket) * channels; i += 1) {
      const at = (first + i) * 2
      const low = scanner.low(i)
      const high = scanner.high(i)
      pairs[at] = isBegun ? Math.min(low, pairs[at] ?? 0) : low
      pairs[at + 1] = isBegun ? Math.max(high, pairs[at + 1] ?? 0) : high
    }
    framesDone += used
    used = 0
  }

  return {
    push: (samples) => {
      for (let at = 0; at < samples.length;) {
        const free = (capacity() - used) * channels
        const block = samples.subarray(at, at + free)
        scanner.input.set(block, used * channels)
        used += block.length / channels
        at += block.length
        if (used === capacity()) flush()
      }
    },
    finish: () => {
      if (used > 0) flush()
      return pairs.slice(0, Math.ceil(framesDone / samplesPerPixel) * channels * 2)
    },
  }
}
