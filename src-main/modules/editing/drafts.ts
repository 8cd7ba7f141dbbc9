import type { Draft, DraftSummary, Editor, Step } from '#contract/drafts'
import type { EditList, Operation } from '#contract/edit-list'
import type { ObjectEvent } from '#contract/events'
import { describe } from '#sound/edit-list/describe'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import type { Media } from '../media/media.ts'
import { broughtBy, createJournal, type Made, type Standpoint } from './journal.ts'
import { createLeases } from './leases.ts'
import { createOpening, type Caller, type MediaOf, type SourceOf } from './opening.ts'
import { refusalOf } from './refusals.ts'
import type { Sources } from './sources.ts'
import { deleteDraft, listDrafts, touchSources, type DraftLine, type DraftRow } from './store.ts'

/** Unsaved work on a document's file or on a new one, and which window does it. */
export type Drafts = {
  list: (accountId: string) => DraftSummary[]
  /** The draft of a document's file; made when there is none, or when a clean one is of another file. */
  openMedia: (caller: Caller, of: MediaOf) => Promise<Draft>
  openSource: (caller: Caller, of: SourceOf) => Promise<Draft>
  get: (accountId: string, id: string) => Draft
  /** The edit list it has come to. */
  listOf: (accountId: string, id: string) => Promise<EditList>
  addStep: (caller: Caller, change: Change & { operation: Operation }) => Promise<Standing>
  setPosition: (caller: Caller, change: Change & { position: number }) => Promise<Standing>
  setEditor: (caller: Caller, wish: EditorWish) => Editor | null
  remove: (caller: Caller, change: Omit<Change, 'revision'>) => Promise<DraftSummary>
  /** What a change is made on. Throws `conflict` when it has changed, or another window has it. */
  standpoint: (accountId: string, change: Change) => Promise<Standpoint>
  /** A step made by ourselves. Throws `conflict` when the draft has changed since. */
  append: (caller: Caller, on: Standpoint, made: Made) => Promise<Standing & { step: Step }>
  tell: (caller: Caller, id: string, event?: ObjectEvent['event']) => void
}

export type { Caller } from './opening.ts'

export type Change = { id: string; revision: number; window?: string | undefined }
export type Standing = { revision: number; position: number }
export type EditorWish = { id: string; window: string; takeOver: boolean; leave: boolean }

/** Whether throwing the draft away would lose nothing. */
const isSaved = (
  { position, savedPosition, mediaId }: Omit<DraftRow, 'initial'>,
  steps: number,
): boolean =>
  savedPosition === undefined ? mediaId !== undefined && steps === 0 : position === savedPosition

export const createDrafts = (deps: {
  db: Database
  blobs: Blobs
  media: Media
  sources: Sources
  clock: Clock
  events: Bus<ObjectEvent>
}): Drafts => {
  const { db, sources, clock, events } = deps
  const journal = createJournal(deps)
  const leases = createLeases(clock)

  const toDraft = (row: DraftRow): Draft => ({
    id: row.id,
    name: row.name,
    ...(row.mediaId !== undefined && { media_id: row.mediaId }),
    target: row.target,
    ...(row.mediaRevision !== undefined && { media_revision: row.mediaRevision }),
    revision: row.revision,
    initial: row.initial,
    steps: journal.stepsOf(row).map(({ seq: _seq, ...step }) => step),
    position: row.position,
    ...(row.savedPosition !== undefined && { saved_position: row.savedPosition }),
    editor: leases.of(row.id),
    created: row.created,
    modified: row.modified,
  })

  const toSummary = (line: DraftLine): DraftSummary => ({
    id: line.id,
    name: line.name,
    ...(line.mediaId !== undefined && { media_id: line.mediaId }),
    target: line.target,
    steps: line.steps,
    is_saved: isSaved(line, line.steps),
    editor: leases.of(line.id),
    modified: line.modified,
  })

  const tell: Drafts['tell'] = ({ accountId, origin }, id, event = 'doc_edited') =>
    events.emit({ event, type: 'draft', id, account_id: accountId, origin })

  const removeRow = async (caller: Caller, id: string) => {
    await db.write((tx) => {
      touchSources(tx, id, gregorianNow(clock))
      deleteDraft(tx, id)
    })
    journal.forget(id)
    leases.forget(id)
    tell(caller, id, 'doc_deleted')
  }

  const opening = createOpening({
    ...deps,
    created: (caller, id) => tell(caller, id, 'doc_created'),
    isClean: (row) => isSaved(row, journal.stepsOf(row).length),
    remove: removeRow,
  })

  const standpoint: Drafts['standpoint'] = (accountId, { window, ...change }) => {
    journal.find(accountId, change.id)
    leases.require(change.id, window)
    return journal.at(accountId, change)
  }

  const append: Drafts['append'] = async (caller, on, made) => {
    const { seq: _seq, ...step } = await journal.append(on, made)
    tell(caller, on.draft.id)
    return { revision: on.draft.revision + 1, position: on.draft.position + 1, step }
  }

  return {
    list: (accountId) => listDrafts(db, accountId).map(toSummary),
    openMedia: async (caller, of) => toDraft(await opening.ofMedia(caller, of)),
    openSource: async (caller, of) => toDraft(await opening.ofSource(caller, of)),
    get: (accountId, id) => toDraft(journal.find(accountId, id)),
    listOf: async (accountId, id) => journal.listOf(journal.find(accountId, id)),
    addStep: async (caller, { operation, ...change }) => {
      const on = await standpoint(caller.accountId, change)
      const brought = broughtBy(operation, on.list)
      const at = (id: string) =>
        operation.kind === 'paste' ? `operation.clip.sources.${id}` : 'operation.source'
      if (brought) await sources.check(caller.accountId, brought, at)
      try {
        const label = describe(operation, on.list)
        const { revision, position } = await append(caller, on, { operation, label })
        return { revision, position }
      } catch (error) {
        throw refusalOf(error, 'operation')
      }
    },
    setPosition: async (caller, { position, ...change }) => {
      const on = await standpoint(caller.accountId, change)
      const target = on.steps.length
      if (position > target) {
        const message = `The history has only ${target} ${target === 1 ? 'step' : 'steps'}`
        throw invalid({ position: { maximum: { message, target, value: position } } })
      }
      await journal.moveTo(on, position)
      tell(caller, change.id)
      return { revision: on.draft.revision + 1, position }
    },
    setEditor: (caller, { id, window, takeOver, leave }) => {
      journal.find(caller.accountId, id)
      const isOther = leave ? leases.leave(id, window) : leases.take(id, window, { takeOver })
      if (isOther) tell(caller, id)
      return leases.of(id)
    },
    remove: async (caller, { id, window }) => {
      const row = journal.find(caller.accountId, id)
      leases.require(id, window)
      const summary = toSummary({ ...row, steps: journal.stepsOf(row).length })
      await removeRow(caller, id)
      return summary
    },
    standpoint,
    append,
    tell,
  }
}
