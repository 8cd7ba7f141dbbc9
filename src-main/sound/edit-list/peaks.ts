import type { EditList } from '#contract/edit-list'

/** Buckets of one tile; the last tile of a source holds fewer. */
export const bucketsPerTile = 1024

/**
 * A tile of a level of a source as the contract lays it out (min i16, max i16, rms u16, clipped u16 a
 * bucket and channel), undefined while it is missing. Called for every stretch: it should be a lookup.
 */
export type TileOf = (source: string, level: number, tile: number) => Int16Array | undefined

/** One value a column and channel, at column · channels + channel. */
export type Columns = {
  columns: number
  channels: number
  /** Shares of full scale, −1 to 1. A column behind the end of the list is all 0. */
  min: Float32Array
  max: Float32Array
  rms: Float32Array
  /** 1 where something is clipped. */
  clip: Uint8Array
  /** One value a column: 1 while a bucket of it is missing; the values are of what is there. */
  missing: Uint8Array
}

export const createColumns = (columns: number, channels: number): Columns => ({
  columns,
  channels,
  min: new Float32Array(columns * channels),
  max: new Float32Array(columns * channels),
  rms: new Float32Array(columns * channels),
  clip: new Uint8Array(columns * channels),
  missing: new Uint8Array(columns),
})

export type Composition = {
  list: EditList
  /** May be fractional. */
  from: number
  /** From 256. */
  framesPerColumn: number
  tileOf: TileOf
}

/** Fills all columns of `out` with what [from, from + columns · framesPerColumn) looks like. */
export const composePeaks = (out: Columns, composition: Composition): void => {
  throw new Error(`${out.columns} ${composition.from}`)
}
