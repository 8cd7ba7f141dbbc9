import type { EditList } from '#contract/edit-list'
import { framesPerBucket } from '#contract/sources'
import { composePeaks, createColumns, type Columns } from '#sound/edit-list/peaks'
import { clippedSamples, type ClipMark } from './clip-marks.ts'
import { createMixedBlocks, framesPerMixedBlock } from './mixed-blocks.ts'
import type { Line } from './paint-wave.ts'
import { isClipped, sampleColumns, type BlockOf } from './sample-columns.ts'
import type { Lookup } from './source-tiles.ts'

const fullScale = 2 ** 31
const mixedBytes = 12e6

/** From here on a picture of single samples: a column would hold one or none. */
const fewestFramesPerColumn = 1

export type Window = {
  list: EditList
  /** Leftmost frame, fractional. */
  from: number
  /** Device pixels, and frames in each of them. */
  columns: number
  framesPerColumn: number
}

/** What the wave looks like in a window: columns, or a line through samples. */
export type WaveForm = { columns: Columns; line?: never } | { line: Line; columns?: never }

export type WaveSource = {
  formOf: (window: Window, lookup: Lookup) => WaveForm
  /** Clipped samples of a mark; 0 where only a gain brought them beyond full scale. */
  clippedIn: (window: Window, mark: ClipMark, lookup: Lookup) => number
}

/** Stretches columns of 256 frames to narrower ones: seen while the samples are on their way. */
const stretch = (out: Columns, coarse: Columns, ratio: number): void => {
  const { channels } = out
  for (let column = 0; column < out.columns; column++) {
    if (out.missing[column] !== 1) continue
    const source = Math.floor(column * ratio)
    out.missing[column] = coarse.missing[source] ?? 1
    for (let channel = 0; channel < channels; channel++) {
      const to = column * channels + channel
      const from = source * channels + channel
      out.min[to] = coarse.min[from] ?? 0
      out.max[to] = coarse.max[from] ?? 0
      out.rms[to] = coarse.rms[from] ?? 0
      out.clip[to] = coarse.clip[from] ?? 0
    }
  }
}

export const createWaveSource = (): WaveSource => {
  const mixed = createMixedBlocks(mixedBytes)
  let kept = createColumns(0, 1)
  const columnsFor = (columns: number, channels: number): Columns => {
    if (kept.columns !== columns || kept.channels !== channels) {
      kept = createColumns(columns, channels)
    }
    return kept
  }

  const blockMemo = (list: EditList, lookup: Lookup): BlockOf => {
    // Asked thousands of times a frame for the same few blocks, missing ones included.
    const seen = new Map<number, Int32Array | undefined>()
    return (index) => {
      if (!seen.has(index)) seen.set(index, mixed.block(list, index, lookup))
      return seen.get(index)
    }
  }

  const lineIn = ({ list, from, columns, framesPerColumn }: Window, blockOf: BlockOf): Line => {
    // One sample beyond both edges, or the line would end inside the picture.
    const first = Math.max(0, Math.floor(from) - 1)
    const count = Math.ceil(from + columns * framesPerColumn) + 2 - first
    return {
      x: (first - from) / framesPerColumn,
      step: 1 / framesPerColumn,
      count,
      valueOf: (index, channel) => {
        const frame = first + index
        const block = Math.floor(frame / framesPerMixedBlock)
        const value =
          blockOf(block)?.[(frame - block * framesPerMixedBlock) * list.channels + channel]
        return value === undefined ? undefined : value / fullScale
      },
    }
  }

  const gridOf = ({ from, framesPerColumn }: Window) =>
    // Columns lie on a grid of frames: scrolled, they are the same columns and do not shimmer.
    Math.floor(from / framesPerColumn) * framesPerColumn

  return {
    clippedIn: (window, { channel, ...mark }, lookup) => {
      const { list, framesPerColumn } = window
      const from = gridOf(window) + mark.from * framesPerColumn
      const to = gridOf(window) + mark.to * framesPerColumn
      if (framesPerColumn >= framesPerBucket(0)) {
        return clippedSamples(list, { from, to, channel, framesPerColumn }, lookup.tileOf)
      }
      const blockOf = blockMemo(list, lookup)
      let count = 0
      for (let frame = Math.max(0, Math.floor(from)); frame < Math.floor(to); frame++) {
        const block = Math.floor(frame / framesPerMixedBlock)
        const at = (frame - block * framesPerMixedBlock) * list.channels + channel
        if (isClipped(blockOf(block)?.[at] ?? 0)) count++
      }
      return count
    },
    formOf: (window, lookup) => {
      const { list, columns, framesPerColumn } = window
      const out = columnsFor(columns, list.channels)
      const from = gridOf(window)
      const least = framesPerBucket(0)
      if (framesPerColumn >= least) {
        composePeaks(out, { list, from, framesPerColumn, tileOf: lookup.tileOf })
        return { columns: out }
      }
      const blockOf = blockMemo(list, lookup)
      const standIn = () => {
        const ratio = framesPerColumn / least
        const coarse = createColumns(Math.ceil(columns * ratio) + 1, list.channels)
        composePeaks(coarse, { list, from, framesPerColumn: least, tileOf: lookup.tileOf })
        stretch(out, coarse, ratio)
      }
      if (framesPerColumn > fewestFramesPerColumn) {
        sampleColumns(out, { from, framesPerColumn }, blockOf)
        if (out.missing.includes(1)) standIn()
        return { columns: out }
      }
      const line = lineIn(window, blockOf)
      if (blockOf(Math.floor(Math.max(0, from) / framesPerMixedBlock))) return { line }
      out.missing.fill(1)
      standIn()
      return { columns: out }
    },
  }
}
