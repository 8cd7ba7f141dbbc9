import type { Elements } from './elements.ts'
import type { Scene } from './scene.ts'
import { clamp, clampView } from './view.ts'

const leastThumb = 28

export type Scrollbar = { update: () => void; dispose: () => void }

/** Where the thumb is, CSS pixels of a track. */
export const thumbOf = (
  { from, seen, frames }: { from: number; seen: number; frames: number },
  track: number,
): { left: number; width: number } => {
  const share = frames > 0 ? Math.min(1, seen / frames) : 1
  const width = Math.max(Math.min(track, leastThumb), track * share)
  const rest = Math.max(0, frames - seen)
  return { left: rest > 0 ? (from / rest) * (track - width) : 0, width }
}

/** A scrollbar for what the browser cannot scroll: audio wider than any page may be. */
export const controlScrollbar = ({ bar, thumb }: Elements, scene: Scene): Scrollbar => {
  const ending = new AbortController()
  const { signal } = ending
  let grip: number | undefined
  let track = 0
  const observer = new ResizeObserver(([entry]) => {
    track = entry?.contentRect.width ?? 0
    update()
  })
  observer.observe(bar)

  const measures = () => {
    const { view } = scene.state()
    const { frames, width } = scene.extent()
    return { from: view.from, seen: width * view.framesPerPixel, frames }
  }
  const moveTo = (from: number) => {
    const { view } = scene.state()
    scene.set({ view: clampView({ ...view, from }, scene.extent()) })
  }
  const update = () => {
    const { from, seen, frames } = measures()
    const { left, width } = thumbOf({ from, seen, frames }, track)
    thumb.style.width = `${width}px`
    thumb.style.transform = `translateX(${left}px)`
    const last = Math.max(0, frames - seen)
    bar.setAttribute('aria-valuemax', String(Math.round(last)))
    bar.setAttribute('aria-valuenow', String(Math.round(clamp(from, 0, last))))
    bar.setAttribute('aria-disabled', String(last === 0))
  }

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    bar.setPointerCapture(event.pointerId)
    const box = thumb.getBoundingClientRect()
    const isOnThumb = event.clientX >= box.left && event.clientX <= box.right
    // Beside the thumb it jumps there, held by its middle.
    grip = isOnThumb ? event.clientX - box.left : box.width / 2
    drag(event)
  }
  const drag = (event: PointerEvent) => {
    if (grip === undefined) return
    const { seen, frames } = measures()
    const { width } = thumbOf({ from: 0, seen, frames }, track)
    const left = event.clientX - bar.getBoundingClientRect().left - grip
    moveTo((left / Math.max(1, track - width)) * (frames - seen))
  }
  const onUp = () => {
    grip = undefined
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { from, seen, frames } = measures()
    const targets: Record<string, number> = {
      ArrowLeft: from - seen * 0.1,
      ArrowRight: from + seen * 0.1,
      PageUp: from - seen * 0.9,
      PageDown: from + seen * 0.9,
      Home: 0,
      End: frames,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    moveTo(target)
  }
  bar.addEventListener('pointerdown', onDown, { signal })
  bar.addEventListener('pointermove', drag, { signal })
  bar.addEventListener('pointerup', onUp, { signal })
  bar.addEventListener('pointercancel', onUp, { signal })
  bar.addEventListener('keydown', onKey, { signal })

  return {
    update,
    dispose: () => {
      ending.abort()
      observer.disconnect()
    },
  }
}
