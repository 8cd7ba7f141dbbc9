export type Spread = { count: number; median: number; least: number; most: number }

/** How values lie; undefined where there are none. */
export const spreadOf = (values: readonly number[]): Spread | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const least = sorted[0]
  const most = sorted.at(-1)
  const lower = sorted[(sorted.length - 1) >> 1]
  const upper = sorted[sorted.length >> 1]
  if (least === undefined || most === undefined) return undefined
  if (lower === undefined || upper === undefined) return undefined
  return { count: sorted.length, median: (lower + upper) / 2, least, most }
}
