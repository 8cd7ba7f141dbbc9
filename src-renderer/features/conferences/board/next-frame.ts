/** Frames stop in a window that is hidden; what happens goes on. */
const hiddenMs = 250

/** Runs work once before the next frame is drawn, however often it is asked for; `stop` forgets it. */
export const nextFrame = (work: () => void) => {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = undefined
    timer = undefined
  }
  const run = () => {
    stop()
    work()
  }
  return {
    request: () => {
      if (timer !== undefined) return
      frame = requestAnimationFrame(run)
      timer = setTimeout(run, hiddenMs)
    },
    stop,
  }
}
