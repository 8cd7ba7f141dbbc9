import type { EditList, Layer } from '#contract/edit-list'
import { framesPerBucket } from '#contract/sources'
import { framesOf, slice } from '#sound/edit-list/edit-list'
import {
  bucketsPerTile,
  levelFor,
  topLevel,
  type Columns,
  type TileOf,
} from '#sound/edit-list/peaks'
import type { FrameRange } from './types.ts'

/** A place where something is clipped: columns [from, to) of a channel. */
export type ClipMark = { channel: number; from: number; to: number }

/** Neighbours closer than `gap` columns share a mark, which has room beside it for a number. */
export const clipMarksOf = ({ clip, columns, channels }: Columns, gap: number): ClipMark[] => {
  const marks: ClipMark[] = []
  for (let channel = 0; channel < channels; channel++) {
    let open: ClipMark | undefined
    for (let column = 0; column < columns; column++) {
      if ((clip[column * channels + channel] ?? 0) === 0) continue
      if (open && column - open.from < gap) {
        open.to = column + 1
      } else {
        open = { channel, from: column, to: column + 1 }
        marks.push(open)
      }
    }
  }
  return marks
}

const clippedInLayer = (
  layer: Layer,
  frames: number,
  count: (source: string, from: number, frames: number) => number,
): number =>
  'layers' in layer
    ? layer.layers.reduce((sum, each) => sum + clippedInLayer(each, frames, count), 0)
    : count(layer.source, layer.in, frames)

/**
 * Samples that came clipped from their sources, of one channel of a range; buckets count where they
 * begin. What only a gain brought beyond full scale is not among them.
 */
export const clippedSamples = (
  list: EditList,
  { from, to, channel, framesPerColumn }: FrameRange & { channel: number; framesPerColumn: number },
  tileOf: TileOf,
): number => {
  const stride = 4 * list.channels
  const countIn = (source: string, first: number, frames: number) => {
    const level = Math.min(levelFor(framesPerColumn), topLevel(list.sources[source]?.frames ?? 0))
    const length = framesPerBucket(level)
    let count = 0
    for (let index = Math.ceil(first / length); index * length < first + frames; index++) {
      const tile = tileOf(source, level, Math.floor(index / bucketsPerTile))
      count += (tile?.[(index % bucketsPerTile) * stride + channel * 4 + 3] ?? 0) & 0xffff
    }
    return count
  }
  const end = Math.min(framesOf(list), Math.ceil(to))
  const start = Math.max(0, Math.min(end, Math.floor(from)))
  return slice(list, start, end).reduce(
    (sum, { layers, frames }) =>
      sum + layers.reduce((all, layer) => all + clippedInLayer(layer, frames, countIn), 0),
    0,
  )
}
