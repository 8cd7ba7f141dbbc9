import { anchorOf } from './edit-view-state.ts'
import { createGestures, type Gesture } from './gestures.ts'
import { hitAt, stretchAround, type Hit } from './hit.ts'
import type { Elements } from './elements.ts'
import type { Scene } from './scene.ts'
import { clamp, frameAt, scrollBy, zoomAt } from './view.ts'

/** CSS pixels the pointer may move and still have clicked. */
const clickSlack = 3
const wheelLine = 16
/** One notch of a wheel zooms by 1.6; pinching sends many small steps. */
const zoomPerPixel = 0.008
const mostZoomDelta = 60

export type PointerHost = {
  /** Where the pointer hovers, CSS pixels; undefined when it left or does something else. */
  onHover: (x: number | undefined) => void
  /** Asks for `scrollWhileDragging` in the next frame. */
  onDragOutside: () => void
  /** A marker is shown at another place. */
  onMarkerDrag: () => void
}

export type PointerControl = {
  /** Scrolls while the pointer is held beyond an edge; answers whether it still is. */
  scrollWhileDragging: () => boolean
  dispose: () => void
}

/** Everything the pointer does in the lanes, the ruler and the spectrogram. */
export const controlPointer = (
  { root, lanes, ruler, spectrum }: Elements,
  scene: Scene,
  host: PointerHost,
): PointerControl => {
  const ending = new AbortController()
  const { signal } = ending
  const gestures = createGestures(scene, host.onMarkerDrag)
  let drag: { gesture: Gesture; startX: number; x: number; isClick: boolean } | undefined

  const xIn = (event: MouseEvent) => event.clientX - lanes.getBoundingClientRect().left
  const boundary = (x: number) => {
    const { frames } = scene.extent()
    return clamp(Math.round(frameAt(scene.state().view, x)), 0, frames)
  }
  const hitOf = (event: MouseEvent): Hit => {
    if (event.currentTarget !== lanes) return { kind: 'wave' }
    const { view, selection } = scene.state()
    const { list, onMarkerMove } = scene.props()
    const point = { x: xIn(event), y: event.clientY - lanes.getBoundingClientRect().top }
    const areMarkersMovable = onMarkerMove !== undefined
    return hitAt(point, { view, selection, markers: list.markers, areMarkersMovable })
  }
  const gestureOf = (event: PointerEvent): Gesture => {
    if (event.altKey || event.currentTarget === ruler) return gestures.scrubbing
    if (event.shiftKey) return gestures.selecting(anchorOf(scene.state()))
    const hit = hitOf(event)
    const { selection } = scene.state()
    if (hit.kind === 'edge') {
      return gestures.selecting(hit.edge === 'from' ? selection.to : selection.from)
    }
    const marker = hit.kind === 'marker' ? gestures.moving(hit.id, hit.part) : undefined
    return marker ?? gestures.selecting(boundary(xIn(event)))
  }

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
    event.currentTarget.setPointerCapture(event.pointerId)
    lanes.focus({ preventScroll: true })
    event.preventDefault()
    const x = xIn(event)
    drag = { gesture: gestureOf(event), startX: x, x, isClick: true }
    if (event.shiftKey || drag.gesture === gestures.scrubbing) drag.gesture.move(boundary(x))
    host.onHover(undefined)
  }
  const onMove = (event: PointerEvent) => {
    const x = xIn(event)
    if (!drag) {
      host.onHover(x)
      lanes.dataset.under = event.altKey ? 'scrub' : hitOf(event).kind
      return
    }
    drag.x = x
    if (drag.isClick && Math.abs(x - drag.startX) <= clickSlack) return
    drag.isClick = false
    const { width } = scene.state()
    if (x < 0 || x > width) host.onDragOutside()
    drag.gesture.move(boundary(clamp(x, 0, width)))
  }
  const onUp = () => {
    if (!drag) return
    const { gesture, x, isClick, startX } = drag
    drag = undefined
    gesture.end(boundary(isClick ? startX : clamp(x, 0, scene.state().width)), isClick)
  }

  const onDoubleClick = (event: MouseEvent) => {
    const { markers } = scene.props().list
    const { from, to } = stretchAround(boundary(xIn(event)), markers, scene.extent().frames)
    scene.set({ selection: { from, to }, cursor: from })
  }

  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? wheelLine : 1
    const { view } = scene.state()
    // A pinch on a touchpad arrives as a wheel with Control.
    if (event.ctrlKey || event.metaKey) {
      const delta = clamp(event.deltaY * unit, -mostZoomDelta, mostZoomDelta)
      const factor = Math.exp(-delta * zoomPerPixel)
      scene.set({ view: zoomAt(view, { factor, x: xIn(event) }, scene.extent()) })
      return
    }
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY)
    const pixels = (isSideways ? event.deltaX : event.deltaY) * unit
    scene.set({ view: scrollBy(view, pixels, scene.extent()) })
  }

  for (const element of [lanes, ruler, spectrum]) {
    element.addEventListener('pointerdown', onDown, { signal })
    element.addEventListener('pointermove', onMove, { signal })
    element.addEventListener('pointerup', onUp, { signal })
    element.addEventListener('pointercancel', onUp, { signal })
    element.addEventListener('pointerleave', () => host.onHover(undefined), { signal })
  }
  for (const element of [lanes, spectrum]) {
    element.addEventListener('dblclick', onDoubleClick, { signal })
  }
  root.addEventListener('wheel', onWheel, { signal, passive: false })

  return {
    scrollWhileDragging: () => {
      if (!drag) return false
      const { view, width } = scene.state()
      const beyond = drag.x < 0 ? drag.x : Math.max(0, drag.x - width)
      if (beyond === 0) return false
      // The further out, the faster.
      scene.set({ view: scrollBy(view, beyond * 0.4, scene.extent()) })
      drag.gesture.move(boundary(clamp(drag.x, 0, width)))
      return true
    },
    dispose: () => ending.abort(),
  }
}
