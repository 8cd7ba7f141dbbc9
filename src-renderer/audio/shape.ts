import { heightOfPeak } from './wave-geometry.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The peaks of a `shape` string, 0 to 1 of full scale; unknown characters are silence. */
export const peaksOfShape = (shape: string): number[] =>
  Array.from(shape, (character) => Math.max(0, alphabet.indexOf(character)) / 63)

/** The height of the drawing's view box; a column of the shape is 1 wide. */
export const SHAPE_HEIGHT = 20
const MIDDLE = SHAPE_HEIGHT / 2
/** Silence is a line, not a hole. */
const THREAD = 0.7

const pathOfPeaks = (peaks: readonly number[]): string => {
  const heights = peaks.map((peak) => Math.max(THREAD, heightOfPeak(peak) * MIDDLE))
  const top = heights.map((height, index) => `${index + 0.5} ${(MIDDLE - height).toFixed(1)}`)
  const bottom = heights.map((height, index) => `${index + 0.5} ${(MIDDLE + height).toFixed(1)}`)
  return `M${top.join('L')}L${bottom.reverse().join('L')}Z`
}

const pathsByShape = new Map<string, string>()
/** More than any screen shows: old entries only cost memory. */
const REMEMBERED = 20_000

/** The outline of a shape as an SVG path, computed once per shape. */
export const pathOfShape = (shape: string): string => {
  const known = pathsByShape.get(shape)
  if (known !== undefined) return known
  if (pathsByShape.size >= REMEMBERED) pathsByShape.clear()
  const path = shape === '' ? '' : pathOfPeaks(peaksOfShape(shape))
  pathsByShape.set(shape, path)
  return path
}
