import { heightOfPeak } from './wave-geometry.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The peaks of a `shape` string, 0 to 1 of full scale; unknown characters are silence. */
export const peaksOfShape = (shape: string): number[] =>
  Array.from(shape, (character) => Math.max(0, alphabet.indexOf(character)) / 63)

/** The height of the drawing's view box; a bar of the shape takes 1 of its width. */
export const SHAPE_HEIGHT = 20
const MIDDLE = SHAPE_HEIGHT / 2
/** Silence is a row of dots, not a hole. */
const LEAST = 0.8

const BAR = 0.65

/** One upright bar per peak, mirrored around the middle. Filled, because strokes cost more to draw. */
const pathOfPeaks = (peaks: readonly number[]): string =>
  peaks
    .map((peak, index) => {
      const height = Math.max(LEAST, heightOfPeak(peak) * MIDDLE)
      const top = (MIDDLE - height).toFixed(1)
      return `M${index} ${top}h${BAR}v${(2 * height).toFixed(1)}h-${BAR}z`
    })
    .join('')

const pathsByShape = new Map<string, string>()
/** More than any screen shows: old entries only cost memory. */
const REMEMBERED = 20_000

/** A shape as an SVG path to be filled, computed once per shape. */
export const pathOfShape = (shape: string): string => {
  const known = pathsByShape.get(shape)
  if (known !== undefined) return known
  if (pathsByShape.size >= REMEMBERED) pathsByShape.clear()
  const path = pathOfPeaks(peaksOfShape(shape))
  pathsByShape.set(shape, path)
  return path
}
