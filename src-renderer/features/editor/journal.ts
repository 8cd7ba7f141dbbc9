import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Operation } from '#contract/edit-list'

/** What is written down: one thing that was done, or how far back somebody went. */
export type Entry = { kind: 'step'; operation: Operation } | { kind: 'position'; position: number }

/** A draft as the backend has it. */
export type Written = { revision: number; position: number; operations: readonly Operation[] }

export type JournalState =
  | { status: 'saved'; at: number }
  | { status: 'sending'; waiting: number }
  | { status: 'retrying'; waiting: number; reason: string }
  | { status: 'refused'; waiting: number; reason: string }

export type JournalHost = {
  send: (entry: Entry, revision: number) => Promise<{ revision: number }>
  /** The draft as it stands, to find out whether an entry arrived whose answer was lost. */
  fetch: () => Promise<Written>
  /** `lost`: it may or may not have arrived. `conflict`: something else changed the draft. */
  kindOf: (error: unknown) => 'lost' | 'conflict' | 'refused'
  delay: (attempt: number) => Promise<void>
  now: () => number
}

export type Journal = {
  store: StoreApi<JournalState>
  write: (entry: Entry) => void
  /** What the backend has, as far as this window knows. */
  written: () => Written
  /** Resolves when everything is written; rejects when the journal stopped, or nobody waits any more. */
  settled: (signal?: AbortSignal) => Promise<void>
  /** Another window's or the backend's own change, taken over as the new basis. */
  adopt: (written: Written) => void
  /** Tries again after a refusal. */
  retry: () => void
  close: () => void
}

const after = (written: Written, entry: Entry, revision: number): Written => {
  if (entry.kind === 'position') return { ...written, revision, position: entry.position }
  const operations = [...written.operations.slice(0, written.position), entry.operation]
  return { revision, position: operations.length, operations }
}

/** Keys in order: the backend may answer an operation with its keys in another one. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

const isSame = (one: Written, other: Written): boolean =>
  one.position === other.position &&
  one.operations.length === other.operations.length &&
  canonical(one.operations) === canonical(other.operations)

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const changedElsewhere =
  'The draft was changed elsewhere in the meantime. Load it again to go on from there.'

/**
 * Writes every change of a draft in order, one at a time, until each is acknowledged. Nothing is left
 * out: what cannot be sent now waits, and a refusal stops everything behind it and says so.
 */
export const createJournal = (initial: Written, host: JournalHost): Journal => {
  const store = createStore<JournalState>(() => ({ status: 'saved', at: host.now() }))
  let written = initial
  let waiting: Entry[] = []
  let isRunning = false
  let isClosed = false
  let settling: { resolve: () => void; reject: (error: Error) => void }[] = []

  const settle = (error?: Error) => {
    const all = settling
    settling = []
    for (const { resolve, reject } of all)
      if (error) reject(error)
      else resolve()
  }

  const refuse = (reason: string) => {
    store.setState({ status: 'refused', waiting: waiting.length, reason }, true)
    settle(new Error(reason))
  }

  /** After an answer that was lost or a conflict: did it arrive, or has only the revision moved on? */
  const compare = async (entry: Entry): Promise<'arrived' | 'again' | 'elsewhere'> => {
    const actual = await host.fetch()
    const expected = after(written, entry, actual.revision)
    if (actual.revision !== written.revision && isSame(actual, expected)) {
      written = actual
      return 'arrived'
    }
    if (!isSame(actual, written)) return 'elsewhere'
    written = actual
    return 'again'
  }

  /** True when the entry is written; false when the journal has to stop. */
  const deliver = async (entry: Entry): Promise<boolean> => {
    let isUncertain = false
    for (let attempt = 0; !isClosed; attempt++) {
      try {
        if (isUncertain) {
          const outcome = await compare(entry)
          if (outcome === 'arrived') return true
          if (outcome === 'elsewhere') {
            refuse(changedElsewhere)
            return false
          }
        }
        const { revision } = await host.send(entry, written.revision)
        written = after(written, entry, revision)
        return true
      } catch (error) {
        const kind = host.kindOf(error)
        // A second conflict in a row is somebody who keeps on writing, or no right to write.
        if (kind === 'refused' || (kind === 'conflict' && isUncertain && attempt > 1)) {
          refuse(textOf(error))
          return false
        }
        isUncertain = true
        if (kind === 'conflict') continue
        store.setState({ status: 'retrying', waiting: waiting.length, reason: textOf(error) }, true)
        await host.delay(attempt)
      }
    }
    return false
  }

  const run = async () => {
    if (isRunning) return
    isRunning = true
    for (let entry = waiting[0]; entry; entry = waiting[0]) {
      store.setState({ status: 'sending', waiting: waiting.length }, true)
      const isWritten = await deliver(entry)
      if (!isWritten) break
      waiting = waiting.slice(1)
    }
    isRunning = false
    if (waiting.length > 0 || isClosed) return
    store.setState({ status: 'saved', at: host.now() }, true)
    settle()
  }

  const isStopped = () => store.getState().status === 'refused'

  return {
    store,
    written: () => written,
    write: (entry) => {
      const last = waiting.at(-1)
      // Going back step by step is one move; the first entry may be on its way already.
      const isMerged = waiting.length > 1 && entry.kind === 'position' && last?.kind === 'position'
      waiting = [...(isMerged ? waiting.slice(0, -1) : waiting), entry]
      if (isStopped()) store.setState({ waiting: waiting.length })
      else void run()
    },
    settled: (signal) => {
      const state = store.getState()
      if (state.status === 'saved') return Promise.resolve()
      if (state.status === 'refused') return Promise.reject(new Error(state.reason))
      return new Promise((resolve, reject) => {
        settling.push({ resolve, reject })
        signal?.addEventListener('abort', () => reject(new DOMException('Given up.', 'AbortError')))
      })
    },
    adopt: (next) => {
      written = next
      waiting = []
      store.setState({ status: 'saved', at: host.now() }, true)
    },
    retry: () => {
      if (isStopped()) void run()
    },
    close: () => {
      isClosed = true
      settle(new Error('The draft was closed.'))
    },
  }
}
