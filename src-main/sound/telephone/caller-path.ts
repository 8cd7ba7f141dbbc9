export type Law = 'ulaw' | 'alaw'

/** Audio as it arrives at a caller's ear: mono, 300–3400 Hz, 8 kHz, G.711. */
export type CallerPath = {
  /** Frames by which the output is late. What goes in as frame n comes out as frame n + latency. */
  latency: number
  /**
   * One array a channel, all of one length, samples from −1 to 1; fills `output`, which may be the
   * same arrays, with as many frames. Cut into blocks in any way it gives the same samples.
   */
  process: (input: readonly Float32Array[], output: readonly Float32Array[]) => void
}

export const createCallerPath = (_format: {
  sampleRateHz: number
  channels: number
  law: Law
}): CallerPath => {
  throw new Error('being written')
}
