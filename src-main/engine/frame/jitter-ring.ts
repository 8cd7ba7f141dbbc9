/** Of a sample that did not come. Samples of that value are written as their neighbour. */
const ABSENT = -32_768

/**
 * The samples of half a second to come, each at its RTP timestamp: out of order, in packets of any length, twice — it
 * does not matter. `size` is a power of two, so that timestamps may wrap.
 */
export const createJitterRing = (size: number) => {
  const samples = new Int16Array(size).fill(ABSENT)
  const mask = size - 1

  return {
    size,
    isPresent: (timestamp: number): boolean => samples[timestamp & mask] !== ABSENT,
    write: (timestamp: number, from: Int16Array, first: number, count: number) => {
      for (let i = first; i < count; i += 1) {
        const sample = from[i] ?? 0
        samples[(timestamp + i) & mask] = sample === ABSENT ? ABSENT + 1 : sample
      }
    },
    /** Silence, where nothing else is. */
    silence: (timestamp: number, count: number) => {
      for (let i = 0; i < count; i += 1) {
        const at = (timestamp + i) & mask
        if (samples[at] === ABSENT) samples[at] = 0
      }
    },
    /** Moves samples out, from index `from` on, until one is absent; their number. The timestamp is that of index 0. */
    take: (timestamp: number, into: Int16Array, from: number): number => {
      let i = from
      for (; i < into.length; i += 1) {
        const at = (timestamp + i) & mask
        const sample = samples[at] ?? ABSENT
        if (sample === ABSENT) break
        samples[at] = ABSENT
        into[i] = sample
      }
      return i - from
    },
    /** Copies them without looking whether they are absent. */
    peek: (timestamp: number, into: Int16Array) => {
      for (let i = 0; i < into.length; i += 1) into[i] = samples[(timestamp + i) & mask] ?? ABSENT
    },
    /** How many from there on are present (or absent), `most` at most. */
    run: (timestamp: number, present: boolean, most: number): number => {
      let i = 0
      while (i < most && (samples[(timestamp + i) & mask] !== ABSENT) === present) i += 1
      return i
    },
    clear: (timestamp: number, count: number) => {
      for (let i = 0; i < count; i += 1) samples[(timestamp + i) & mask] = ABSENT
    },
    clearAll: () => {
      samples.fill(ABSENT)
    },
  }
}

export type JitterRing = ReturnType<typeof createJitterRing>
