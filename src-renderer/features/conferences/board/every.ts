/** Runs work again and again until the answer is called. The next run is set up after the last: they never pile up. */
export const every = (ms: number, work: () => void): (() => void) => {
  let timer = setTimeout(function tick() {
    timer = setTimeout(tick, ms)
    work()
  }, ms)
  return () => clearTimeout(timer)
}
