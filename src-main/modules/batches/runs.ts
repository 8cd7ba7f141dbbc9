import type { ObjectEvent } from '#contract/events'
import type { Bus } from '../../platform/events/bus.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { stopReasonOf } from './item-failure.ts'
import { runBatch, type RunDeps } from './run.ts'
import { countItems, type StoredBatch } from './store.ts'

/** Which batches run in this process, and what they work on at the moment. */
export type Runs = {
  of: (batchId: string) => Run | undefined
  /** Why a batch stopped that ran in this process. */
  stopOf: (batchId: string) => string | undefined
  /** Starts a job that works through what waits. */
  start: (batch: StoredBatch, origin: string) => void
}

export type Run = { jobId: string; positions: ReadonlySet<number> }

/** Changes of a running batch are told at most this often: who hears of one reads every file anew. */
const pauseMsFor = (files: number): number => Math.min(5000, Math.max(500, files / 2))

export const createRuns = (deps: RunDeps & { jobs: Jobs; events: Bus<ObjectEvent> }): Runs => {
  const { db, clock, jobs, events } = deps
  const running = new Map<string, Run>()
  const stops = new Map<string, string>()

  const start = (batch: StoredBatch, origin: string) => {
    const { id, accountId, seq, name, isDryRun } = batch
    const positions = new Set<number>()
    const counts = Object.values(countItems(db, seq))
    const pauseMs = pauseMsFor(counts.reduce((sum, count) => sum + count, 0))
    let toldMs = 0
    const tell = () => {
      toldMs = clock.nowMs()
      events.emit({ event: 'doc_edited', type: 'batch', id, account_id: accountId, origin })
    }
    const job = jobs.start({
      accountId,
      kind: 'batch',
      label: isDryRun ? `${name} (dry run)` : name,
      run: async ({ signal, progress }) => {
        await runBatch(deps, {
          batch,
          origin,
          signal,
          progress,
          onItem: (position, isRunning) => {
            if (isRunning) positions.add(position)
            else positions.delete(position)
            if (clock.nowMs() - toldMs > pauseMs) tell()
          },
        }).catch((error: unknown) => {
          stops.set(id, stopReasonOf(signal.aborted ? signal.reason : error))
          throw error
        })
        return { batch_id: id, counts: countItems(db, seq) }
      },
      cleanUp: () => {
        running.delete(id)
        tell()
        return Promise.resolve()
      },
    })
    running.set(id, { jobId: job.id, positions })
    stops.delete(id)
  }

  return {
    of: (batchId) => running.get(batchId),
    stopOf: (batchId) => stops.get(batchId),
    start,
  }
}
