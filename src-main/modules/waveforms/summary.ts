/**
 * Figures of buckets that more frames can be added to, and so of whole stretches: squares are summed
 * up and not yet a root. 16 bytes for each bucket and channel:
 *
 *   0 i16 minimum · 2 i16 maximum · 4 u32 clipped samples · 8 f64 sum of squares
 */
export type Summary = {
  buckets: number
  low: Int16Array<ArrayBuffer>
  high: Int16Array<ArrayBuffer>
  clipped: Uint32Array<ArrayBuffer>
  squares: Float64Array<ArrayBuffer>
}

const RECORD = 16
const MOST_CLIPPED = 65_535

export const emptySummary = (buckets: number, channels: number): Summary => {
  const size = buckets * channels
  return {
    buckets,
    low: new Int16Array(size),
    high: new Int16Array(size),
    clipped: new Uint32Array(size),
    squares: new Float64Array(size),
  }
}

/** Copies a record, or several that follow each other. */
export const putSummary = (into: Summary, from: Summary, index: number) => {
  into.low.set(from.low, index)
  into.high.set(from.high, index)
  into.clipped.set(from.clipped, index)
  into.squares.set(from.squares, index)
}

/** Makes one bucket of every `each`; `count` is the number of records of one channel to look at. */
export const foldSummary = (from: Summary, channels: number, range: FoldRange): Summary => {
  const { start, count, each } = range
  const folded = emptySummary(Math.ceil(count / each), channels)
  for (let bucket = 0; bucket < folded.buckets; bucket += 1) {
    const end = start + Math.min(count, (bucket + 1) * each)
    for (let channel = 0; channel < channels; channel += 1) {
      let low = 32_767
      let high = -32_768
      let clipped = 0
      let squares = 0
      for (let at = start + bucket * each; at < end; at += 1) {
        const index = at * channels + channel
        low = Math.min(low, from.low[index] ?? 0)
        high = Math.max(high, from.high[index] ?? 0)
        clipped += from.clipped[index] ?? 0
        squares += from.squares[index] ?? 0
      }
      const index = bucket * channels + channel
      folded.low[index] = low
      folded.high[index] = high
      folded.clipped[index] = clipped
      folded.squares[index] = squares
    }
  }
  return folded
}

export type FoldRange = { start: number; count: number; each: number }

/** Writes the first buckets in the contract's layout. They stand for `frames`, all but the last alike. */
export const writeLevel = (
  into: Int16Array,
  { low, high, clipped, squares }: Summary,
  { channels, frames, perBucket }: { channels: number; frames: number; perBucket: number },
) => {
  for (let done = 0, index = 0; done < frames; done += perBucket) {
    const count = Math.min(perBucket, frames - done)
    for (let channel = 0; channel < channels; channel += 1, index += 1) {
      into[index * 4] = low[index] ?? 0
      into[index * 4 + 1] = high[index] ?? 0
      // Both unsigned: the array keeps the bits.
      into[index * 4 + 2] = Math.round(Math.sqrt((squares[index] ?? 0) / count))
      into[index * 4 + 3] = Math.min(MOST_CLIPPED, clipped[index] ?? 0)
    }
  }
}

const summaryBytes = ({ low }: Summary): number => low.length * RECORD

export const packSummary = (summary: Summary): Buffer<ArrayBuffer> => {
  const bytes = Buffer.alloc(summaryBytes(summary))
  for (let index = 0, at = 0; at < bytes.length; index += 1, at += RECORD) {
    bytes.writeInt16LE(summary.low[index] ?? 0, at)
    bytes.writeInt16LE(summary.high[index] ?? 0, at + 2)
    bytes.writeUInt32LE(summary.clipped[index] ?? 0, at + 4)
    bytes.writeDoubleLE(summary.squares[index] ?? 0, at + 8)
  }
  return bytes
}

export const unpackSummary = (bytes: Buffer, channels: number): Summary => {
  const summary = emptySummary(bytes.length / RECORD / channels, channels)
  for (let index = 0, at = 0; at < bytes.length; index += 1, at += RECORD) {
    summary.low[index] = bytes.readInt16LE(at)
    summary.high[index] = bytes.readInt16LE(at + 2)
    summary.clipped[index] = bytes.readUInt32LE(at + 4)
    summary.squares[index] = bytes.readDoubleLE(at + 8)
  }
  return summary
}
