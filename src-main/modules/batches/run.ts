import { availableParallelism } from 'node:os'
import type { TargetProfile } from '#contract/measures'
import { forEachAtOnce } from '../../platform/at-once.ts'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { AppError, isAbort, sentenceOf } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import { workOnItem, type ItemDeps } from './item.ts'
import { ItemFailure, reasonOf } from './item-failure.ts'
import type { NormaliseStep } from './plan.ts'
import {
  finishItem,
  saveLevels,
  waitingItems,
  wasMadeBy,
  type ItemEnd,
  type StoredBatch,
  type StoredItem,
} from './store.ts'

export type RunDeps = ItemDeps & { db: Database; clock: Clock; log: Log }

export type RunRequest = {
  batch: StoredBatch
  origin: string
  signal: AbortSignal
  /** Share of the items that were waiting, 0 to 1. */
  progress: (share: number) => void
  /** An item is being worked on, or no longer. */
  onItem: (position: number, isRunning: boolean) => void
}

const packLevel = 'active_level'

/**
 * Works through what waits, as many files at once as there are processors. Every item ends on disk;
 * what is cut off is still waiting. Rejects with an AbortError when cancelled, and with what would keep
 * every other file from being done as well, such as a full disk.
 */
export const runBatch = async (deps: RunDeps, request: RunRequest): Promise<void> => {
  const { db, clock, log, measuring } = deps
  const { batch, origin, signal, progress, onItem } = request
  const { seq, library, recipe, recipeKey, isDryRun } = batch
  const levels = { ...batch.levels }
  const finding = new Map<string, Promise<number>>()

  /** Looked up once a language: while files are replaced, the median moves. */
  const findLevel = async (language: string): Promise<number> => {
    const key = `${language} ${packLevel}`
    const known = levels[key]
    if (known !== undefined) return known
    const { level } = await measuring
      .target(library, 'pack', language)
      .catch((error: unknown): never => {
        if (!(error instanceof AppError) || error.code !== 'validation') throw error
        throw new ItemFailure(`${sentenceOf(error)}: give the step a level.`)
      })
    levels[key] = level
    await db.write((tx) => saveLevels(tx, seq, levels))
    return level
  }

  const levelOfPack = (language: string): Promise<number> => {
    if (language === '') {
      const reason = 'It has no language and thus no pack to match: give the step a level.'
      return Promise.reject(new ItemFailure(reason))
    }
    const asked = finding.get(language) ?? findLevel(language)
    finding.set(language, asked)
    return asked
  }

  const levelOf = ({ language }: StoredItem, step: NormaliseStep): Promise<number> =>
    step.level === undefined ? levelOfPack(language) : Promise.resolve(step.level)

  /** What the last levelling step wants; without one there is nothing to be judged by. */
  const targetOf = async (item: StoredItem): Promise<TargetProfile | undefined> => {
    const step = recipe.steps.findLast((each) => each.kind === 'normalise')
    if (step?.kind !== 'normalise' || step.metric === 'peak') return undefined
    const level = await levelOf(item, step)
    return {
      id: 'pack',
      name: recipe.name,
      metric: step.metric,
      level,
      tolerance_db: 0.5,
      ceiling_dbtp: step.ceiling_dbtp,
      source: `Recipe “${recipe.name}”`,
    }
  }

  const work = async (item: StoredItem): Promise<void> => {
    const { position, mediaId } = item
    const kept = new Set<ItemEnd>()
    const end = await workOnItem(deps, {
      library,
      mediaId,
      recipe,
      isDryRun,
      origin,
      signal,
      levelOf: (step) => levelOf(item, step),
      targetOf: () => targetOf(item),
      wasMade: (blob) => wasMadeBy(db, { library, mediaId, recipeKey, blob }),
      finish: (tx, ended) => {
        kept.add(ended)
        finishItem(tx, { seq, position }, { ...ended, now: gregorianNow(clock) })
      },
    }).catch((error: unknown): ItemEnd => {
      const reason = signal.aborted ? undefined : reasonOf(error)
      if (reason === undefined) throw error
      log.info('a file of a batch failed', { batch: batch.id, media: mediaId, reason })
      if (!isExpected(error)) log.error('working on a file failed', { media: mediaId, error })
      return { state: 'failed', outcome: { reason } }
    })
    if (kept.has(end)) return
    await db.write((tx) => finishItem(tx, { seq, position }, { ...end, now: gregorianNow(clock) }))
  }

  const items = waitingItems(db, seq)
  let finished = 0
  await forEachAtOnce(items, availableParallelism(), async (item) => {
    signal.throwIfAborted()
    onItem(item.position, true)
    try {
      await work(item)
    } finally {
      onItem(item.position, false)
    }
    finished += 1
    progress(finished / items.length)
  })
}

const isExpected = (error: unknown): boolean =>
  error instanceof ItemFailure || error instanceof AppError || isAbort(error)
