import type { EditList, Operation } from '#contract/edit-list'
import { apply } from './apply.ts'

/** What a history needs to know of a step; callers may keep more with it. */
export type HistoryStep = { operation: Operation }

/** Immutable. lists[i] is what the first i steps made: lists[0] is where the history begins. */
export type History<S extends HistoryStep = HistoryStep> = {
  lists: readonly EditList[]
  steps: readonly S[]
  /** Steps that count; the rest is undone. */
  position: number
}

/** Replays steps. Throws EditError for the first that cannot be done. */
export const historyOf = <S extends HistoryStep>(
  initial: EditList,
  steps: readonly S[] = [],
  position: number = steps.length,
): History<S> => {
  const lists = [initial]
  let list = initial
  for (const { operation } of steps) {
    list = apply(list, operation)
    lists.push(list)
  }
  return moveTo({ lists, steps, position: 0 }, position)
}

export const current = (history: History): EditList => {
  const list = history.lists[history.position]
  if (!list) throw new RangeError(`no list at position ${history.position}`)
  return list
}

/** Does a step; what was undone before is gone then. Throws EditError, and the history stays. */
export const push = <S extends HistoryStep>(history: History<S>, step: S): History<S> => {
  const { position } = history
  const list = apply(current(history), step.operation)
  return {
    lists: [...history.lists.slice(0, position + 1), list],
    steps: [...history.steps.slice(0, position), step],
    position: position + 1,
  }
}

/** Undoes or redoes to a position, 0 to the number of steps; throws RangeError outside. */
export const moveTo = <S extends HistoryStep>(
  history: History<S>,
  position: number,
): History<S> => {
  if (!Number.isInteger(position) || position < 0 || position > history.steps.length)
    throw new RangeError(`position ${position} of ${history.steps.length} steps`)
  return { ...history, position }
}

export const canUndo = (history: History): boolean => history.position > 0
export const canRedo = (history: History): boolean => history.position < history.steps.length
