import type { Columns } from './wave-geometry.ts'

export type WaveColours = {
  wave: string
  body: string
  axis: string
  played: string
  playhead: string
}

/** All lengths in device pixels. */
export type WavePicture = {
  columns: Columns
  width: number
  height: number
  /** Device pixels per CSS pixel. */
  ratio: number
  /** Undefined while there is nothing to point at. */
  playheadX: number | undefined
  colours: WaveColours
}

/** The drawing surface, as far as it is used: a canvas context fits. */
export type Surface = Pick<CanvasRenderingContext2D, 'clearRect' | 'fillRect' | 'fillStyle'>

/** Air above and below full scale. */
const PADDING = 4

/**
 * Columns are bars with air between them: a filled outline of speech at this size is a blob. Both are
 * whole device pixels, or some bars would look bolder than others.
 */
const pitchOf = (ratio: number): number => Math.max(2, Math.round(2.5 * ratio))
const barOf = (ratio: number): number => Math.round(pitchOf(ratio) * 0.62)

/** How many columns a width in device pixels has room for. */
export const columnCountOf = ({ width, ratio }: { width: number; ratio: number }): number =>
  Math.max(1, Math.floor(width / pitchOf(ratio)))

type Reach = { up: Float32Array; down: Float32Array }

const fillBars = (surface: Surface, { up, down }: Reach, picture: WavePicture) => {
  const { height, ratio } = picture
  const middle = height / 2
  const reach = middle - PADDING * ratio
  const pitch = pitchOf(ratio)
  const bar = barOf(ratio)
  const least = ratio / 2
  up.forEach((value, column) => {
    const top = Math.max(least, value * reach)
    const bottom = Math.max(least, (down[column] ?? 0) * reach)
    surface.fillRect(column * pitch, middle - top, bar, top + bottom)
  })
}

/** Two sets of bars: the extremes and, inside them, the body. */
export const paintWave = (surface: Surface, picture: WavePicture): void => {
  const { columns, width, height, ratio, playheadX, colours } = picture
  surface.clearRect(0, 0, width, height)
  if (playheadX !== undefined) {
    surface.fillStyle = colours.played
    surface.fillRect(0, 0, playheadX, height)
  }
  surface.fillStyle = colours.axis
  surface.fillRect(0, Math.round(height / 2 - ratio / 2), width, Math.round(ratio))
  surface.fillStyle = colours.wave
  fillBars(surface, columns, picture)
  surface.fillStyle = colours.body
  fillBars(surface, { up: columns.body, down: columns.body }, picture)
  if (playheadX !== undefined) {
    const line = Math.max(1, Math.round(1.5 * ratio))
    surface.fillStyle = colours.playhead
    surface.fillRect(Math.min(width - line, Math.round(playheadX - line / 2)), 0, line, height)
  }
}
