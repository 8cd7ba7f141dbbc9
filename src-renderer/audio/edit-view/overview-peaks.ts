import type { EditList } from '#contract/edit-list'
import { framesPerBucket } from '#contract/sources'
import { framesOf } from '#sound/edit-list/edit-list'
import { composePeaks, createColumns } from '#sound/edit-list/peaks'
import type { Lookup } from './source-tiles.ts'

/**
 * All of a list in `columns`, as wavesurfer takes peaks: how far the wave reaches up, and how far down.
 * Both are positive and none is above 1, or the whole picture would be scaled by it.
 */
export const overviewPeaks = (
  list: EditList,
  columns: number,
  { tileOf }: Lookup,
): [Float32Array, Float32Array] => {
  const frames = framesOf(list)
  // Short files have fewer buckets than the strip has pixels.
  const framesPerColumn = Math.max(framesPerBucket(0), frames / columns)
  const count = Math.max(1, Math.ceil(frames / framesPerColumn))
  const out = createColumns(count, list.channels)
  composePeaks(out, { list, from: 0, framesPerColumn, tileOf })
  const up = new Float32Array(count)
  const down = new Float32Array(count)
  for (let column = 0; column < count; column++) {
    for (let channel = 0; channel < list.channels; channel++) {
      const at = column * list.channels + channel
      up[column] = Math.min(1, Math.max(up[column] ?? 0, out.max[at] ?? 0))
      down[column] = Math.min(1, Math.max(down[column] ?? 0, -(out.min[at] ?? 0)))
    }
  }
  return [up, down]
}
