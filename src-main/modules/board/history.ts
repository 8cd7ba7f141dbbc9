import type { HistoryEntry } from '#contract/board'
import { talkEvents } from '#contract/conference-events'
import type { ConferenceHappening } from '#contract/live-conferences'
import type { Clock } from '../../platform/clock.ts'
import { AppError } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import {
  dropBeyond,
  dropOlder,
  entriesAfter,
  entriesBefore,
  entryById,
  insertEntry,
  type NewEntry,
  type Of,
} from './store.ts'

/**
 * What happened in conferences, on disk: events and commands, who asked, and when. Written in batches, so that a crash may
 * lose the last half second; closing the application loses nothing, and a bookmark is on disk once it is answered.
 */
export type History = {
  readonly record: (happening: ConferenceHappening) => void
  /** What was recorded of it, once that is on disk. */
  readonly entryOf: (happening: ConferenceHappening) => Promise<HistoryEntry>
  /** Newest first, what happened just now included. */
  readonly before: (of: Of, page: Page) => Promise<HistoryEntry[]>
  /** Everything up to now, oldest first, in portions. */
  readonly all: (of: Of) => AsyncIterable<readonly HistoryEntry[]>
}

type Page = { before: number; limit: number; talking: boolean }

export type HistoryLimits = {
  /** Newest of a conference: of who talks when, and of everything else. */
  entries: number
  ageMs: number
}

const dayMs = 86_400_000
const usual: HistoryLimits = { entries: 50_000, ageMs: 90 * dayMs }

/** Longest time between a happening and its write. */
const FLUSH_MS = 250
/** Between two looks at how much there is of a conference. */
const CHECKED_EVERY = 1000
const PORTION = 1000
const DROPPED_AT_ONCE = 5000

/** The same in every event, or about channels: no flight recorder needs them. */
const leftOut = new Set([
  ...['account_id', 'conference_id', 'instance_id', 'focus', 'node', 'msg_id', 'event_name'],
  ...['event_category', 'app_name', 'app_version', 'routing_key', 'conference_channel_vars'],
  ...['custom_channel_vars', 'custom_application_vars', 'video'],
])
/** Of the beginnings and ends of talking, which are most of what happens: only what a timeline shows. */
const keptOfTalking = [
  ...['event', 'participant_id', 'caller_id_name', 'caller_id_number', 'current_energy'],
  ...['epoch', 'seq'],
]

const shorten = (
  { event }: ConferenceHappening,
  told: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  event === 'start-talking' || event === 'stop-talking'
    ? Object.fromEntries(keptOfTalking.map((key) => [key, told[key]]))
    : Object.fromEntries(Object.entries(told).filter(([key]) => !leftOut.has(key)))

type Waiting = { readonly entry: NewEntry; id: number | undefined }

export const createHistory = (deps: {
  /** What is left is written when it is disposed. */
  scope: Scope
  db: Database
  clock: Clock
  log: Log
  /** What clients are told of it, with its number. */
  told: (happening: ConferenceHappening) => Readonly<Record<string, unknown>>
  /** The run of a conference, for what does not name it; undefined when there is none. */
  instanceOf: (of: Of) => string | undefined
  limits?: HistoryLimits
}): History => {
  const { scope, db, clock, log, told, instanceOf, limits = usual } = deps
  const items = new WeakMap<ConferenceHappening, Waiting>()
  const sinceChecked = new Map<string, number>()
  let waiting: Waiting[] = []
  let cancel: (() => void) | undefined
  let writing: Promise<void> = Promise.resolve()

  const check = (tx: Parameters<typeof dropBeyond>[0], { event, ...of }: NewEntry) => {
    const key = `${of.accountId}/${of.conferenceId}`
    const count = (sinceChecked.get(key) ?? 0) + 1
    const isOver = event.event === 'conference-destroy'
    if (isOver || count >= CHECKED_EVERY) {
      sinceChecked.delete(key)
      dropBeyond(tx, of, limits.entries)
    } else sinceChecked.set(key, count)
  }

  /** Resolves when everything that was recorded so far is on disk. */
  const flush = (): Promise<void> => {
    cancel?.()
    cancel = undefined
    if (waiting.length === 0) return writing
    const batch = waiting
    waiting = []
    const written = db
      .write((tx) =>
        batch.map(({ entry }) => {
          const id = insertEntry(tx, entry)
          check(tx, entry)
          return id
        }),
      )
      .then((ids) => {
        for (const [at, item] of batch.entries()) item.id = ids[at]
      })
    // What is lost is known to whoever waited for it, and in nobody else's way.
    writing = written.catch(() => undefined)
    return written
  }
  const flushLater = () => {
    flush().catch((error: unknown) => log.error('history of conferences was lost', { error }))
  }

  const dropOld = async () => {
    const beforeMs = clock.nowMs() - limits.ageMs
    let dropped: number
    do dropped = await db.write((tx) => dropOlder(tx, beforeMs, DROPPED_AT_ONCE))
    while (dropped === DROPPED_AT_ONCE && !scope.signal.aborted)
  }
  const tidy = () => {
    dropOld().catch((error: unknown) => log.warn('old history cannot be removed', { error }))
  }
  tidy()
  scope.interval(tidy, dayMs / 24)
  scope.add(flush)

  return {
    record: (happening) => {
      const { account_id: accountId, conference_id: conferenceId } = happening
      const of = { accountId, conferenceId }
      const named = 'instance_id' in happening ? happening.instance_id : instanceOf(of)
      const entry: NewEntry = {
        ...{
          ...of,
          instanceId: named ?? '',
          atMs: clock.nowMs(),
          isTalk: talkEvents.has(happening.event),
        },
        event: shorten(happening, told(happening)),
      }
      const item: Waiting = { entry, id: undefined }
      items.set(happening, item)
      waiting.push(item)
      cancel ??= scope.timeout(flushLater, FLUSH_MS)
    },
    entryOf: async (happening) => {
      await flush()
      const item = items.get(happening)
      const entry = item?.id === undefined ? undefined : entryById(db, item.entry, item.id)
      if (!entry) throw new AppError('datastore_fault')
      return entry
    },
    before: async (of, page) => {
      await flush()
      return entriesBefore(db, of, page)
    },
    all: async function* (of) {
      await flush()
      let after = 0
      for (;;) {
        const portion = entriesAfter(db, of, { after, limit: PORTION })
        yield portion
        if (portion.length < PORTION) return
        after = portion.at(-1)?.entry_id ?? after
      }
    },
  }
}
