import { createPowerSpectrum } from './fft.ts'
import { hann } from './window.ts'

export type SpectrogramOptions = {
  /** Frames of one transform: a power of two. */
  size: number
  /** Frames from one column to the next. */
  hop: number
  sampleRateHz: number
  /** The highest frequency that is wanted; half the rate at most. */
  maxHz: number
}

/** Levels of a stretch of audio by time and frequency, ready for painting. */
export type Spectrogram = {
  columns: number
  bins: number
  /** Width of a bin. */
  hzPerBin: number
  /** `bins` bytes a column, lowest frequency first; `decibelsOf` says what they mean. */
  data: Uint8Array
}

const DEPTH_DB = 120

/** The level of a sine that a byte stands for, dBFS. */
export const decibelsOf = (byte: number): number => (byte / 255) * DEPTH_DB - DEPTH_DB

/** Column c is centred at frame c·hop; samples from −1 to 1, what lies outside of them is silence. */
export const spectrogramColumns = (
  samples: Float32Array,
  { size, hop, sampleRateHz, maxHz }: SpectrogramOptions,
): Spectrogram => {
  const spectrum = createPowerSpectrum(size)
  const window = hann(size)
  const full = window.reduce((sum, value) => sum + value, 0) / 2
  const hzPerBin = sampleRateHz / size
  const bins = Math.min(size / 2, Math.floor(maxHz / hzPerBin)) + 1
  const columns = Math.ceil(samples.length / hop)
  const data = new Uint8Array(columns * bins)
  const block = new Float64Array(size)
  const bytesPerDb = 255 / DEPTH_DB
  const fullDb = 20 * Math.log10(full)

  for (let column = 0; column < columns; column += 1) {
    const start = column * hop - size / 2
    const [first, end] = [Math.max(0, -start), Math.min(size, samples.length - start)]
    if (end - first < size) block.fill(0)
    for (let i = first; i < end; i += 1) block[i] = (samples[start + i] ?? 0) * (window[i] ?? 0)
    const power = spectrum(block)
    for (let bin = 0; bin < bins; bin += 1) {
      const decibels = 10 * Math.log10((power[bin] ?? 0) + 1e-30) - fullDb
      data[column * bins + bin] = Math.max(0, Math.min(255, (decibels + DEPTH_DB) * bytesPerDb))
    }
  }
  return { columns, bins, hzPerBin, data }
}
