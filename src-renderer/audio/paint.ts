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
export type Surface = Pick<
  CanvasRenderingContext2D,
  'clearRect' | 'fillRect' | 'beginPath' | 'moveTo' | 'lineTo' | 'closePath' | 'fill' | 'fillStyle'
>

/** Air above and below full scale. */
const PADDING = 4

type Outline = { up: Float32Array; down: Float32Array }

const fillOutline = (surface: Surface, { up, down }: Outline, picture: WavePicture) => {
  const { width, height, ratio } = picture
  const middle = height / 2
  const reach = middle - PADDING * ratio
  const step = width / Math.max(1, up.length)
  const thread = ratio / 2
  surface.beginPath()
  surface.moveTo(0, middle)
  up.forEach((value, column) => {
    surface.lineTo((column + 0.5) * step, middle - Math.max(thread, value * reach))
  })
  surface.lineTo(width, middle)
  for (let column = down.length - 1; column >= 0; column--) {
    const value = down[column] ?? 0
    surface.lineTo((column + 0.5) * step, middle + Math.max(thread, value * reach))
  }
  surface.closePath()
  surface.fill()
}

/** Two filled outlines: the extremes and, inside them, the body. */
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
  fillOutline(surface, columns, picture)
  surface.fillStyle = colours.body
  fillOutline(surface, { up: columns.body, down: columns.body }, picture)
  if (playheadX !== undefined) {
    const line = Math.max(1, Math.round(1.5 * ratio))
    surface.fillStyle = colours.playhead
    surface.fillRect(Math.min(width - line, Math.round(playheadX - line / 2)), 0, line, height)
  }
}
