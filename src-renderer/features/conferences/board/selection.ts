import type { ParticipantKey } from './board-state.ts'
import { useBoard, useBoardView } from './board-store.ts'
import { useShownOrder } from './shown-order.ts'

/** Where a range of Shift and an arrow began. */
let anchor: ParticipantKey | undefined

export const moveCursor = (cursor: ParticipantKey | undefined): void => {
  anchor = cursor
  useBoardView.setState({ cursor })
}

export const toggleSelected = (key: ParticipantKey): void =>
  useBoardView.setState(({ selected }) => {
    const next = new Set(selected)
    if (!next.delete(key)) next.add(key)
    return { selected: next, cursor: key }
  })

/** Selects from where the cursor was before Shift was held to this row. */
export const selectTo = (key: ParticipantKey): void => {
  const { keys } = useShownOrder.getState()
  const { cursor } = useBoardView.getState()
  anchor ??= cursor ?? key
  const [from, to] = [keys.indexOf(anchor), keys.indexOf(key)]
  const range = keys.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1)
  useBoardView.setState({ cursor: key, selected: new Set(range) })
}

export const extendSelection = (by: 1 | -1): void => {
  const { keys } = useShownOrder.getState()
  const { cursor } = useBoardView.getState()
  const next = keys[Math.min(keys.length - 1, Math.max(0, keys.indexOf(cursor ?? '') + by))]
  if (next !== undefined) selectTo(next)
}

export const selectAll = (): void =>
  useBoardView.setState({ selected: new Set(useShownOrder.getState().keys) })

export const selectNone = (): void => {
  anchor = undefined
  useBoardView.setState({ selected: new Set() })
}

/** Those of the selection who are still there. */
export const selectedKeys = (): readonly ParticipantKey[] => {
  const { participants } = useBoard.getState()
  return [...useBoardView.getState().selected].filter((key) => participants.has(key))
}

/**
 * Keeps the cursor and the selection on people who are there until the answer is called: from who left, the cursor goes on
 * to the next row.
 */
export const followLeaving = (): (() => void) =>
  useShownOrder.subscribe(({ keys }, before) => {
    if (keys === before.keys) return
    const shown = new Set(keys)
    const { cursor, selected } = useBoardView.getState()
    if (cursor === undefined) moveCursor(keys[0])
    else if (!shown.has(cursor)) {
      const index = before.keys.indexOf(cursor)
      const next = before.keys.slice(Math.max(0, index)).find((key) => shown.has(key))
      moveCursor(next ?? keys.at(-1))
    }
    const { participants } = useBoard.getState()
    if ([...selected].some((key) => !participants.has(key)))
      useBoardView.setState({ selected: new Set(selectedKeys()) })
  })
