import { framesOf } from '#sound/edit-list/edit-list'
import { anchorOf, cursorAt, isSelected, spanning } from './edit-view-state.ts'
import { hitAt, stretchAround, type Hit } from './hit.ts'
import type { Elements, Scene } from './scene.ts'
import { snapRange } from './snap.ts'
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

/** What a pressed pointer does when it moves and when it is let go. */
type Gesture = {
  move: (frame: number) => void
  end: (frame: number, isClick: boolean) => void
}

/** Everything the pointer does in the lanes, the ruler and the spectrogram. */
export const controlPointer = (
  { root, lanes, ruler, spectrum }: Elements,
  scene: Scene,
  host: PointerHost,
): PointerControl => {
  const ending = new AbortController()
  const { signal } = ending
  let drag: { gesture: Gesture; startX: number; x: number; isClick: boolean } | undefined

  const frames = () => framesOf(scene.props().list)
  const xIn = (event: MouseEvent) => event.clientX - lanes.getBoundingClientRect().left
  const boundary = (x: number) => clamp(Math.round(frameAt(scene.state().view, x)), 0, frames())

  const hitOf = (event: MouseEvent): Hit => {
    const { list, onMarkerMove } = scene.props()
    const { view, selection } = scene.state()
    const y = event.clientY - lanes.getBoundingClientRect().top
    const areMarkersMovable = onMarkerMove !== undefined
    return hitAt(
      { x: xIn(event), y },
      { view, selection, markers: list.markers, areMarkersMovable },
    )
  }

  const snap = async () => {
    const { snap: isSnapping, list, tiles, state } = scene.props()
    const { selection } = state.getState()
    if (!isSnapping || !isSelected(selection)) return
    const snapped = await snapRange(list, tiles, selection)
    const now = state.getState()
    // Something else may have been selected, or edited, while the samples came.
    if (now.selection !== selection || scene.props().list !== list) return
    const isAtStart = now.cursor === selection.from
    state.setState({ selection: snapped, cursor: isAtStart ? snapped.from : snapped.to })
  }
  const settle = () => {
    // Without samples an edge stays where it was put.
    snap().catch(() => undefined)
  }

  const selecting = (anchor: number): Gesture => ({
    move: (frame) => scene.set(spanning(anchor, frame)),
    end: (frame, isClick) => {
      if (isClick) scene.set(anchor === frame ? cursorAt(frame) : spanning(anchor, frame))
      settle()
    },
  })

  const scrubbing: Gesture = {
    move: (frame) => scene.props().onScrub?.(frame),
    end: (frame, isClick) => {
      scene.props().onScrub?.(undefined)
      if (isClick) scene.set(cursorAt(frame))
    },
  }

  const markerMoving = (id: string, part: 'at' | 'end'): Gesture | undefined => {
    const marker = scene.props().list.markers.find((each) => each.id === id)
    if (!marker) return undefined
    const { at, end } = marker
    const movedTo = (frame: number) => {
      if (end === undefined) return { ...marker, at: frame }
      return part === 'at'
        ? { ...marker, at: Math.min(frame, end - 1) }
        : { ...marker, end: Math.max(frame, at + 1) }
    }
    return {
      move: (frame) => {
        scene.dragMarker(movedTo(frame))
        host.onMarkerDrag()
      },
      end: (frame, isClick) => {
        scene.dragMarker(undefined)
        host.onMarkerDrag()
        if (isClick) scene.set(cursorAt(part === 'end' ? (end ?? at) : at))
        else scene.props().onMarkerMove?.(movedTo(frame))
      },
    }
  }

  const gestureOf = (event: PointerEvent): Gesture => {
    if (event.altKey || event.currentTarget === ruler) return scrubbing
    const frame = boundary(xIn(event))
    if (event.shiftKey) return selecting(anchorOf(scene.state()))
    const hit = event.currentTarget === lanes ? hitOf(event) : { kind: 'wave' as const }
    const { selection } = scene.state()
    if (hit.kind === 'edge') return selecting(hit.edge === 'from' ? selection.to : selection.from)
    const marker = hit.kind === 'marker' ? markerMoving(hit.id, hit.part) : undefined
    return marker ?? selecting(frame)
  }

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
    event.currentTarget.setPointerCapture(event.pointerId)
    lanes.focus({ preventScroll: true })
    event.preventDefault()
    const x = xIn(event)
    drag = { gesture: gestureOf(event), startX: x, x, isClick: true }
    if (event.shiftKey || drag.gesture === scrubbing) drag.gesture.move(boundary(x))
    host.onHover(undefined)
  }
  const onMove = (event: PointerEvent) => {
    const x = xIn(event)
    if (!drag) {
      host.onHover(x)
      const hit = event.currentTarget === lanes ? hitOf(event).kind : 'wave'
      lanes.dataset.under = event.altKey ? 'scrub' : hit
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
    const { from, to } = stretchAround(boundary(xIn(event)), markers, frames())
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
