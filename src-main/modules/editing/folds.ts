import { setImmediate as turn } from 'node:timers/promises'
import type { EditList, Operation } from '#contract/edit-list'
import { apply } from '#sound/edit-list/apply'

/** How long edit lists are worked on before somebody else gets a turn. */
const TURN_MS = 15

/** Does operations one after the other; `at` hears which one is next. Others get turns in between. */
export const applyAll = async (
  list: EditList,
  operations: readonly Operation[],
  at: (index: number) => void = () => undefined,
): Promise<EditList> => {
  let result = list
  let sinceMs = performance.now()
  for (const [index, operation] of operations.entries()) {
    at(index)
    result = apply(result, operation)
    if (performance.now() - sinceMs < TURN_MS) continue
    await turn()
    sinceMs = performance.now()
  }
  return result
}

/** What a draft has come to at positions that were looked at lately. */
export type Folds = {
  /** The list after the first `position` steps. Throws EditError when they cannot be done. */
  at: (draft: Foldable, position: number) => Promise<EditList>
  /** Remembers a list that is known, of the revision that a change leads to. */
  remember: (draft: Pick<Foldable, 'id' | 'steps'>, position: number, list: EditList) => void
  forget: (draftId: string) => void
}

export type Foldable = {
  id: string
  initial: EditList
  /** `seq` tells a step from one that took its place. */
  steps: readonly { seq: number; operation: Operation }[]
}

/** Lists by the seq of their last step; a list is as good as ever while that step is there. */
type Known = Map<number, EditList>

const mostDrafts = 20
const mostLists = 100
/** Spans of all remembered lists of a draft: lists of a hundred thousand are remembered singly. */
const mostSpans = 1_000_000

const forgetOldest = (lists: Known) => {
  let spans = [...lists.values()].reduce((sum, list) => sum + list.spans.length, 0)
  for (const [seq, list] of lists) {
    if (lists.size <= 1 || (lists.size <= mostLists && spans <= mostSpans)) return
    lists.delete(seq)
    spans -= list.spans.length
  }
}

export const createFolds = (): Folds => {
  const drafts = new Map<string, Known>()

  const listsOf = (id: string): Known => {
    const lists = drafts.get(id) ?? new Map<number, EditList>()
    drafts.delete(id)
    drafts.set(id, lists)
    const [oldest] = drafts.keys()
    if (drafts.size > mostDrafts && oldest !== undefined) drafts.delete(oldest)
    return lists
  }

  const remember: Folds['remember'] = ({ id, steps }, position, list) => {
    const seq = steps[position - 1]?.seq
    if (seq === undefined) return
    const lists = listsOf(id)
    lists.delete(seq)
    lists.set(seq, list)
    forgetOldest(lists)
  }

  return {
    at: async (draft, position) => {
      const lists = listsOf(draft.id)
      let from = position
      let list: EditList | undefined
      for (; from > 0 && !list; from -= 1) list = lists.get(draft.steps[from - 1]?.seq ?? 0)
      // The search stops one before what it found.
      const begin = list ? from + 1 : 0
      const rest = draft.steps.slice(begin, position).map(({ operation }) => operation)
      const result = await applyAll(list ?? draft.initial, rest)
      remember(draft, position, result)
      return result
    },
    remember,
    forget: (id) => void drafts.delete(id),
  }
}
