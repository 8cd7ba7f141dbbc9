import type { EditList } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import { mixInto, plan } from '#sound/edit-list/mix'
import type { Lookup, SourceTiles } from './source-tiles.ts'
import { columnsPerTile, type SpectrumGrid } from './spectrum-grid.ts'

const fullScale = 2 ** 31

/** What a thread needs to compute one tile. */
export type SpectrumInput = { samples: Float32Array; hop: number; skip: number }

type Stretch = { list: EditList; from: number; to: number }

/** All channels together, as one float a frame, written at `at`. */
const addMono = (
  out: Float32Array,
  at: number,
  { mixed, channels }: { mixed: Int32Array; channels: number },
): void => {
  const frames = mixed.length / channels
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) {
      sum += mixed[frame * channels + channel] ?? 0
    }
    out[at + frame] = sum / channels / fullScale
  }
}

const mixOf = (
  { list, from, to }: Stretch,
  samplesOf: Lookup['samplesOf'],
): Int32Array | undefined => {
  const plans = plan(list, from, to)
  const found = plans.reads.map((read) => samplesOf(read.source, read.in, read.frames))
  const blocks = found.filter((each) => each !== undefined)
  if (blocks.length < found.length) return undefined
  const mixed = new Int32Array((to - from) * list.channels)
  mixInto(mixed, plans, blocks)
  return mixed
}

type TilePlace = SpectrumGrid & { index: number }

const denseStretch = (list: EditList, { size, hop, index }: TilePlace) => {
  const skip = Math.ceil(size / 2 / hop)
  const start = (index * columnsPerTile - skip) * hop
  const length = (columnsPerTile + skip - 1) * hop + size / 2
  const from = Math.max(0, start)
  return { skip, start, length, from, to: Math.max(from, Math.min(framesOf(list), start + length)) }
}

/** Whether all frames of a tile are there. What is not becomes wanted. */
export const isDenseThere = (list: EditList, place: TilePlace, lookup: Lookup): boolean => {
  const { from, to } = denseStretch(list, place)
  return plan(list, from, to)
    .reads.map((read) => lookup.hasSamples(read.source, read.in, read.frames))
    .every(Boolean)
}

/** A tile's frames in one piece, with what leads in to its first column; undefined until all is there. */
export const denseInput = (
  list: EditList,
  place: TilePlace,
  { samplesOf }: Lookup,
): SpectrumInput | undefined => {
  const { skip, start, length, from, to } = denseStretch(list, place)
  const samples = new Float32Array(length)
  if (to > from) {
    const mixed = mixOf({ list, from, to }, samplesOf)
    if (!mixed) return undefined
    addMono(samples, from - start, { mixed, channels: list.channels })
  }
  return { samples, hop: place.hop, skip }
}

/**
 * Only the frames that the transforms of a tile look at, put one behind the other. `isWanted` is asked
 * between reads; undefined when it says no.
 */
export const sparseInput = async (
  list: EditList,
  { size, hop, index }: TilePlace,
  { tiles, isWanted }: { tiles: SourceTiles; isWanted: () => boolean },
): Promise<SpectrumInput | undefined> => {
  const frames = framesOf(list)
  const samples = new Float32Array((columnsPerTile + 1) * size + size / 2)
  const columns = Array.from({ length: columnsPerTile }, (_, column) => column)
  const readColumn = async (column: number) => {
    const start = (index * columnsPerTile + column) * hop - size / 2
    const from = Math.max(0, start)
    const to = Math.min(frames, start + size)
    if (to <= from) return
    const plans = plan(list, from, to)
    const blocks = await Promise.all(
      plans.reads.map((read) => tiles.read(read.source, { from: read.in, frames: read.frames })),
    )
    const mixed = new Int32Array((to - from) * list.channels)
    mixInto(mixed, plans, blocks)
    // The transform of column c + 1 is centred at (c + 1)·size.
    addMono(samples, (column + 0.5) * size + from - start, { mixed, channels: list.channels })
  }
  const atOnce = 4
  for (let first = 0; first < columnsPerTile; first += atOnce) {
    if (!isWanted()) return undefined
    await Promise.all(columns.slice(first, first + atOnce).map(readColumn))
  }
  return { samples, hop: size, skip: 1 }
}
