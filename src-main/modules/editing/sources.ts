import type { EditList } from '#contract/edit-list'
import type { ObjectEvent } from '#contract/events'
import type { Source } from '#contract/sources'
import { checkList } from '#sound/edit-list/check'
import type { Blobs, HeldBlob } from '../../platform/blobs/blobs.ts'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { AppError, invalid, isAbort } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import { unlessAborted } from '../../platform/unless-aborted.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Reading, Waveforms } from '../waveforms/waveforms.ts'
import { checked } from './refusals.ts'
import {
  forgetSource,
  forgetSources,
  isSource,
  readSource,
  writeSource,
  type SourceRow,
} from './store.ts'
import { pause } from './waiting.ts'
import { createWatch } from './watch.ts'

/**
 * Audio that can be edited: blobs an account has, read frame by frame. Growth is told by events, and by
 * a job when it takes longer. A source that no draft names is forgotten at the next start, or a day
 * after it was last needed.
 */
export type Sources = {
  /**
   * Makes a source of a blob, whose hold ends here. Refuses a file without audio, of which nothing
   * stays. Resolves when the format is known, or a moment later everything.
   */
  add: (accountId: string, held: Held, name: string) => Promise<Source>
  /** Resolves when its format is known. Throws `bad_identifier` for a source the account does not have. */
  get: (accountId: string, id: string) => Promise<Source>
  /** Waits until it is read. Throws a refusal when it cannot be. */
  ready: (accountId: string, id: string, signal: AbortSignal) => Promise<Source>
  /**
   * Throws violations for sources of a list or clip that the account does not have, or that are not
   * as the list says.
   */
  check: (accountId: string, list: Named, at: (id: string) => string) => Promise<void>
  /** The same for a whole list that a client sent, and whether its parts fit each other. */
  checkList: (accountId: string, list: EditList) => Promise<void>
  /** Forgets what nobody has used since (Gregorian seconds). Returns it. */
  forget: (usedBefore: number) => Promise<string[]>
}

export type Named = Pick<EditList, 'sources' | 'sample_rate_hz' | 'channels'>

type Row = Pick<SourceRow, 'id' | 'name'>
type Held = Pick<HeldBlob, 'hash' | 'release'>

/** Most files are read before anybody could ask again. */
const MOMENT_MS = 150
const failuresKept = 100

export type SourceDeps = {
  db: Database
  blobs: Blobs
  waveforms: Waveforms
  jobs: Jobs
  scope: Scope
  clock: Clock
  log: Log
  events: Bus<ObjectEvent>
}

const toSource = ({ id, name }: Pick<SourceRow, 'id' | 'name'>, reading: Reading): Source => {
  const { state, sampleRateHz, channels, frames, framesExpected, bits, reason } = reading.state()
  return {
    id,
    name,
    state,
    sample_rate_hz: sampleRateHz,
    channels,
    frames,
    ...(state === 'reading' && framesExpected !== undefined && { frames_expected: framesExpected }),
    bits,
    ...(reason !== undefined && { reason }),
  }
}

const unknownSource = (id: string) =>
  new AppError('bad_identifier', { message: 'there is no such source', cause: id })

const unreadable = ({ name, reason }: Source) =>
  invalid({
    source: { invalid: { message: `${name} cannot be edited: ${reason ?? 'it has no audio'}` } },
  })

