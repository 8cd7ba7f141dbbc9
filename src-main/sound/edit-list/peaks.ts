import {
  deepestMix,
  type EditList,
  type Layer,
  type SourceLayer,
  type Span,
} from '#contract/edit-list'
import { framesPerBucket } from '#contract/sources'
import { add, clear, createBounds, join, shape, silence, type Bounds } from './bounds.ts'
import { spanAt, startsOf } from './edit-list.ts'
import { isMix } from './span.ts'

/**
 * What an edit list looks like, composed of the pyramids of its sources without reading a sample. A
 * column is what its buckets are, so at the seams of spans it may show up to one bucket too much.
 */

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

/** The lowest level that has all of a source in one bucket: no higher one is asked for. */
export const topLevel = (frames: number): number => {
  let level = 0
  for (let length = framesPerBucket(0); length < frames; length *= 4) level += 1
  return level
}

/** The highest level of which a column covers at least one whole bucket; then it is at most four. */
export const levelFor = (framesPerColumn: number): number => {
  let level = 0
  while (framesPerBucket(level + 1) <= framesPerColumn) level += 1
  return level
}

/** State of one composition: the piece of a span that lies in a column, and room to work in. */
type Work = {
  tileOf: TileOf
  sources: EditList['sources']
  level: number
  channels: number
  /** Frames of the span, and [from, to) of them that lie in the column. */
  span: number
  from: number
  to: number
  isMissing: boolean
  bucket: Bounds
  /** What was found of the column so far. */
  sum: Bounds
  /** For each depth of mixes. */
  room: Bounds[]
  /** The tile that was used last. */
  source: string
  tileLevel: number
  tileIndex: number
  tile: Int16Array | undefined
}

const tileFor = (work: Work, source: string, level: number, bucket: number) => {
  const index = Math.floor(bucket / bucketsPerTile)
  if (work.source !== source || work.tileIndex !== index || work.tileLevel !== level) {
    work.source = source
    work.tileIndex = index
    work.tileLevel = level
    work.tile = work.tileOf(source, level, index)
  }
  return work.tile
}

/** Reads a bucket into `work.bucket`; false while it is missing. `frames` of it count. */
const readBucket = (work: Work, at: { source: string; level: number }, index: number): boolean => {
  const tile = tileFor(work, at.source, at.level, index)
  let offset = (index % bucketsPerTile) * work.channels * 4
  if (!tile || offset + work.channels * 4 > tile.length) return false
  const { low, high, power, clip } = work.bucket
  for (let channel = 0; channel < work.channels; channel += 1, offset += 4) {
    low[channel] = (tile[offset] ?? 0) / 32_768
    high[channel] = (tile[offset + 1] ?? 0) / 32_768
    const rms = ((tile[offset + 2] ?? 0) & 0xffff) / 32_768
    power[channel] = rms * rms
    clip[channel] = tile[offset + 3] === 0 ? 0 : 1
  }
  return true
}

const composeSource = (work: Work, layer: SourceLayer, into: Bounds): void => {
  const { source, reversed, stages } = layer
  const first = layer.in + (reversed ? work.span - work.to : work.from)
  const end = first + work.to - work.from
  const level = Math.min(work.level, topLevel(work.sources[source]?.frames ?? 0))
  const length = framesPerBucket(level)
  const at = { source, level }
  for (let index = Math.floor(first / length); index * length < end; index += 1) {
    if (!readBucket(work, at, index)) {
      work.isMissing = true
      continue
    }
    const start = Math.max(first, index * length)
    const frames = Math.min(end, (index + 1) * length) - start
    const { bucket } = work
    for (let channel = 0; channel < work.channels; channel += 1)
      bucket.power[channel] = (bucket.power[channel] ?? 0) * frames
    if (stages) {
      const middle = start + Math.floor(frames / 2) - layer.in
      shape(bucket, stages, reversed ? work.span - 1 - middle : middle)
    }
    join(into, bucket)
  }
}

const composeLayers = (work: Work, layers: readonly Layer[], depth: number): void => {
  const into = work.room[depth] ?? work.bucket
  silence(into)
  for (const layer of layers) {
    const own = work.room[depth + 1] ?? work.bucket
    if (isMix(layer)) {
      composeLayers(work, layer.layers, depth + 1)
      if (layer.stages) shape(own, layer.stages, Math.floor((work.from + work.to) / 2))
    } else {
      clear(own)
      composeSource(work, layer, own)
    }
    // Where nothing is known yet, nothing is added.
    if ((own.low[0] ?? 0) <= (own.high[0] ?? 0)) add(into, own)
  }
}

const write = (out: Columns, column: number, sum: Bounds, frames: number): void => {
  for (let channel = 0; channel < out.channels; channel += 1) {
    const index = column * out.channels + channel
    const low = sum.low[channel] ?? 0
    const isEmpty = low === Infinity
    out.min[index] = isEmpty ? 0 : low
    out.max[index] = isEmpty ? 0 : (sum.high[channel] ?? 0)
    out.rms[index] = isEmpty || frames === 0 ? 0 : Math.sqrt((sum.power[channel] ?? 0) / frames)
    out.clip[index] = sum.clip[channel] ?? 0
  }
}

/** What lies of a span between `at` and `end`; returns where that ends. */
const composePiece = (
  work: Work,
  span: Span,
  { start, at, end }: { start: number; at: number; end: number },
): number => {
  work.span = span.frames
  work.from = at - start
  work.to = Math.min(end - start, span.frames)
  const only = span.layers.length === 1 ? span.layers[0] : undefined
  if (only && !isMix(only)) composeSource(work, only, work.sum)
  else {
    composeLayers(work, span.layers, 0)
    join(work.sum, work.room[0] ?? work.bucket)
  }
  return start + work.to
}

/**
 * Fills all columns of `out` with what [from, from + columns · framesPerColumn) looks like. Gains and
 * fades are taken at the middle of each bucket; layers heard at once add their bounds and powers.
 */
export const composePeaks = (out: Columns, composition: Composition): void => {
  const { list, from, framesPerColumn, tileOf } = composition
  const { channels } = out
  const { spans } = list
  const starts = startsOf(spans)
  const total = starts[spans.length] ?? 0
  const work: Work = {
    tileOf,
    sources: list.sources,
    level: levelFor(framesPerColumn),
    channels,
    span: 0,
    from: 0,
    to: 0,
    isMissing: false,
    bucket: createBounds(channels),
    sum: createBounds(channels),
    room: Array.from({ length: deepestMix + 3 }, () => createBounds(channels)),
    source: '',
    tileLevel: -1,
    tileIndex: -1,
    tile: undefined,
  }
  let index = spanAt(list, Math.max(0, Math.floor(from)))
  for (let column = 0; column < out.columns; column += 1) {
    const first = Math.max(0, Math.floor(from + column * framesPerColumn))
    const end = Math.min(total, Math.floor(from + (column + 1) * framesPerColumn))
    work.isMissing = false
    clear(work.sum)
    for (let at = first; at < end;) {
      const span = spans[index]
      if (!span) break
      at = composePiece(work, span, { start: starts[index] ?? 0, at, end })
      if (work.to === span.frames) index += 1
    }
    write(out, column, work.sum, end - first)
    out.missing[column] = Number(work.isMissing)
  }
}
