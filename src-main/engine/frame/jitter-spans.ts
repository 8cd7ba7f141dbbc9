import type { JitterRing } from './jitter-ring.ts'
import { timestampsApart } from './rtp.ts'

/** Packets that can be out of order by so many. A power of two. */
const SPANS = 64

/**
 * From when to when packets were, to tell silence from loss: between packets whose sequence numbers follow each other
 * nothing is missing, so a gap of their timestamps is silence (RFC 3551 §4.1).
 */
export const createJitterSpans = (ring: JitterRing) => {
  const sequences = new Float64Array(SPANS).fill(-1)
  const starts = new Uint32Array(SPANS)
  const ends = new Uint32Array(SPANS)

  /** Silence from one timestamp to another, as far as it is still to be played. */
  const silence = (from: number, to: number, position: number) => {
    const first = Math.max(0, timestampsApart(from, position))
    const last = Math.min(ring.size, timestampsApart(to, position))
    if (last > first) ring.silence(position + first, last - first)
  }

  const add = (sequence: number, timestamp: number, samples: number, position: number) => {
    const end = (timestamp + samples) >>> 0
    const slot = sequence & (SPANS - 1)
    sequences[slot] = sequence
    starts[slot] = timestamp
    ends[slot] = end
    const before = (sequence - 1) & (SPANS - 1)
    if (sequences[before] === sequence - 1) silence(ends[before] ?? 0, timestamp, position)
    const after = (sequence + 1) & (SPANS - 1)
    if (sequences[after] === sequence + 1) silence(end, starts[after] ?? 0, position)
  }

  return {
    add,
    addSilence: (sequence: number, timestamp: number, samples: number, position: number) => {
      add(sequence, timestamp, samples, position)
      silence(timestamp, timestamp + samples, position)
    },
    clear: () => {
      sequences.fill(-1)
    },
  }
}
