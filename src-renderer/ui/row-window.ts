/** Rows `first` to `end` (exclusive) of a list whose rows are all equally high. */
export type RowWindow = { first: number; end: number }

const overscan = 12
/** A render per this many rows of scrolling, not per pixel. */
const step = 4

/** The rows to draw so that what is in sight, and `more` on both sides, exists. */
export const rowWindow = (
  scrollTop: number,
  height: number,
  rowHeight: number,
  more = overscan,
): RowWindow => {
  const firstInSight = Math.floor(Math.max(0, scrollTop) / rowHeight / step) * step
  const rowsInSight = Math.ceil(height / rowHeight) + step
  return {
    first: Math.max(0, firstInSight - more),
    end: firstInSight + rowsInSight + more,
  }
}

/** Where to scroll so that a row is in sight below a header, moving as little as possible. */
export const scrollTopForRow = (
  index: number,
  rowHeight: number,
  view: { top: number; height: number; headerHeight: number },
): number => {
  const start = index * rowHeight
  const lowest = start + rowHeight + view.headerHeight - view.height
  if (start < view.top) return start
  return Math.max(view.top, lowest)
}
