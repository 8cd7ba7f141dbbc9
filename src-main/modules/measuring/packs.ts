import { availableParallelism } from 'node:os'
import type { ObjectEvent } from '#contract/events'
import type { AudioFacts } from '#contract/media'
import type { Measures } from '#contract/measures'
import { spreadOf } from '#sound/levels/spread'
import { forEachAtOnce } from '../../platform/at-once.ts'
import { AppError } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Reader } from '../../platform/sqlite/sqlite.ts'
import { readPack, type PackFile } from './store.ts'

/** The level that most prompts of a language have, as callers of an account hear them. */
export type Packs = {
  /** Undefined where there are no prompts with sound. */
  get: (accountId: string, language: string) => Promise<PackLevel | undefined>
}

export type PackLevel = { level: number; files: number; language: string }

type PacksDeps = {
  scope: Scope
  db: Reader
  events: Bus<ObjectEvent>
  measureFile: (blob: string, facts: AudioFacts) => Promise<Measures>
}

const systemLibrary = 'system'

export const createPacks = ({ scope, db, events, measureFile }: PacksDeps): Packs => {
  const known = new Map<string, Promise<PackLevel | undefined>>()
  const keyOf = (accountId: string, language: string) => `${accountId} ${language}`

  const unsubscribe = events.on(({ type, account_id: accountId }) => {
    if (type !== 'media') return
    for (const key of known.keys()) {
      if (accountId === systemLibrary || key.startsWith(`${accountId} `)) known.delete(key)
    }
  })
  scope.add(unsubscribe)

  /** The account's own prompts, and the system's where it has none. */
  const filesOf = (accountId: string, language: string): PackFile[] => {
    const libraries = accountId === systemLibrary ? [accountId] : [systemLibrary, accountId]
    const byPrompt = new Map<string, PackFile>()
    for (const library of libraries) {
      for (const file of readPack(db, library, language)) byPrompt.set(file.promptId, file)
    }
    return [...byPrompt.values()]
  }

  const compute = async (accountId: string, language: string): Promise<PackLevel | undefined> => {
    const levels: number[] = []
    const files = filesOf(accountId, language)
    await forEachAtOnce(files, 2 * availableParallelism(), async ({ blob, audio }) => {
      try {
        const { active_level_dbov: level } = await measureFile(blob, audio)
        if (level !== null) levels.push(level)
      } catch (error) {
        // A file that cannot be measured says nothing about the others.
        if (!(error instanceof AppError)) throw error
      }
    })
    const spread = spreadOf(levels)
    return spread && { level: spread.median, files: spread.count, language }
  }

  return {
    get: (accountId, language) => {
      const key = keyOf(accountId, language)
      const before = known.get(key)
      if (before) return before
      const computing = compute(accountId, language).catch((error: unknown) => {
        if (known.get(key) === computing) known.delete(key)
        throw error
      })
      known.set(key, computing)
      return computing
    },
  }
}
