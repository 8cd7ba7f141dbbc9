import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import { unlessAborted } from '../../platform/unless-aborted.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Reading } from '../waveforms/waveforms.ts'
import type { SourceRow } from './store.ts'

/**
 * Tells how far a source is read until it ends, whatever the end is: by events, and by a job that can be
 * cancelled when it takes longer. Watching twice is watching once.
 */
export type Watch = (accountId: string, row: Row, reading: Reading) => void

type Row = Pick<SourceRow, 'id' | 'name'>

/** What is not read by then gets a job, so that people see that something goes on. */
const LONGER_MS = 1000
/** Growth is told at most this often. */
const TOLD_MS = 100

export const createWatch = (deps: {
  jobs: Jobs
  scope: Scope
  clock: Clock
  log: Log
  tell: (accountId: string, id: string) => void
  /** Somebody does not want the source any more. */
  giveUp: (accountId: string, row: Row, reading: Reading) => Promise<void>
  /** It turned out to be unreadable. */
  fail: (accountId: string, row: Row, reading: Reading) => Promise<void>
}): Watch => {
  const { jobs, scope, clock, log, tell, giveUp, fail } = deps
  const watched = new Set<string>()

  const startJob = (accountId: string, row: Row, reading: Reading) =>
    jobs.start({
      accountId,
      kind: 'read',
      label: `Read ${row.name}`,
      run: async ({ signal, progress }) => {
        const stop = reading.onGrowth(() => {
          const { frames, framesExpected = 0 } = reading.state()
          if (framesExpected > 0) progress(frames / framesExpected)
        })
        try {
          await unlessAborted(reading.done, signal, 'reading')
          return { source: row.id }
        } finally {
          stop()
        }
      },
      // Cancelled, perhaps before it began: nobody waits for the source any more.
      cleanUp: async () => {
        const isGivenUp = reading.state().state === 'reading' && !scope.signal.aborted
        if (isGivenUp) await giveUp(accountId, row, reading)
      },
    })

  return (accountId, row, reading) => {
    const key = `${accountId}/${row.id}`
    if (reading.state().state === 'ready' || watched.has(key)) return
    watched.add(key)
    let toldMs = clock.nowMs()
    const stopGrowth = reading.onGrowth(() => {
      if (clock.nowMs() - toldMs < TOLD_MS) return
      toldMs = clock.nowMs()
      tell(accountId, row.id)
    })
    const stopWaiting = scope.timeout(() => startJob(accountId, row, reading), LONGER_MS)
    const finish = async () => {
      watched.delete(key)
      stopGrowth()
      stopWaiting()
      const { state, reason } = reading.state()
      if (state === 'failed' && !scope.signal.aborted) {
        log.info('a source could not be read', { source: row.id, reason })
        await fail(accountId, row, reading)
      }
      tell(accountId, row.id)
    }
    reading.done
      .catch(() => undefined)
      .then(finish)
      .catch((error: unknown) => log.error('ending a reading failed', { error }))
  }
}
