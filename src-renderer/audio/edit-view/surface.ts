/** A canvas with as many pixels as the screen has for it. All lengths are device pixels. */
export type Surface = {
  context: CanvasRenderingContext2D
  width: number
  height: number
  /** Device pixels per CSS pixel. */
  ratio: number
}

export type SizedCanvas = {
  /** Undefined before the first layout and while there is no room. */
  surface: () => Surface | undefined
  dispose: () => void
}

/** Keeps a canvas at the size of its box; `resized` is called when it has been emptied by that. */
export const sizeCanvas = (canvas: HTMLCanvasElement, resized: () => void): SizedCanvas => {
  const context = canvas.getContext('2d')
  let surface: Surface | undefined
  const observer = new ResizeObserver((entries) => {
    const entry = entries.at(-1)
    if (!entry || !context) return
    const ratio = devicePixelRatio
    const box = entry.devicePixelContentBoxSize[0]
    const width = box?.inlineSize ?? Math.round(entry.contentRect.width * ratio)
    const height = box?.blockSize ?? Math.round(entry.contentRect.height * ratio)
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    surface = width > 0 && height > 0 ? { context, width, height, ratio } : undefined
    resized()
  })
  observer.observe(canvas, { box: 'device-pixel-content-box' })
  return { surface: () => surface, dispose: () => observer.disconnect() }
}
