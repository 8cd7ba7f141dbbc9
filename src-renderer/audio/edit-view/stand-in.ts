import { bucketsPerTile } from '#sound/edit-list/peaks'
import { createByteLru } from './byte-lru.ts'

/** How many levels above the one that is missing may stand in for it. */
const mostCoarser = 8

export type TilePlace = { source: string; level: number; tile: number }

export const tileKey = ({ source, level, tile }: TilePlace): string => `${source}/${level}/${tile}`

/**
 * A tile made of a coarser one that covers it, `up` levels higher: every bucket becomes 4^up of them.
 * It is what a map shows until the finer picture arrives.
 */
const standInOf = (
  coarse: ArrayLike<number>,
  { channels, up, tile }: { channels: number; up: number; tile: number },
): Int16Array => {
  const stride = 4 * channels
  const ratio = 4 ** up
  const first = ((tile % ratio) * bucketsPerTile) / ratio
  const known = Math.floor(coarse.length / stride)
  const buckets = Math.max(0, Math.min(bucketsPerTile, (known - first) * ratio))
  const out = new Int16Array(buckets * stride)
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor(first + bucket / ratio) * stride
    for (let value = 0; value < stride; value++) {
      out[bucket * stride + value] = coarse[from + value] ?? 0
    }
  }
  return out
}

export type StandIns = {
  /** The finest of what there is; undefined without any. */
  of: (place: TilePlace, channels: number) => Int16Array | undefined
  forget: (key: string) => void
  bytes: () => number
  clear: () => void
}

/** Keeps stand-ins while the tiles they stand for are on their way. */
export const createStandIns = (
  mostBytes: number,
  stored: (key: string) => ArrayLike<number> | undefined,
): StandIns => {
  const made = createByteLru<Int16Array>(mostBytes)
  return {
    of: (place, channels) => {
      const key = tileKey(place)
      const known = made.get(key)
      if (known) return known
      for (let up = 1; up <= mostCoarser; up++) {
        const level = place.level + up
        const coarse = stored(tileKey({ ...place, level, tile: Math.floor(place.tile / 4 ** up) }))
        if (!coarse?.length) continue
        const tile = standInOf(coarse, { channels, up, tile: place.tile })
        made.set(key, tile, tile.byteLength)
        return tile
      }
      return undefined
    },
    forget: made.delete,
    bytes: made.bytes,
    clear: made.clear,
  }
}
