import type { Operation } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import type { History } from '#sound/edit-list/history'

type Range = { from: number; to: number }

/** [from, to) of the list before gave way to `length` frames. */
type Change = Range & { length: number }

const lengthOf = (clip: { spans: readonly { frames: number }[] }) =>
  clip.spans.reduce((sum, { frames }) => sum + frames, 0)

/** What an operation puts in the place of what; undefined where nothing moves. */
const changeOf = (operation: Operation): Change | undefined => {
  const { kind } = operation
  if (kind === 'cut' || kind === 'delete') return { ...operation, length: 0 }
  if (kind === 'paste') return { ...operation, length: lengthOf(operation.clip) }
  if (kind === 'replace') return { ...operation, length: operation.frames }
  if (kind === 'insert_silence') {
    const { at, frames } = operation
    return { from: at, to: at, length: frames }
  }
  if (kind === 'crossfade') {
    const { at, frames } = operation
    return { from: at - frames, to: at + frames, length: frames }
  }
  return undefined
}

const moved = (frame: number, { from, to, length }: Change): number => {
  if (frame < from) return frame
  if (frame >= to) return frame - (to - from) + length
  return from + Math.min(frame - from, length)
}

/** Where what was at a frame before an operation is after it; the nearest place when it is gone. */
export const movedFrame = (operation: Operation, frame: number, framesBefore: number): number => {
  if (operation.kind === 'trim')
    return Math.min(Math.max(frame, operation.from), operation.to) - operation.from
  if (operation.kind === 'convert')
    return Math.round((frame * operation.frames) / Math.max(1, framesBefore))
  const change = changeOf(operation)
  return change ? moved(frame, change) : frame
}

/** The frame where a moment of the first version of a draft is by now; the nearest one where it was cut out. */
export const frameOfMoment = (history: History, ms: number): number => {
  const { lists, steps, position } = history
  const [initial] = lists
  if (!initial) return 0
  const first = Math.min(framesOf(initial), Math.round((ms * initial.sample_rate_hz) / 1000))
  return steps.slice(0, position).reduce((frame, { operation }, index) => {
    const before = lists[index]
    return before ? movedFrame(operation, frame, framesOf(before)) : frame
  }, first)
}

/** What is selected after an operation: what is new, or where something was taken out. */
export const selectionAfter = (
  operation: Operation,
  selection: Range,
  framesBefore: number,
): Range => {
  const { kind } = operation
  if (kind === 'trim') return { from: 0, to: operation.to - operation.from }
  const change = changeOf(operation)
  // An effect on everything, because nothing was selected, leaves it so.
  const isOfAll =
    kind === 'replace' &&
    selection.from === selection.to &&
    operation.from === 0 &&
    operation.to === framesBefore
  if (change && kind !== 'crossfade' && !isOfAll)
    return { from: change.from, to: change.from + change.length }
  return {
    from: movedFrame(operation, selection.from, framesBefore),
    to: movedFrame(operation, selection.to, framesBefore),
  }
}
