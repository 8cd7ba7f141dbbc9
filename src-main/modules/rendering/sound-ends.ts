/** Where sound begins and ends: the first frame with a sample above a level, and the one behind the last. */
export type SoundEnds = { first: number; end: number }

/**
 * Takes interleaved little-endian samples, cut wherever, and answers undefined when none was above
 * `thresholdDbfs`.
 */
export const createSoundFinder = (
  { bits, channels }: { bits: 16 | 32; channels: number },
  thresholdDbfs: number,
) => {
  const threshold = 10 ** (thresholdDbfs / 20) * 2 ** (bits - 1)
  const width = bits / 8
  let samplesBefore = 0
  let first = -1
  let last = -1
  let rest: Buffer = Buffer.alloc(0)

  const look = (bytes: Buffer) => {
    // A copy starts where samples of this width may lie in memory.
    const { buffer } = new Uint8Array(bytes)
    const samples = bits === 16 ? new Int16Array(buffer) : new Int32Array(buffer)
    for (let index = 0; index < samples.length; index += 1) {
      const sample = samples[index] ?? 0
      if (sample <= threshold && -sample <= threshold) continue
      if (first < 0) first = samplesBefore + index
      last = samplesBefore + index
    }
    samplesBefore += samples.length
  }

  const push = (chunk: Buffer) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const whole = bytes.length - (bytes.length % width)
    look(bytes.subarray(0, whole))
    rest = Buffer.from(bytes.subarray(whole))
  }

  const finish = (): SoundEnds | undefined =>
    first < 0
      ? undefined
      : { first: Math.floor(first / channels), end: Math.floor(last / channels) + 1 }

  return { push, finish }
}
