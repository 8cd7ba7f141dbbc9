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

/** The level of a sine that a byte stands for, dBFS. */
export const decibelsOf = (byte: number): number => (byte / 255) * 120 - 120

/** Column c is centred at frame c·hop; samples from −1 to 1, what lies outside of them is silence. */
export const spectrogramColumns = (
  _samples: Float32Array,
  _options: SpectrogramOptions,
): Spectrogram => {
  throw new Error('being written')
}
