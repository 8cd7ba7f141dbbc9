import type { EditColours } from './edit-colours.ts'
import type { SpectrumTile } from './spectrum-tiles.ts'
import type { Surface } from './surface.ts'
import type { View } from './types.ts'
import { frameAt, xOf } from './view.ts'

/** Tiles as pictures, made once for each set of colours. */
export type SpectrumPictures = { of: (tile: SpectrumTile, map: Uint32Array) => OffscreenCanvas }

export const createSpectrumPictures = (): SpectrumPictures => {
  const made = new WeakMap<SpectrumTile, { picture: OffscreenCanvas; map: Uint32Array }>()
  return {
    of: (tile, map) => {
      const known = made.get(tile)
      if (known?.map === map) return known.picture
      const { columns, bins, data } = tile
      const picture = new OffscreenCanvas(Math.max(1, columns), bins)
      const image = new ImageData(Math.max(1, columns), bins)
      const pixels = new Uint32Array(image.data.buffer)
      for (let column = 0; column < columns; column++) {
        for (let bin = 0; bin < bins; bin++) {
          // Low frequencies are at the bottom.
          pixels[(bins - 1 - bin) * columns + column] = map[data[column * bins + bin] ?? 0] ?? 0
        }
      }
      picture.getContext('2d')?.putImageData(image, 0, 0)
      made.set(tile, { picture, map })
      return picture
    },
  }
}

export type SpectrumPicture = {
  view: View
  tiles: readonly SpectrumTile[]
  pictures: SpectrumPictures
  map: Uint32Array
  topHz: number
  /** Frames of the list: nothing is painted behind its end. */
  frames: number
  colours: EditColours
  font: string
}

const labels = (topHz: number): number[] => {
  const step = [500, 1000, 2000, 4000, 8000, 16_000].find((each) => topHz / each <= 6) ?? 32_000
  return Array.from({ length: Math.floor((topHz - 1) / step) }, (_, index) => (index + 1) * step)
}

const paintScale = (surface: Surface, { topHz, colours, font }: SpectrumPicture): void => {
  const { context, height, ratio } = surface
  context.font = font
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  for (const hz of labels(topHz)) {
    const y = height * (1 - hz / topHz)
    const text = hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz`
    const width = context.measureText(text).width
    if (y < 8 * ratio) continue
    context.fillStyle = colours.back
    context.globalAlpha = 0.72
    context.fillRect(0, y - 7 * ratio, width + 8 * ratio, 14 * ratio)
    context.globalAlpha = 1
    context.fillStyle = colours.text
    context.fillText(text, 4 * ratio, y)
  }
}

export const paintSpectrum = (surface: Surface, picture: SpectrumPicture): void => {
  const { context, width, height, ratio } = surface
  const { view, tiles, pictures, map, topHz, frames } = picture
  context.clearRect(0, 0, width, height)
  context.imageSmoothingEnabled = true
  for (const tile of tiles) {
    // A column is seen around the frame it is centred at.
    const from = xOf(view, tile.from - tile.hop / 2) * ratio
    const to = from + (tile.columns * tile.hop * ratio) / view.framesPerPixel
    const rows = height * ((tile.bins * tile.hzPerBin) / topHz)
    context.drawImage(pictures.of(tile, map), from, height - rows, to - from, rows)
  }
  const end = xOf(view, frames) * ratio
  if (end < width) context.clearRect(Math.max(0, end), 0, width - end, height)
  paintScale(surface, picture)
}

/** The byte of a spectrogram under a point given in CSS pixels; undefined where none is yet. */
export const levelUnder = (
  { x, share }: { x: number; share: number },
  { tiles, view, topHz }: Pick<SpectrumPicture, 'tiles' | 'view' | 'topHz'>,
): { hz: number; byte: number } | undefined => {
  const frame = frameAt(view, x)
  const hz = (1 - share) * topHz
  for (const tile of tiles.toReversed()) {
    const column = Math.round((frame - tile.from) / tile.hop)
    const bin = Math.round(hz / tile.hzPerBin)
    if (column < 0 || column >= tile.columns || bin >= tile.bins) continue
    return { hz, byte: tile.data[column * tile.bins + bin] ?? 0 }
  }
  return undefined
}
