import type { ObjectEvent } from '#contract/events'
import type { Job } from '#contract/studio'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/documents/documents.ts'
import { AppError, isAbort, sentenceOf } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Log } from '../../platform/log.ts'
import { createSlots, type Slots } from '../../platform/process/slots.ts'
import type { Scope } from '../../platform/scope.ts'

/**
 * Long work people can watch and cancel. Jobs of one lane wait for each other in the order they came,
 * those of different lanes run side by side; what a job has finished stays finished when it is
 * cancelled. Jobs live as long as the process.
 */
export type Jobs = {
  start: (work: JobRequest) => Job
  list: (accountId: string) => Job[]
  /** Throws `bad_identifier` for a job of another account too. */
  get: (accountId: string, id: string) => Job
  cancel: (accountId: string, id: string) => Job
}

export type JobRequest = {
  accountId: string
  kind: Job['kind']
  label: string
  run: (control: JobControl) => Promise<unknown>
  /** Runs when the job has ended, whichever way, even if it never started. */
  cleanUp?: () => Promise<void>
}

export type JobControl = { signal: AbortSignal; progress: (fraction: number) => void }

type Entry = { job: Job; accountId: string; request: JobRequest; abort: AbortController }

/**
 * How many jobs of a lane run at once. Imports and batches use every processor themselves, one at a
 * time; somebody waits before the screen for the others. The tools of all queue for the processors.
 */
const lanes = { packs: 1, batches: 1, reads: 4, edits: 4 } as const

const laneOf: Readonly<Record<Job['kind'], keyof typeof lanes>> = {
  import: 'packs',
  dry_run: 'packs',
  batch: 'batches',
  split: 'batches',
  read: 'reads',
  render: 'edits',
  effects: 'edits',
  save: 'edits',
}

const remembered = 100
/** Progress is told at most this often. */
const reportMs = 100

export const createJobs = (deps: {
  scope: Scope
  clock: Clock
  log: Log
  events: Bus<ObjectEvent>
}): Jobs => {
  const { scope, clock, log, events } = deps
  const entries = new Map<string, Entry>()
  const running = new Set<Promise<void>>()
  const slots: Record<keyof typeof lanes, Slots> = {
    packs: createSlots(lanes.packs),
    batches: createSlots(lanes.batches),
    reads: createSlots(lanes.reads),
    edits: createSlots(lanes.edits),
  }

  const tell = ({ job, accountId }: Entry, event: ObjectEvent['event'] = 'doc_edited') =>
    events.emit({ event, type: 'job', id: job.id, account_id: accountId })

  const update = (entry: Entry, change: Partial<Job>) => {
    entry.job = { ...entry.job, ...change }
    tell(entry)
  }

  const forgetOldest = () => {
    const ended = [...entries.values()].filter(({ job }) => !/queued|running/.test(job.status))
    for (const { job } of ended.slice(0, Math.max(0, entries.size - remembered))) {
      entries.delete(job.id)
    }
  }

  const failureOf = (error: unknown, entry: Entry): Partial<Job> => {
    if (isAbort(error) || entry.abort.signal.aborted) return { status: 'cancelled' }
    const { id: job, kind } = entry.job
    if (error instanceof AppError) {
      const reason = sentenceOf(error)
      log.info('job refused', { job, kind, reason })
      return { status: 'failed', error: reason }
    }
    log.error('job failed', { job, kind, error })
    return { status: 'failed', error: error instanceof Error ? error.message : 'internal error' }
  }

  const cleanUp = async ({ label, cleanUp: clean }: JobRequest) => {
    try {
      await clean?.()
    } catch (error) {
      log.error('cleaning up after a job failed', { label, error })
    }
  }

  const run = async (entry: Entry) => {
    const { request, abort } = entry
    let reportedMs = 0
    const progress = (fraction: number) => {
      const nowMs = clock.nowMs()
      entry.job = { ...entry.job, progress: Math.min(1, Math.max(0, fraction)) }
      if (nowMs - reportedMs < reportMs) return
      reportedMs = nowMs
      tell(entry)
    }
    const work = async () => {
      abort.signal.throwIfAborted()
      update(entry, { status: 'running' })
      return request.run({ signal: abort.signal, progress })
    }
    const slot = slots[laneOf[request.kind]].acquire(abort.signal, request.label)
    const end = await slot
      .then(work)
      .then((result): Partial<Job> => ({ status: 'done', progress: 1, result }))
      .catch((error: unknown) => failureOf(error, entry))
    // A job has ended, and the next may begin, when nothing of it is left.
    await cleanUp(request)
    update(entry, end)
    await slot.then(
      (release) => release(),
      () => undefined,
    )
  }

  const find = (accountId: string, id: string): Entry => {
    const entry = entries.get(id)
    if (entry?.accountId !== accountId) throw new AppError('bad_identifier', { cause: id })
    return entry
  }

  scope.add(async () => {
    for (const { abort } of entries.values()) abort.abort()
    await Promise.all(running)
  })

  return {
    start: (request) => {
      const { accountId, kind, label } = request
      const created = gregorianNow(clock)
      const job: Job = { id: newId(), kind, label, status: 'queued', progress: 0, created }
      const entry: Entry = { job, accountId, request, abort: new AbortController() }
      entries.set(job.id, entry)
      if (scope.signal.aborted) entry.abort.abort()
      forgetOldest()
      tell(entry, 'doc_created')
      const ended = run(entry)
        .catch((error: unknown) => log.error('job clean-up failed', { error }))
        .finally(() => running.delete(ended))
      running.add(ended)
      return job
    },
    list: (accountId) =>
      [...entries.values()]
        .filter((entry) => entry.accountId === accountId)
        .map(({ job }) => job)
        .reverse(),
    get: (accountId, id) => find(accountId, id).job,
    cancel: (accountId, id) => {
      const entry = find(accountId, id)
      entry.abort.abort()
      return entry.job
    },
  }
}
