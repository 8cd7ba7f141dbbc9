import { framesPerBucket } from '#contract/sources'
import { createScanner } from '#sound/buckets/buckets'
import { bucketsOf, chunkBytes, CHUNK_FRAMES, SUMMARY_LEVEL, VALUES } from './pyramid-layout.ts'
import { emptySummary, foldSummary, writeLevel, type Summary } from './summary.ts'

/** A piece of the pyramid: CHUNK_FRAMES frames, or what is left at the end. */
export type Chunk = {
  frames: number
  /** Its levels as they stand in the file. */
  bytes: Buffer<ArrayBuffer>
  /** Its records of SUMMARY_LEVEL. */
  summary: Summary
}

type Samples = Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** Makes chunks of samples that pass. */
export type ChunkMaker = {
  /** Where the next frames can be put: never none, never more than the chunk has room for. */
  room: () => Samples
  /** Takes so many frames from `room`. Answers with the chunk they complete. */
  advance: (frames: number) => Chunk | undefined
  /** What has been taken since the last complete chunk, if anything. */
  finish: () => Chunk | undefined
}

/** Small enough for the cache of a processor, large enough not to count. */
const BLOCK_SAMPLES = 131_072
const BUCKET = framesPerBucket(0)

const blockFrames = (channels: number): number => {
  const fit = 2 ** Math.floor(Math.log2(BLOCK_SAMPLES / channels))
  return Math.min(CHUNK_FRAMES, Math.max(BUCKET, fit))
}

export const createChunkMaker = (format: { channels: number; bits: 16 | 32 }): ChunkMaker => {
  const { channels } = format
  const mostFrames = blockFrames(channels)
  const scanner = createScanner({ ...format, framesPerBucket: BUCKET, mostFrames })
  const base = emptySummary(CHUNK_FRAMES / BUCKET, channels)
  let blockUsed = 0
  let scanned = 0

  const scan = () => {
    scanner.scan(blockUsed)
    const start = (scanned / BUCKET) * channels
    const records = bucketsOf(blockUsed, 0) * channels
    for (let index = 0; index < records; index += 1) {
      base.low[start + index] = scanner.low(index)
      base.high[start + index] = scanner.high(index)
      base.clipped[start + index] = scanner.clipped(index)
      base.squares[start + index] = scanner.squares(index)
    }
    scanned += blockUsed
    blockUsed = 0
  }

  const cut = (): Chunk => {
    const frames = scanned
    const values = new Int16Array(chunkBytes(frames, channels) / 2)
    let summary = base
    for (let level = 0, at = 0; level < SUMMARY_LEVEL; level += 1) {
      const perBucket = framesPerBucket(level)
      const count = bucketsOf(frames, level)
      writeLevel(values.subarray(at), summary, { channels, frames, perBucket })
      at += count * channels * VALUES
      summary = foldSummary(summary, channels, { start: 0, count, each: 4 })
    }
    scanned = 0
    return { frames, bytes: Buffer.from(values.buffer), summary }
  }

  return {
    room: () => scanner.input.subarray(blockUsed * channels, mostFrames * channels),
    advance: (frames) => {
      blockUsed += frames
      if (blockUsed < mostFrames) return undefined
      scan()
      return scanned < CHUNK_FRAMES ? undefined : cut()
    },
    finish: () => {
      if (blockUsed > 0) scan()
      return scanned > 0 ? cut() : undefined
    },
  }
}

/** Puts samples through a maker, block by block; `take` is told every chunk that gets complete. */
export const pushSamples = (maker: ChunkMaker, samples: Samples, channels: number): Chunk[] => {
  const chunks: Chunk[] = []
  for (let at = 0; at < samples.length;) {
    const room = maker.room()
    const block = samples.subarray(at, at + room.length)
    room.set(block)
    at += block.length
    const chunk = maker.advance(block.length / channels)
    if (chunk) chunks.push(chunk)
  }
  return chunks
}
