/** The items `first` to `end` (exclusive) of a list. */
export type Span = { first: number; end: number }

/** Where every item starts, and after the last one where they end. */
export const offsetsOf = (sizes: readonly number[]): number[] => {
  const offsets = [0]
  let end = 0
  for (const size of sizes) offsets.push((end += size))
  return offsets
}

/** The last item that starts at or before `position`. */
const itemAt = (offsets: readonly number[], position: number): number => {
  let low = 0
  let high = Math.max(0, offsets.length - 2)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((offsets[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}

/** The items that a viewport shows, and `overscan` more on both sides. */
export const spanOf = (
  offsets: readonly number[],
  { start, length }: { start: number; length: number },
  overscan: number,
): Span => {
  const count = offsets.length - 1
  if (count < 1 || length <= 0) return { first: 0, end: 0 }
  return {
    first: Math.max(0, itemAt(offsets, start) - overscan),
    end: Math.min(count, itemAt(offsets, start + length) + 1 + overscan),
  }
}

/**
 * The scroll position that shows the whole item: moving as little as possible to a near one, and to
 * the middle of the view for one that is more than a view away.
 */
export const scrollToShow = (
  offsets: readonly number[],
  index: number,
  { start, length }: { start: number; length: number },
): number => {
  const itemStart = offsets[index] ?? 0
  const itemEnd = offsets[index + 1] ?? itemStart
  const end = start + length
  if (itemEnd < start - length || itemStart > end + length) {
    return Math.max(0, (itemStart + itemEnd - length) / 2)
  }
  if (itemStart < start) return itemStart
  return itemEnd > end ? itemEnd - length : start
}
