import type { EditList } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import { afterPaint } from './after-paint.ts'
import type { SourceTiles } from './source-tiles.ts'
import { createWaveSource } from './wave-source.ts'

/**
 * Asks for what a view of all of a list will look at, so that it comes while the page is built. The
 * width is a guess in CSS pixels: levels are a factor of four apart, and what is not needed is given up.
 */
export const lookAhead = (tiles: SourceTiles, list: EditList, width: number): void => {
  const columns = Math.max(1, Math.round(width * devicePixelRatio))
  const window = { list, from: 0, columns, framesPerColumn: framesOf(list) / columns }
  const reader = tiles.reader()
  reader.look(list.channels, (lookup) => createWaveSource().formOf(window, lookup))
  const stop = tiles.onArrival(() => {
    stop()
    // By then the view has looked for itself.
    afterPaint(reader.end)
  })
}
