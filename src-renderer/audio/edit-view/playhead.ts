import type { Elements } from './elements.ts'
import type { Scene } from './scene.ts'
import type { Follow, View } from './types.ts'
import { clampView, xOf, type Extent } from './view.ts'

/** The view that shows a frame that is being heard. */
export const followed = (
  view: View,
  { frame, follow }: { frame: number; follow: Follow },
  extent: Extent,
): View => {
  if (follow === 'off') return view
  const x = xOf(view, frame)
  if (follow === 'smooth') {
    // From wherever it is until it reaches the middle; what is left or right is gone to at once.
    if (x >= 0 && x < extent.width / 2) return view
    const from = frame - (extent.width / 2) * view.framesPerPixel
    return clampView({ ...view, from }, extent)
  }
  if (x >= 0 && x <= extent.width) return view
  return clampView({ ...view, from: frame - extent.width * 0.05 * view.framesPerPixel }, extent)
}

export type Playhead = {
  /** Moves playhead and cursor to where they are; answers whether the playhead goes on moving. */
  update: () => boolean
}

const place = (element: HTMLElement, x: number, width: number): void => {
  const isSeen = x >= -1 && x <= width + 1
  element.hidden = !isSeen
  if (isSeen) element.style.transform = `translateX(${x}px)`
}

export const createPlayhead = ({ cursor, playhead }: Elements, scene: Scene): Playhead => {
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  let lastFrame: number | undefined
  return {
    update: () => {
      const { clock, follow } = scene.props()
      const frame = clock.frame()
      const isPlaying = clock.isPlaying()
      if (frame !== undefined && isPlaying && frame !== lastFrame) {
        const { view } = scene.state()
        const how = calm.matches && follow === 'smooth' ? 'page' : follow
        const next = followed(view, { frame, follow: how }, scene.extent())
        if (next !== view) scene.set({ view: next })
      }
      lastFrame = frame
      const { view, width, cursor: at } = scene.state()
      place(cursor, xOf(view, at), width)
      if (frame === undefined) playhead.hidden = true
      else place(playhead, xOf(view, frame), width)
      return isPlaying
    },
  }
}
