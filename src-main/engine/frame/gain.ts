import { amplitudeOf } from '#sound/levels/decibels'

/** What samples are multiplied by. */
export const factorOf = (gainDb: number): number => (gainDb === 0 ? 1 : amplitudeOf(gainDb))

const round = (value: number): number => {
  if (value > 32_767) return 32_767
  return value < -32_768 ? -32_768 : Math.floor(value + 0.5)
}

/** In place; what has no room becomes the greatest sample. */
export const amplify = (samples: Int16Array, factor: number): void => {
  for (let i = 0; i < samples.length; i += 1) samples[i] = round((samples[i] ?? 0) * factor)
}

export const amplifyInto = (out: Int16Array, sum: Int32Array, factor: number): void => {
  for (let i = 0; i < out.length; i += 1) out[i] = round((sum[i] ?? 0) * factor)
}
