import type { Step } from '#contract/drafts'
import type { EditList, Operation } from '#contract/edit-list'
import { apply } from '#sound/edit-list/apply'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { AppError } from '../../platform/errors.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import { createFolds } from './folds.ts'
import { conflict } from './refusals.ts'
import type { Named } from './sources.ts'
import {
  advance,
  readDraft,
  readSteps,
  writeStep,
  type DraftRow,
  type StoredStep,
} from './store.ts'

/**
 * The history of a draft: every step is on disk before it is acknowledged, and the edit list a draft
 * has come to is worked out by doing its steps again. Of two changes made on one revision the second
 * is refused.
 */
export type Journal = {
  /** Throws `bad_identifier` for a draft of another account, too. */
  find: (accountId: string, id: string) => DraftRow
  stepsOf: (draft: DraftRow) => readonly StoredStep[]
  /** The edit list a draft has come to. */
  listOf: (draft: DraftRow) => Promise<EditList>
  /** The draft, if it is at this revision; else throws `conflict`. */
  at: (accountId: string, change: { id: string; revision: number }) => Promise<Standpoint>
  /** Throws EditError for what cannot be done, `conflict` when the draft has changed meanwhile. */
  append: (on: Standpoint, made: Made) => Promise<StoredStep>
  moveTo: (on: Standpoint, position: number) => Promise<void>
  forget: (id: string) => void
}

/** A draft as somebody saw it when they decided on a change. */
export type Standpoint = { draft: DraftRow; steps: readonly StoredStep[]; list: EditList }

export type Made = { operation: Operation; label: string }

/** Sources an operation brings in, in the format they must have. */
export const broughtBy = (operation: Operation, list: EditList): Named | undefined => {
  if (operation.kind === 'paste') return operation.clip
  if (operation.kind === 'convert') {
    const { source, frames } = operation
    return { ...operation, sources: { [source]: { frames } } }
  }
  if (operation.kind !== 'replace' || operation.frames === 0) return undefined
  const { source, frames } = operation
  return { ...list, sources: { [source]: { frames } } }
}

const stepsKept = 20

export const createJournal = ({ db, clock }: { db: Database; clock: Clock }): Journal => {
  const folds = createFolds()
  /** Steps by draft, of the revision they were read at: histories are long, and pasted clips large. */
  const known = new Map<string, { revision: number; steps: readonly StoredStep[] }>()

  const find: Journal['find'] = (accountId, id) => {
    const row = readDraft(db, accountId, id)
    if (row) return row
    throw new AppError('bad_identifier', { message: 'there is no such draft', cause: id })
  }

  const keep = (id: string, revision: number, steps: readonly StoredStep[]) => {
    known.delete(id)
    known.set(id, { revision, steps })
    const [oldest] = known.keys()
    if (known.size > stepsKept && oldest !== undefined) known.delete(oldest)
    return steps
  }

  const stepsOf: Journal['stepsOf'] = ({ id, revision }) => {
    const there = known.get(id)
    return there?.revision === revision ? there.steps : keep(id, revision, readSteps(db, id))
  }

  const changed = (revision: number) =>
    conflict(
      'revision',
      `the draft has changed meanwhile: its revision is now ${revision}; read it again and repeat the change`,
    )

  const lost = ({ accountId, id }: DraftRow) => changed(find(accountId, id).revision)

  const fold = (draft: DraftRow, steps: readonly StoredStep[]) =>
    folds.at({ id: draft.id, initial: draft.initial, steps }, draft.position)

  return {
    find,
    stepsOf,
    listOf: (draft) => fold(draft, stepsOf(draft)),
    at: async (accountId, { id, revision }) => {
      const draft = find(accountId, id)
      if (draft.revision !== revision) throw changed(draft.revision)
      const steps = stepsOf(draft)
      return { draft, steps, list: await fold(draft, steps) }
    },
    append: async ({ draft, steps, list }, made) => {
      const { id, position, revision } = draft
      const next = apply(list, made.operation)
      const now = gregorianNow(clock)
      const step: Step = { ...made, at: now }
      const sources = Object.keys(broughtBy(made.operation, list)?.sources ?? {})
      const seq = await db.write((tx) => {
        const isNext = advance(tx, draft, { position: position + 1, now })
        return isNext ? writeStep(tx, { id, position }, { ...step, sources }) : undefined
      })
      if (seq === undefined) throw lost(draft)
      const stored = { ...step, seq }
      const all = keep(id, revision + 1, [...steps.slice(0, position), stored])
      folds.remember({ id, steps: all }, position + 1, next)
      return stored
    },
    moveTo: async ({ draft, steps }, position) => {
      const now = gregorianNow(clock)
      const isNext = await db.write((tx) => advance(tx, draft, { position, now }))
      if (!isNext) throw lost(draft)
      keep(draft.id, draft.revision + 1, steps)
    },
    forget: (id) => {
      known.delete(id)
      folds.forget(id)
    },
  }
}
