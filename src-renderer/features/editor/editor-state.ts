import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Draft, Step } from '#contract/drafts'
import type { EditList, Operation } from '#contract/edit-list'
import { describe } from '#sound/edit-list/describe'
import { framesOf } from '#sound/edit-list/edit-list'
import { current, historyOf, moveTo, push, type History } from '#sound/edit-list/history'
import { createEditViewState } from '../../audio/edit-view/edit-view-state.ts'
import type { EditViewStore, FrameRange } from '../../audio/edit-view/types.ts'
import type { Journal, Written } from './journal.ts'
import { movedFrame, selectionAfter } from './moved-frame.ts'

export type DraftFacts = Pick<
  Draft,
  'id' | 'name' | 'media_id' | 'target' | 'media_revision' | 'saved_position' | 'revision'
>

/** Who may change the draft now: this window, or another one since a time (Gregorian seconds). */
export type Permission = { isMine: true } | { isMine: false; since: number | undefined }

/** Work of the backend on the draft. Nothing is edited until it is over. */
export type Task = { label: string; progress: number | undefined; cancel: (() => void) | undefined }

export type EditorState = {
  draft: DraftFacts
  history: History<Step>
  permission: Permission
  task: Task | undefined
  /** Why the last thing could not be done. */
  problem: string | undefined
  /** Of the document after this window undid a save: replacing that one needs no question. */
  revertedTo: string | undefined
}

export type Move = (frame: number) => number

export type EditorHost = {
  openJournal: (draft: Draft) => Journal
  /** Gregorian seconds. */
  now: () => number
  /** The list is another one; `move` leads from places in the old one to the new. */
  onList: (list: EditList, move: Move) => void
  onProblem: (problem: string) => void
}

/** One draft that is being edited. */
export type Editor = {
  store: StoreApi<EditorState>
  view: EditViewStore
  journal: Journal
  list: () => EditList
  /** Changes the list at once and writes it to the journal. False, with a reason, when it cannot be. */
  edit: (operation: Operation) => boolean
  moveTo: (position: number) => void
  undo: () => void
  redo: () => void
  /** Takes over the draft as the backend has it: after its own work on it, or another window's. */
  adopt: (draft: Draft) => void
  close: () => void
}

/** Whether callers hear what is edited here. */
export const isSaved = ({ draft, history }: EditorState): boolean =>
  draft.saved_position === undefined
    ? draft.media_id !== undefined && history.position === 0
    : draft.saved_position === history.position

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export const writtenOf = ({ revision, position, steps }: Draft): Written => ({
  revision,
  position,
  operations: steps.map(({ operation }) => operation),
})

const rangeOf = (operation: Operation): FrameRange | undefined =>
  'from' in operation ? { from: operation.from, to: operation.to } : undefined

export const factsOf = (draft: Draft): DraftFacts => ({
  id: draft.id,
  name: draft.name,
  target: draft.target,
  revision: draft.revision,
  ...(draft.media_id === undefined ? {} : { media_id: draft.media_id }),
  ...(draft.media_revision === undefined ? {} : { media_revision: draft.media_revision }),
  ...(draft.saved_position === undefined ? {} : { saved_position: draft.saved_position }),
})

/** What stands in the way of changing the draft now; undefined when nothing does. */
export const blockOf = ({ permission, task }: EditorState): string | undefined => {
  if (!permission.isMine) return 'Another window edits this. Take over to go on here.'
  return task && `Wait for “${task.label}”, or cancel it.`
}

export const canEdit = (state: EditorState): boolean => blockOf(state) === undefined

export const createEditor = (draft: Draft, host: EditorHost): Editor => {
  const store = createStore<EditorState>(() => ({
    draft: factsOf(draft),
    history: historyOf(draft.initial, draft.steps, draft.position),
    permission: { isMine: true },
    task: undefined,
    problem: undefined,
    revertedTo: undefined,
  }))
  const view = createEditViewState()
  const journal = host.openJournal(draft)
  const list = () => current(store.getState().history)

  const tell = (problem: string) => {
    store.setState({ problem })
    host.onProblem(problem)
  }

  const within = (range: FrameRange): FrameRange => {
    const frames = framesOf(list())
    return { from: Math.min(range.from, frames), to: Math.min(range.to, frames) }
  }

  const show = (range: FrameRange, move: Move) => {
    const selection = within(range)
    view.setState({ selection, cursor: selection.from })
    host.onList(list(), move)
  }

  const go = (position: number) => {
    const { history } = store.getState()
    const block = blockOf(store.getState())
    if (block !== undefined) {
      tell(block)
      return
    }
    if (position === history.position || position < 0 || position > history.steps.length) return
    const isBack = position < history.position
    const step = history.steps[isBack ? position : position - 1]
    const framesBefore = framesOf(history.lists[position - 1] ?? current(history))
    store.setState({ history: moveTo(history, position), problem: undefined })
    journal.write({ kind: 'position', position })
    const before = view.getState().selection
    const range = step && rangeOf(step.operation)
    if (isBack) show(range ?? before, (frame) => frame)
    else
      show(step ? selectionAfter(step.operation, before, framesBefore) : before, (frame) => frame)
  }

  return {
    store,
    view,
    journal,
    list,
    edit: (operation) => {
      const block = blockOf(store.getState())
      if (block !== undefined) {
        tell(block)
        return false
      }
      const { history } = store.getState()
      const before = current(history)
      const framesBefore = framesOf(before)
      try {
        const label = describe(operation, before)
        const next = push(history, { operation, label, at: host.now() })
        store.setState({ history: next, problem: undefined })
      } catch (error) {
        tell(`${textOf(error)}.`)
        return false
      }
      journal.write({ kind: 'step', operation })
      show(selectionAfter(operation, view.getState().selection, framesBefore), (frame) =>
        movedFrame(operation, frame, framesBefore),
      )
      return true
    },
    moveTo: go,
    undo: () => go(store.getState().history.position - 1),
    redo: () => go(store.getState().history.position + 1),
    adopt: (fresh) => {
      const before = store.getState().history
      const added = fresh.steps.slice(before.steps.length).map(({ operation }) => operation)
      const framesBefore = framesOf(current(before))
      journal.adopt(writtenOf(fresh))
      store.setState({
        draft: factsOf(fresh),
        history: historyOf(fresh.initial, fresh.steps, fresh.position),
        problem: undefined,
      })
      const [only, ...more] = added
      const isStep = only !== undefined && more.length === 0
      const { selection } = view.getState()
      show(isStep ? selectionAfter(only, selection, framesBefore) : selection, (frame) =>
        isStep ? movedFrame(only, frame, framesBefore) : frame,
      )
    },
    close: () => journal.close(),
  }
}
