/** Columns of one tile of a spectrogram. */
export const columnsPerTile = 128

/** How long one transform listens: long enough to tell the harmonics of a voice apart. */
const windowS = 0.04
const mostOverlap = 16
/** Columns further apart than a transform is long are read one by one: fewer of them are wider. */
const pixelsPerSparseColumn = 4

/** What of a spectrogram is computed at a zoom. */
export type SpectrumGrid = {
  /** Frames of a transform, and from one to the next; powers of two. */
  size: number
  hop: number
  /** Whether there are frames between the transforms that nobody looks at. */
  isSparse: boolean
}

const nearestPower = (value: number) => 2 ** Math.round(Math.log2(value))
const nextPower = (value: number) => 2 ** Math.ceil(Math.log2(value))

/** Zooms that differ by less than a factor of two share a grid, so what is computed lasts. */
export const spectrumGridOf = (framesPerPixel: number, sampleRateHz: number): SpectrumGrid => {
  const size = Math.max(64, nearestPower(sampleRateHz * windowS))
  const hop = Math.max(size / mostOverlap, nextPower(framesPerPixel))
  if (hop <= size) return { size, hop, isSparse: false }
  return { size, hop: nextPower(framesPerPixel * pixelsPerSparseColumn), isSparse: true }
}
