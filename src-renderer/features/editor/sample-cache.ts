import type { SourceData } from '../../audio/edit-view/source-tiles.ts'

/** Frames of a block; a block is what is fetched and kept. */
const blockFrames = 2 ** 15
const mostBytes = 48 * 2 ** 20

type Samples = SourceData['samples']

/**
 * Samples of sources for the ear: fetched by the block, the last used are kept. Ranges are as long as
 * asked for; what a source does not have is silence.
 */
export const createSampleCache = (load: Samples) => {
  const blocks = new Map<string, Promise<Int32Array>>()
  const sizes = new Map<string, number>()
  let bytes = 0

  const forget = (key: string) => {
    blocks.delete(key)
    bytes -= sizes.get(key) ?? 0
    sizes.delete(key)
  }

  const fetchBlock = (source: string, index: number): Promise<Int32Array> => {
    const key = `${index} ${source}`
    const kept = blocks.get(key)
    if (kept) {
      // A map keeps its order: what was used last stands last.
      blocks.delete(key)
      blocks.set(key, kept)
      return kept
    }
    const never = new AbortController().signal
    const block = load(source, { from: index * blockFrames, frames: blockFrames }, never)
    blocks.set(key, block)
    block.then(
      ({ byteLength }) => {
        if (blocks.get(key) !== block) return
        sizes.set(key, byteLength)
        bytes += byteLength
        for (const oldest of blocks.keys()) {
          if (bytes <= mostBytes || oldest === key) break
          forget(oldest)
        }
      },
      () => forget(key),
    )
    return block
  }

  return {
    read: async (
      source: string,
      { from, frames, channels }: { from: number; frames: number; channels: number },
    ): Promise<Int32Array> => {
      const first = Math.floor(from / blockFrames)
      const last = Math.floor((from + frames - 1) / blockFrames)
      const indexes = Array.from({ length: last - first + 1 }, (_, index) => first + index)
      const parts = await Promise.all(indexes.map((index) => fetchBlock(source, index)))
      const samples = new Int32Array(frames * channels)
      for (const [position, part] of parts.entries()) {
        const start = (first + position) * blockFrames
        const skip = Math.max(0, from - start)
        const piece = part.subarray(
          skip * channels,
          Math.min(blockFrames, from + frames - start) * channels,
        )
        samples.set(piece, (start + skip - from) * channels)
      }
      return samples
    },
  }
}

export type SampleCache = ReturnType<typeof createSampleCache>
