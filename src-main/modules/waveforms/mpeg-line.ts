import type { Chunk } from './chunk.ts'
import type { Samples } from './stored.ts'

/** A piece of an mp3 that is decoded by itself: frames [start, end) of the whole. */
export type Segment = {
  start: number
  end: number
  /** Chunks nobody has been told of yet. */
  made: { chunk: number; made: Chunk }[]
  isDone: boolean
  /** The first samples of the piece, and those behind its end. */
  head?: Samples
  tail?: Samples
}

/** Tells of chunks in the order of the file, each piece once it is known to fit the one before. */
export type Line = {
  add: (segment: Segment, chunk: number, made: Chunk) => void
  /** Collects samples until there are `most`. */
  head: (segment: Segment, samples: Samples, most: number) => void
  tail: (segment: Segment, samples: Samples, most: number) => void
  done: (segment: Segment) => void
  /** All that have been told of. */
  frames: () => number
}

const joined = (known: Samples | undefined, more: Samples, most: number): Samples => {
  const enough = more.slice(0, most - (known?.length ?? 0))
  if (!known) return enough
  const both =
    enough instanceof Int16Array
      ? new Int16Array(known.length + enough.length)
      : new Int32Array(known.length + enough.length)
  both.set(known)
  both.set(enough, known.length)
  return both
}

/** Whether all that both have is the same, and neither has nothing. */
const fit = (tail: Samples | undefined, head: Samples | undefined): boolean => {
  const length = Math.min(tail?.length ?? 0, head?.length ?? 0)
  return length > 0 && !tail?.subarray(0, length).some((sample, i) => sample !== head?.[i])
}

/** `onMisfit` is called when two pieces do not fit; it throws. */
export const createLine = (
  segments: readonly Segment[],
  publish: (chunk: number, made: Chunk) => void,
  onMisfit: () => never,
): Line => {
  let current = 0
  let isFitting = true
  let frames = 0

  const advance = () => {
    for (let segment = segments[current]; segment; segment = segments[current]) {
      const before = segments[current - 1]
      if (!isFitting) {
        if (!segment.head || (!segment.isDone && segment.made.length === 0)) return
        if (!fit(before?.tail, segment.head)) onMisfit()
        isFitting = true
      }
      for (const { chunk, made } of segment.made.splice(0)) {
        frames += made.frames
        publish(chunk, made)
      }
      if (!segment.isDone) return
      current += 1
      isFitting = false
    }
  }

  return {
    add: (segment, chunk, made) => {
      segment.made.push({ chunk, made })
      advance()
    },
    head: (segment, samples, most) => {
      if (samples.length === 0 || segment.head?.length === most) return
      segment.head = joined(segment.head, samples, most)
    },
    tail: (segment, samples, most) => {
      if (samples.length === 0 || segment.tail?.length === most) return
      segment.tail = joined(segment.tail, samples, most)
    },
    done: (segment) => {
      segment.isDone = true
      advance()
    },
    frames: () => frames,
  }
}
