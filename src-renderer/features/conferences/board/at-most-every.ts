/** Runs work when it is asked for, at once or so long after the last time; `stop` forgets it. */
export const atMostEvery = (ms: number, work: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let ranMs = -Infinity
  return {
    request: () => {
      timer ??= setTimeout(
        () => {
          timer = undefined
          ranMs = performance.now()
          work()
        },
        Math.max(0, ranMs + ms - performance.now()),
      )
    },
    stop: () => {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
