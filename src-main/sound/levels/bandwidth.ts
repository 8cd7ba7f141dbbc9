import { createPowerSpectrum } from '../spectrum/fft.ts'
import { blackmanHarris } from '../spectrum/window.ts'

/** Up to where there is energy worth hearing. */
export type Bandwidth = {
  push: (samples: Float64Array, count: number) => void
  /** Hz; 0 for silence. `noiseFloor` in dBov tells energy from noise, where there is one. */
  finish: (noiseFloor: number | null) => number
}

const WIDEST_BIN_HZ = 32
const BELOW_LOUDEST = 10 ** (-60 / 10)
const ABOVE_NOISE = 10 ** (6 / 10)

const gainOf = (window: Float64Array): number =>
  window.reduce((sum, value) => sum + value * value, 0)

/** The long-term spectrum of speech falls by about 40 dB up to 8 kHz; what is 60 dB below its top is nothing. */
export const createBandwidth = (sampleRateHz: number): Bandwidth => {
  const size = 2 ** Math.max(5, Math.ceil(Math.log2(sampleRateHz / WIDEST_BIN_HZ)))
  const whole = blackmanHarris(size)
  const spectrum = createPowerSpectrum(size)
  const block = new Float64Array(size)
  const sums = new Float64Array(size / 2 + 1)
  const wholeGain = gainOf(whole)
  /** Of all windows so far: what noise of power 1 would have added to every bin. */
  let gain = 0
  let filled = 0

  const transform = (window: Float64Array, gainHere: number) => {
    for (let i = 0; i < size; i += 1) block[i] = (block[i] ?? 0) * (window[i] ?? 0)
    const power = spectrum(block)
    for (let bin = 0; bin < sums.length; bin += 1) sums[bin] = (sums[bin] ?? 0) + (power[bin] ?? 0)
    gain += gainHere
    filled = 0
  }

  return {
    push: (samples, count) => {
      for (let from = 0; from < count;) {
        const taken = Math.min(count - from, size - filled)
        block.set(samples.subarray(from, from + taken), filled)
        filled += taken
        from += taken
        if (filled === size) transform(whole, wholeGain)
      }
    },
    finish: (noiseFloor) => {
      // A rest with an edge would look like sound of every frequency; it counts where there is no more.
      if (gain === 0 && filled > 0) {
        const window = blackmanHarris(filled)
        block.fill(0, filled)
        transform(window, gainOf(window))
      }
      // The lowest bins hold the offset, not sound.
      const loudest = Math.max(...sums.subarray(4))
      if (loudest <= 0) return 0
      // Noise of that level, spread evenly over the bins.
      const noise = noiseFloor === null ? 0 : 10 ** (noiseFloor / 10) * gain
      const least = Math.max(loudest * BELOW_LOUDEST, noise * ABOVE_NOISE)
      const highest = sums.findLastIndex((value) => value >= least)
      return Math.max(0, Math.round((highest * sampleRateHz) / size))
    },
  }
}
