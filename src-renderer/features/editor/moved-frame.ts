import type { Operation } from '#contract/edit-list'

const lengthOf = (clip: { spans: readonly { frames: number }[] }) =>
  clip.spans.reduce((sum, { frames }) => sum + frames, 0)

/** Where a position is when [from, to) gave way to `length` other frames. */
const replaced = (frame: number, range: { from: number; to: number }, length: number) => {
  if (frame < range.from) return frame
  if (frame >= range.to) return frame - (range.to - range.from) + length
  return range.from + Math.min(frame - range.from, length)
}

/** Where what was at a frame before an operation is after it; the nearest place when it is gone. */
export const movedFrame = (operation: Operation, frame: number, framesBefore: number): number => {
  switch (operation.kind) {
    case 'cut':
    case 'delete':
      return replaced(frame, operation, 0)
    case 'trim':
      return Math.min(Math.max(frame, operation.from), operation.to) - operation.from
    case 'paste':
      return replaced(frame, operation, lengthOf(operation.clip))
    case 'replace':
      return replaced(frame, operation, operation.frames)
    case 'insert_silence':
      return frame < operation.at ? frame : frame + operation.frames
    case 'crossfade': {
      const { at, frames } = operation
      return replaced(frame, { from: at - frames, to: at + frames }, frames)
    }
    case 'convert':
      return Math.round((frame * operation.frames) / Math.max(1, framesBefore))
    case 'reverse':
    case 'silence':
    case 'fade':
    case 'gain':
    case 'normalise':
    case 'add_marker':
    case 'change_marker':
    case 'remove_marker':
      return frame
  }
}

/** What is selected after an operation: what is new, or where something was taken out. */
export const selectionAfter = (
  operation: Operation,
  selection: { from: number; to: number },
  framesBefore: number,
): { from: number; to: number } => {
  switch (operation.kind) {
    case 'cut':
    case 'delete':
      return { from: operation.from, to: operation.from }
    case 'trim':
      return { from: 0, to: operation.to - operation.from }
    case 'paste':
      return { from: operation.from, to: operation.from + lengthOf(operation.clip) }
    case 'replace':
      return { from: operation.from, to: operation.from + operation.frames }
    case 'insert_silence':
      return { from: operation.at, to: operation.at + operation.frames }
    case 'crossfade':
    case 'convert':
      return {
        from: movedFrame(operation, selection.from, framesBefore),
        to: movedFrame(operation, selection.to, framesBefore),
      }
    case 'reverse':
    case 'silence':
    case 'fade':
    case 'gain':
    case 'normalise':
    case 'add_marker':
    case 'change_marker':
    case 'remove_marker':
      return selection
  }
}
