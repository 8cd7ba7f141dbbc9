import { framesPerBucket } from '#contract/sources'

/**
 * The file of a pyramid:
 *
 *   0      header, padded with spaces
 *   HEAD   a block for every CHUNK_FRAMES frames with the levels below SUMMARY_LEVEL, one behind the
 *          other in the contract's layout, so that each can be written for itself while others are made
 *   then   the records of SUMMARY_LEVEL for the whole file; the levels above are made of them
 *
 * The last block is shorter, as its levels are.
 */
export const HEAD_BYTES = 512
export const CHUNK_FRAMES = 2 ** 20
export const SUMMARY_LEVEL = 4
/** Minimum, maximum, RMS and clipped samples of one channel. */
export const VALUES = 4

const VALUE_BYTES = 8

export const bucketsOf = (frames: number, level: number): number =>
  Math.ceil(frames / framesPerBucket(level))

export const chunksOf = (frames: number): number => Math.ceil(frames / CHUNK_FRAMES)

/** Of the bytes of a bucket of all channels. */
const bucketBytes = (channels: number): number => channels * VALUE_BYTES

/** Where a level begins in a chunk of so many frames; at SUMMARY_LEVEL, how long the chunk is. */
const levelOffset = (frames: number, level: number, channels: number): number => {
  let buckets = 0
  for (let below = 0; below < level; below += 1) buckets += bucketsOf(frames, below)
  return buckets * bucketBytes(channels)
}

export const chunkBytes = (frames: number, channels: number): number =>
  levelOffset(frames, SUMMARY_LEVEL, channels)

export const chunkStart = (chunk: number, channels: number): number =>
  HEAD_BYTES + chunk * chunkBytes(CHUNK_FRAMES, channels)

/** Frames of a chunk of a file of so many. */
export const framesOfChunk = (chunk: number, frames: number): number =>
  Math.min(CHUNK_FRAMES, frames - chunk * CHUNK_FRAMES)

export type Stretch = { position: number; length: number }

/** Where buckets [from, to) of a level below SUMMARY_LEVEL lie in the file. */
export const stretchesOf = (
  { frames, channels }: { frames: number; channels: number },
  level: number,
  { from, to }: { from: number; to: number },
): Stretch[] => {
  const perChunk = CHUNK_FRAMES / framesPerBucket(level)
  const width = bucketBytes(channels)
  const stretches: Stretch[] = []
  for (let bucket = from; bucket < to;) {
    const chunk = Math.floor(bucket / perChunk)
    const end = Math.min(to, (chunk + 1) * perChunk)
    const start = chunkStart(chunk, channels)
    const offset = levelOffset(framesOfChunk(chunk, frames), level, channels)
    const position = start + offset + (bucket - chunk * perChunk) * width
    stretches.push({ position, length: (end - bucket) * width })
    bucket = end
  }
  return stretches
}
