/**
 * Runs something when what is on its way to the screen is on it: work that nobody waits for must not
 * stand before it. The answer calls it off.
 */
export const afterPaint = (run: () => void): (() => void) => {
  // The first frame is the one that is painted; in the second it is seen.
  let handle = requestAnimationFrame(() => {
    handle = requestAnimationFrame(run)
  })
  return () => cancelAnimationFrame(handle)
}
