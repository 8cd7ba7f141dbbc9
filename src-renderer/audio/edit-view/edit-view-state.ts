import { createStore } from 'zustand/vanilla'
import type { EditViewState, EditViewStore, FrameRange } from './types.ts'
import { clamp, fitView, reveal, viewOfRange, zoomAt } from './view.ts'

/** The state of a view that shows everything as soon as it knows its width. */
export const createEditViewState = (initial: Partial<EditViewState> = {}): EditViewStore =>
  createStore<EditViewState>()(() => ({
    view: { from: 0, framesPerPixel: Number.MAX_SAFE_INTEGER },
    width: 0,
    selection: { from: 0, to: 0 },
    cursor: 0,
    ...initial,
  }))

type Marked = Pick<EditViewState, 'selection' | 'cursor'>

/** The end of the selection that stays while the other one is moved. */
export const anchorOf = ({ selection, cursor }: Marked): number => {
  if (selection.from === selection.to) return cursor
  return cursor === selection.from ? selection.to : selection.from
}

/** Nothing selected, the cursor at a frame. */
export const cursorAt = (frame: number): Marked => ({
  cursor: frame,
  selection: { from: frame, to: frame },
})

/** From an anchor to a frame, whichever comes first; the cursor is at the frame. */
export const spanning = (anchor: number, frame: number): Marked => ({
  cursor: frame,
  selection: { from: Math.min(anchor, frame), to: Math.max(anchor, frame) },
})

export const isSelected = ({ from, to }: FrameRange): boolean => to > from

/** What commands do with a view; `frames` is the length of the list. */
export const zoomBy = (state: EditViewStore, factor: number, frames: number): void => {
  const { view, width, cursor } = state.getState()
  // Where the cursor is seen it stays, otherwise the middle does.
  const cursorX = (cursor - view.from) / view.framesPerPixel
  const x = cursorX >= 0 && cursorX <= width ? cursorX : width / 2
  state.setState({ view: zoomAt(view, { factor, x }, { frames, width }) })
}

export const showAll = (state: EditViewStore, frames: number): void => {
  state.setState({ view: fitView({ frames, width: state.getState().width }) })
}

/** Shows the selection, or 64 pixels a frame around the cursor when nothing is selected. */
export const showSelection = (state: EditViewStore, frames: number): void => {
  const { selection, width } = state.getState()
  state.setState({ view: viewOfRange(selection, { frames, width }) })
}

/** Selects a range and scrolls to its beginning where it is not seen. */
export const select = (state: EditViewStore, range: FrameRange, frames: number): void => {
  const { view, width } = state.getState()
  const from = clamp(range.from, 0, frames)
  const to = clamp(range.to, from, frames)
  state.setState({
    selection: { from, to },
    cursor: from,
    view: reveal(view, from, { frames, width }),
  })
}
