/** Draws at most once a frame, and only when something asked for it. */
export type FrameLoop = {
  request: () => void
  /** Draws at once: while a frame is being laid out, still in that one. */
  now: () => void
  dispose: () => void
}

/** `draw` answers whether the next frame is needed as well. */
export const createFrameLoop = (draw: () => boolean): FrameLoop => {
  let handle: number | undefined
  let isDisposed = false
  const run = () => {
    handle = undefined
    if (draw()) request()
  }
  const request = () => {
    if (!isDisposed) handle ??= requestAnimationFrame(run)
  }
  const callOff = () => {
    if (handle !== undefined) cancelAnimationFrame(handle)
    handle = undefined
  }
  return {
    request,
    now: () => {
      callOff()
      run()
    },
    dispose: () => {
      isDisposed = true
      callOff()
    },
  }
}
