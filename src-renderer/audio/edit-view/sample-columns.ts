import type { Columns } from '#sound/edit-list/peaks'
import { framesPerMixedBlock } from './mixed-blocks.ts'

/** Interleaved 32-bit samples of a block of the list, undefined while they are on their way. */
export type BlockOf = (index: number) => Int32Array | undefined

const fullScale = 2 ** 31
/** Clipped as files of 16 bits know it. */
const clippedAt = 32_767 * 65_536

export const isClipped = (sample: number): boolean => sample >= clippedAt || sample <= -clippedAt

/** Frames that the body is measured over, at least: below a period of a voice it would be the wave. */
const bodyFrames = 128

type Stretch = { from: number; framesPerColumn: number }

type Run = { samples: Int32Array; first: number; last: number; isFirst: boolean }

/** Half a million turns a frame where columns are widest: what can wait is not in the loop. */
const addSamples = (out: Columns, at: number, { samples, first, last, isFirst }: Run): void => {
  const step = out.channels
  let low = isFirst ? fullScale : (out.min[at] ?? 0) * fullScale
  let high = isFirst ? -fullScale : (out.max[at] ?? 0) * fullScale
  let squares = 0
  for (let i = first; i < last; i += step) {
    const value = samples[i] ?? 0
    if (value < low) low = value
    if (value > high) high = value
    squares += value * value
  }
  if (low > high) return
  out.min[at] = low / fullScale
  out.max[at] = high / fullScale
  out.rms[at] = (out.rms[at] ?? 0) + squares / fullScale ** 2
  if (isClipped(low) || isClipped(high)) out.clip[at] = 1
}

const sumColumn = (
  out: Columns,
  column: number,
  { from, to, blockOf }: { from: number; to: number; blockOf: BlockOf },
): void => {
  const { channels } = out
  for (let frame = from; frame < to;) {
    const index = Math.floor(frame / framesPerMixedBlock)
    const start = index * framesPerMixedBlock
    const end = Math.min(to, start + framesPerMixedBlock)
    const samples = blockOf(index)
    if (!samples) {
      out.missing[column] = 1
    } else {
      const last = Math.min(samples.length, (end - start) * channels)
      for (let channel = 0; channel < channels; channel++) {
        const first = (frame - start) * channels + channel
        const at = column * channels + channel
        addSamples(out, at, { samples, first, last, isFirst: frame === from })
      }
    }
    frame = end
  }
}

/** Turns sums of squares into the body: RMS over neighbours, because a column is too short for one. */
const smoothBody = ({ columns, channels, rms }: Columns, framesPerColumn: number): void => {
  const reach = Math.ceil(bodyFrames / framesPerColumn / 2)
  const sums = new Float64Array(columns + 1)
  for (let channel = 0; channel < channels; channel++) {
    for (let column = 0; column < columns; column++) {
      sums[column + 1] = (sums[column] ?? 0) + (rms[column * channels + channel] ?? 0)
    }
    for (let column = 0; column < columns; column++) {
      const first = Math.max(0, column - reach)
      const end = Math.min(columns, column + reach + 1)
      const sum = (sums[end] ?? 0) - (sums[first] ?? 0)
      rms[column * channels + channel] = Math.sqrt(
        Math.max(0, sum) / Math.max(1, (end - first) * framesPerColumn),
      )
    }
  }
}

/** Lets each column reach the one before it: a steep wave would fall apart into dashes. */
const joinColumns = ({ columns, channels, min, max, missing }: Columns): void => {
  for (let channel = 0; channel < channels; channel++) {
    let low = 0
    let high = 0
    for (let column = 0; column < columns; column++) {
      const at = column * channels + channel
      const [ownLow, ownHigh] = [min[at] ?? 0, max[at] ?? 0]
      if (column > 0 && missing[column] !== 1 && missing[column - 1] !== 1) {
        min[at] = Math.min(ownLow, high)
        max[at] = Math.max(ownHigh, low)
      }
      low = ownLow
      high = ownHigh
    }
  }
}

/** The same as `composePeaks`, from real samples: for columns of fewer than 256 frames. */
export const sampleColumns = (
  out: Columns,
  { from, framesPerColumn }: Stretch,
  blockOf: BlockOf,
): void => {
  for (const values of [out.min, out.max, out.rms, out.clip, out.missing]) values.fill(0)
  for (let column = 0; column < out.columns; column++) {
    const first = Math.floor(from + column * framesPerColumn)
    const end = Math.max(first + 1, Math.floor(from + (column + 1) * framesPerColumn))
    sumColumn(out, column, { from: first, to: end, blockOf })
  }
  smoothBody(out, framesPerColumn)
  joinColumns(out)
}