export const createSources = (deps: SourceDeps): Sources => {
  const { db, blobs, waveforms, scope, clock, log, events } = deps
  /** Why reading failed, for whoever asks after the source was let go. */
  const failed = new Map<string, Source>()
  blobs.keep((hash) => isSource(db, hash))

  const keyOf = (accountId: string, id: string) => `${accountId}/${id}`

  const collectSoon = (hash: string) => {
    blobs.collect([hash]).catch((error: unknown) => log.warn('collecting blobs failed', { error }))
  }

  const tell = (accountId: string, id: string, event: ObjectEvent['event'] = 'doc_edited') =>
    events.emit({ event, type: 'source', id, account_id: accountId })

  const letGo = async (accountId: string, id: string) => {
    const isGone = await db.write((tx) => forgetSource(tx, accountId, id))
    if (isGone) collectSoon(id)
    return isGone
  }

  const giveUp = async (accountId: string, { id }: Row, reading: Reading) => {
    if (!(await letGo(accountId, id))) return
    tell(accountId, id, 'doc_deleted')
    // A reading is shared and goes on; what it writes beside a blob that is gone has to go, too.
    reading.done
      .catch(() => undefined)
      .then(() => collectSoon(id))
      .catch(() => undefined)
  }

  const fail = async (accountId: string, row: Row, reading: Reading) => {
    const key = keyOf(accountId, row.id)
    failed.set(key, toSource(row, reading))
    const [oldest] = failed.keys()
    if (failed.size > failuresKept && oldest !== undefined) failed.delete(oldest)
    await letGo(accountId, row.id)
  }

  const watch = createWatch({ ...deps, tell, giveUp, fail })

  const find = (accountId: string, id: string): { row: SourceRow; reading: Reading } => {
    const row = readSource(db, accountId, id)
    if (!row) throw unknownSource(id)
    const reading = waveforms.readForEditing(id)
    for (const outcome of [reading.opened, reading.done]) outcome.catch(() => undefined)
    watch(accountId, row, reading)
    return { row, reading }
  }

  const ready: Sources['ready'] = async (accountId, id, signal) => {
    const { row, reading } = find(accountId, id)
    try {
      await unlessAborted(reading.done, signal, 'waiting for a source')
    } catch (error) {
      if (isAbort(error)) throw error
      throw unreadable(toSource(row, reading))
    }
    const source = toSource(row, reading)
    if (source.state !== 'ready' || source.frames === 0) throw unreadable(source)
    return source
  }

  const violation = async (accountId: string, id: string, list: Named) => {
    const wrong = (message: string) => ({ invalid: { message, value: id } })
    if (!readSource(db, accountId, id)) return wrong('There is no such source: open it again')
    const claimed = list.sources[id]?.frames ?? 0
    const source = await ready(accountId, id, scope.signal)
    if (claimed > source.frames) return wrong(`The source has only ${source.frames} frames`)
    const isSame =
      source.sample_rate_hz === list.sample_rate_hz && source.channels === list.channels
    if (isSame) return undefined
    return wrong(
      `The source has ${source.sample_rate_hz} Hz and ${source.channels} channels, the list ${list.sample_rate_hz} Hz and ${list.channels}: convert one of them`,
    )
  }

  const check: Sources['check'] = async (accountId, list, at) => {
    const found = await Promise.all(
      Object.keys(list.sources).map(
        async (id) => [at(id), await violation(accountId, id, list)] as const,
      ),
    )
    const violations = found.flatMap(([path, rules]) => (rules ? [[path, rules] as const] : []))
    if (violations.length > 0) throw invalid(Object.fromEntries(violations))
  }

  return {
    add: async (accountId, held, name) => {
      const id = held.hash
      try {
        const reading = waveforms.readForEditing(id)
        reading.done.catch(() => undefined)
        await reading.opened
        await db.write((tx) => writeSource(tx, { accountId, id, name, now: gregorianNow(clock) }))
        failed.delete(keyOf(accountId, id))
        const row = { id, name }
        await Promise.race([reading.done.catch(() => undefined), pause(scope, MOMENT_MS)])
        const source = toSource(readSource(db, accountId, id) ?? row, reading)
        if (source.state === 'failed' || (source.state === 'ready' && source.frames === 0)) {
          await letGo(accountId, id)
          throw unreadable(source)
        }
        watch(accountId, row, reading)
        return source
      } finally {
        held.release()
        collectSoon(id)
      }
    },
    get: async (accountId, id) => {
      const failure = failed.get(keyOf(accountId, id))
      if (failure && !readSource(db, accountId, id)) return failure
      const { row, reading } = find(accountId, id)
      await reading.opened.catch(() => undefined) // how it stands, its state says
      return toSource(row, reading)
    },
    ready,
    check,
    checkList: async (accountId, list) => {
      checked('list', () => checkList(list))
      await check(accountId, list, (id) => `list.sources.${id}`)
    },
    forget: (usedBefore) => db.write((tx) => forgetSources(tx, usedBefore)),
  }
}
