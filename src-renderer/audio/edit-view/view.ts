import type { FrameRange, View } from './types.ts'

/** A single frame is at most this many CSS pixels wide. */
const mostPixelsPerFrame = 64

/** How much there is to see, and in how many CSS pixels. */
export type Extent = { frames: number; width: number }

export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value))

const widestZoom = ({ frames, width }: Extent): number =>
  Math.max(1 / mostPixelsPerFrame, frames / Math.max(1, width))

/** The nearest view that shows no emptiness but what follows a file shorter than the view. */
export const clampView = (view: View, extent: Extent): View => {
  const framesPerPixel = clamp(view.framesPerPixel, 1 / mostPixelsPerFrame, widestZoom(extent))
  const last = Math.max(0, extent.frames - extent.width * framesPerPixel)
  const from = clamp(view.from, 0, last)
  return from === view.from && framesPerPixel === view.framesPerPixel
    ? view
    : { from, framesPerPixel }
}

/** All of it. */
export const fitView = (extent: Extent): View => ({ from: 0, framesPerPixel: widestZoom(extent) })

/** The view after its extent changed: who sees all of it goes on seeing all of it. */
export const viewAfter = (view: View, before: Extent, now: Extent): View => {
  const wasFit = view.framesPerPixel >= fitView(before).framesPerPixel * 0.999
  return wasFit ? fitView(now) : clampView(view, now)
}

/** CSS pixels from the left edge. */
export const xOf = (view: View, frame: number): number => (frame - view.from) / view.framesPerPixel

/** Fractional; the inverse of `xOf`. */
export const frameAt = (view: View, x: number): number => view.from + x * view.framesPerPixel

/** Zooms in by `factor` while the frame under `x` stays where it is. */
export const zoomAt = (view: View, at: { factor: number; x: number }, extent: Extent): View => {
  const framesPerPixel = clamp(
    view.framesPerPixel / at.factor,
    1 / mostPixelsPerFrame,
    widestZoom(extent),
  )
  return clampView({ from: frameAt(view, at.x) - at.x * framesPerPixel, framesPerPixel }, extent)
}

export const scrollBy = (view: View, pixels: number, extent: Extent): View =>
  clampView({ ...view, from: view.from + pixels * view.framesPerPixel }, extent)

/** A range with a little air on both sides. */
export const viewOfRange = ({ from, to }: FrameRange, extent: Extent): View => {
  const framesPerPixel = Math.max(1, to - from) / (Math.max(1, extent.width) * 0.92)
  const air = (extent.width * framesPerPixel - (to - from)) / 2
  return clampView({ from: from - air, framesPerPixel }, extent)
}

/** The same view where it shows `frame`, otherwise one that has it a fifth from the left. */
export const reveal = (view: View, frame: number, extent: Extent): View => {
  const x = xOf(view, frame)
  if (x >= 0 && x <= extent.width) return view
  return clampView({ ...view, from: frame - extent.width * 0.2 * view.framesPerPixel }, extent)
}
