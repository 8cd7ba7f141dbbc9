/** Draws at most once a frame, and only when something asked for it. */
export type FrameLoop = { request: () => void; dispose: () => void }

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
  return {
    request,
    dispose: () => {
      isDisposed = true
      if (handle !== undefined) cancelAnimationFrame(handle)
    },
  }
}
