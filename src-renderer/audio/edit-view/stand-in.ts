import { bucketsPerTile } from '#sound/edit-list/peaks'

/**
 * A tile made of a coarser one that covers it, `up` levels higher: every bucket becomes 4^up of them.
 * It is what a map shows until the finer picture arrives.
 */
export const standInOf = (
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
