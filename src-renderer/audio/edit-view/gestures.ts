import { cursorAt, isSelected, spanning } from './edit-view-state.ts'
import type { Scene } from './scene.ts'
import { snapRange } from './snap.ts'

/** What a pressed pointer does when it moves and when it is let go. */
export type Gesture = {
  move: (frame: number) => void
  end: (frame: number, isClick: boolean) => void
}

export type Gestures = {
  /** From an anchor to the pointer; a click leaves the cursor there. */
  selecting: (anchor: number) => Gesture
  /** Hearing what is under the pointer. */
  scrubbing: Gesture
  /** Taking a marker, or the end of one, to another place. */
  moving: (id: string, part: 'at' | 'end') => Gesture | undefined
}

export const createGestures = (scene: Scene, onMarkerDrag: () => void): Gestures => {
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

  const moving = (id: string, part: 'at' | 'end'): Gesture | undefined => {
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
        onMarkerDrag()
      },
      end: (frame, isClick) => {
        scene.dragMarker(undefined)
        onMarkerDrag()
        if (isClick) scene.set(cursorAt(part === 'end' ? (end ?? at) : at))
        else scene.props().onMarkerMove?.(movedTo(frame))
      },
    }
  }

  return { selecting, scrubbing, moving }
}
