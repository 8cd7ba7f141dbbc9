import { createHash } from 'node:crypto'
import { itemStates, type Batch, type BatchItem, type RecipeInput } from '#contract/batches'
import type { ObjectEvent } from '#contract/events'
import { gregorianNow } from '../../platform/clock.ts'
import { newId } from '../../platform/documents/documents.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import { planOf, type BatchRequest } from './batch-plan.ts'
import { createRecipes, type Recipes } from './recipes.ts'
import { toCsvReport, toHtmlReport } from './report.ts'
import type { RunDeps } from './run.ts'
import { createRuns } from './runs.ts'
import { createSplitter, type Splitter, type SplitterDeps } from './splitter.ts'
import {
  countItems,
  eraseBatch,
  findBatch,
  insertBatch,
  itemsOf,
  listBatches,
  retryFailed,
  type StoredBatch,
} from './store.ts'

/**
 * Recipes on many files at once, and sessions split into prompts. A batch and every item of it are on
 * disk: what is cancelled or cut off by the end of the process goes on where it was.
 */
export type Batches = {
  recipes: Recipes
  splitter: Splitter
  list: (accountId: string) => Batch[]
  /** Throws `bad_identifier` for a batch of another account too, as everything below. */
  get: (accountId: string, id: string) => Batch
  items: (accountId: string, id: string) => BatchItem[]
  /** Refuses a choice that names no file, or an unknown one. */
  start: (request: BatchRequest) => Promise<Batch>
  /** Goes on with what waits and what failed; refuses a batch that runs or has nothing left. */
  resume: (accountId: string, id: string, origin: string) => Promise<Batch>
  /** Forgets a batch; refuses one that runs. */
  remove: (accountId: string, id: string, origin: string) => Promise<Batch>
  report: (accountId: string, id: string, format: 'csv' | 'html') => { text: string; name: string }
}

export type { BatchRequest }

/** The same for the same steps and format, whatever a recipe is called. */
const keyOf = ({ steps, format }: RecipeInput): string =>
  createHash('sha256')
    .update(JSON.stringify([steps, format]))
    .digest('hex')

const endedMeanwhile = 'Patchbay ended before it was done.'

const nameOf = ({ name = '' }: BatchRequest): string | undefined =>
  name.trim() === '' ? undefined : name.trim()

export const createBatches = (
  deps: RunDeps & SplitterDeps & { events: Bus<ObjectEvent> },
): Batches => {
  const { db, clock, events } = deps
  const recipes = createRecipes(deps)
  const runs = createRuns(deps)

  const tell = (event: ObjectEvent['event'], { id, accountId }: StoredBatch, origin: string) =>
    events.emit({ event, type: 'batch', id, account_id: accountId, origin })

  const find = (accountId: string, id: string): StoredBatch => {
    const batch = findBatch(db, accountId, id)
    if (!batch) throw new AppError('bad_identifier', { cause: id })
    return batch
  }

  const shown = (batch: StoredBatch): Batch => {
    const { seq, id, name, library, recipe, isDryRun, created, modified } = batch
    const run = runs.of(id)
    const stored = countItems(db, seq)
    const busy = run?.positions.size ?? 0
    const waiting = Math.max(0, (stored.waiting ?? 0) - busy)
    const counts = {
      ...Object.fromEntries(itemStates.map((state) => [state, 0])),
      ...stored,
      waiting,
      running: busy,
    } as Batch['counts']
    const state = run ? 'running' : waiting > 0 ? 'stopped' : 'done'
    return {
      id,
      name,
      target: library === 'system' ? 'system' : 'account',
      recipe,
      is_dry_run: isDryRun,
      state,
      ...(run && { job_id: run.jobId }),
      ...(state === 'stopped' && { reason: runs.stopOf(id) ?? endedMeanwhile }),
      counts,
      created,
      modified,
    }
  }

  const items = (accountId: string, id: string): BatchItem[] => {
    const { seq } = find(accountId, id)
    const busy = runs.of(id)?.positions
    return itemsOf(db, seq).map(({ mediaId, name, language, state, position, outcome }) => ({
      media_id: mediaId,
      name,
      language,
      state: state === 'waiting' && busy?.has(position) ? 'running' : state,
      ...outcome,
    }))
  }

  const checkIdle = (id: string) => {
    if (!runs.of(id)) return
    throw new AppError('conflict', { message: 'the batch runs: cancel it first', cause: id })
  }

  return {
    recipes,
    splitter: createSplitter(deps),
    items,
    list: (accountId) => listBatches(db, accountId).map(shown),
    get: (accountId, id) => shown(find(accountId, id)),
    start: async (request) => {
      const { accountId, isDryRun, origin } = request
      const { chosen, ...planned } = await planOf({ ...deps, recipes }, request)
      const now = gregorianNow(clock)
      const batch = await db.write((tx) =>
        insertBatch(
          tx,
          {
            ...planned,
            name: nameOf(request) ?? planned.name.slice(0, 128),
            id: newId(),
            accountId,
            recipeKey: keyOf(planned.recipe),
            isDryRun,
            created: now,
            modified: now,
          },
          chosen,
        ),
      )
      runs.start(batch, origin)
      tell('doc_created', batch, origin)
      return shown(batch)
    },
    resume: async (accountId, id, origin) => {
      const batch = find(accountId, id)
      checkIdle(id)
      const { waiting = 0, failed = 0 } = countItems(db, batch.seq)
      if (waiting + failed === 0) {
        const message = 'Nothing is left to do: every file is done'
        throw invalid({ batch_id: { invalid: { message, cause: id } } })
      }
      await db.write((tx) => {
        checkIdle(id)
        retryFailed(tx, batch.seq)
      })
      checkIdle(id)
      runs.start(batch, origin)
      return shown(batch)
    },
    remove: async (accountId, id, origin) => {
      const batch = find(accountId, id)
      const before = shown(batch)
      await db.write((tx) => {
        checkIdle(id)
        eraseBatch(tx, batch.seq)
      })
      tell('doc_deleted', batch, origin)
      return before
    },
    report: (accountId, id, format) => {
      const batch = shown(find(accountId, id))
      const rows = items(accountId, id)
      const text = format === 'csv' ? toCsvReport(rows) : toHtmlReport(batch, rows)
      return { text, name: `${batch.name}.${format}` }
    },
  }
}
