/** The arithmetic of a room: sums of 32 bits, so that nothing is lost before it is cut to 16. */

const clip = (sample: number): number =>
  sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample

export const addTo = (sum: Int32Array, samples: Int16Array): void => {
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (samples[i] ?? 0)
}

export const subtractFrom = (sum: Int32Array, samples: Int16Array): void => {
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) - (samples[i] ?? 0)
}

export const clipInto = (out: Int16Array, sum: Int32Array): void => {
  for (let i = 0; i < out.length; i += 1) out[i] = clip(sum[i] ?? 0)
}

/** The sum without what one said: what they hear. */
export const clipWithoutInto = (out: Int16Array, sum: Int32Array, own: Int16Array): void => {
  for (let i = 0; i < out.length; i += 1) out[i] = clip((sum[i] ?? 0) - (own[i] ?? 0))
}

/** Both, cut to 16 bits, in place of the first. */
export const mixInto = (samples: Int16Array, others: Int16Array): void => {
  for (let i = 0; i < samples.length; i += 1) {
    samples[i] = clip((samples[i] ?? 0) + (others[i] ?? 0))
  }
}
