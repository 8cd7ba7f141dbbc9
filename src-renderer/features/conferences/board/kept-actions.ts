import { slotFor, useSentActions } from './board-store.ts'
import { isOpen, type SentAction } from './sent-action.ts'

const mostKept = 2000

/** An action as it is now; undefined once it is so old that it was forgotten. */
export const findAction = (id: number): SentAction | undefined =>
  useSentActions.getState().sent.get(id)

/** Writes actions as they are now. Answers the ids of those that are forgotten for it: the oldest that are over. */
export const keepActions = (actions: readonly SentAction[]): readonly number[] => {
  if (actions.length === 0) return []
  const { sent, latest } = useSentActions.getState()
  const next = new Map(sent)
  const slots = new Map(latest)
  for (const each of actions) {
    next.set(each.id, each)
    const slot = slotFor(each)
    // An answer to the first must not hide the second.
    if ((slots.get(slot)?.id ?? 0) <= each.id) slots.set(slot, each)
  }
  const forgotten: number[] = []
  for (const [id, each] of next) {
    if (next.size <= mostKept) break
    if (isOpen(each)) continue
    next.delete(id)
    if (slots.get(slotFor(each))?.id === id) slots.delete(slotFor(each))
    forgotten.push(id)
  }
  useSentActions.setState({ sent: next, latest: slots })
  return forgotten
}
