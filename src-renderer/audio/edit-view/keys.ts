import { anchorOf, cursorAt, spanning } from './edit-view-state.ts'
import type { EditViewState } from './types.ts'
import { clamp, reveal, scrollBy, zoomAt, type Extent } from './view.ts'

export type Key = {
  key: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

const zoomKeys: Record<string, number> = { '+': 2, '=': 2, '-': 0.5, _: 0.5 }

/** Frames the cursor moves by; undefined for keys that do something else. */
const moveOf = (
  { key, altKey }: Key,
  { view, width }: EditViewState,
  { cursor, frames }: { cursor: number; frames: number },
): number | undefined => {
  const pixel = altKey ? 1 : Math.max(1, Math.round(view.framesPerPixel))
  const page = Math.max(1, Math.round(view.framesPerPixel * width * 0.9))
  const moves: Record<string, number> = {
    ArrowLeft: -pixel,
    ArrowRight: pixel,
    PageUp: -page,
    PageDown: page,
    Home: -cursor,
    End: frames - cursor,
  }
  return moves[key]
}

/** What a key does to the view; nothing for keys that are somebody else's. */
export const pressed = (
  key: Key,
  state: EditViewState,
  frames: number,
): Partial<EditViewState> | undefined => {
  if (key.ctrlKey || key.metaKey) return undefined
  const { view, width, cursor } = state
  const extent: Extent = { frames, width }
  const factor = key.altKey ? undefined : zoomKeys[key.key]
  if (factor !== undefined) {
    const seen = (cursor - view.from) / view.framesPerPixel
    const x = seen >= 0 && seen <= width ? seen : width / 2
    return { view: zoomAt(view, { factor, x }, extent) }
  }
  const move = moveOf(key, state, { cursor, frames })
  if (move === undefined) return undefined
  const to = clamp(Math.round(cursor + move), 0, frames)
  const marked = key.shiftKey ? spanning(anchorOf(state), to) : cursorAt(to)
  // Paging takes the view along; a single step only when it would leave it.
  const paged = key.key.startsWith('Page')
    ? scrollBy(view, move / view.framesPerPixel, extent)
    : view
  return { ...marked, view: reveal(paged, to, extent) }
}
