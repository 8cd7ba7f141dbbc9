/** Judges what was heard, by tones. */
export type Heard = {
  readonly samples: readonly number[]
  readonly rate: number
}

/** Level of a tone in dB below a sine of full scale, by Goertzel's recurrence under a Hann window. */
export const levelOf = ({ samples, rate }: Heard, hz: number): number => {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let last = 0
  let former = 0
  samples.forEach((sample, i) => {
    const window = 1 - Math.cos((2 * Math.PI * i) / samples.length)
    const next = sample * window + turn * last - former
    former = last
    last = next
  })
  const power = last * last + former * former - turn * last * former
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length)
  return 20 * Math.log10(Math.max(1e-9, amplitude / 32_768))
}

/** The longest stretch in which nothing was louder than `floor`, in milliseconds. */
export const longestSilenceMs = ({ samples, rate }: Heard, floor = 100): number => {
  let longest = 0
  let current = 0
  for (const sample of samples) {
    current = Math.abs(sample) > floor ? 0 : current + 1
    longest = Math.max(longest, current)
  }
  return (longest * 1000) / rate
}
