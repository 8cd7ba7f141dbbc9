import type { AskedBy } from '#contract/live-conferences'
import { AppError } from '../../../platform/errors.ts'

/** What dials are calling now, so that somebody can call it off. */

type Job = { readonly accountId: string; readonly conferenceId: string; readonly jobId: string }

/** One call of a dial. */
type Call = {
  /** As `dial-started` told it. */
  readonly callId: string
  /** Ends it in somebody's name, unless it is answered or over; says whether it does. */
  readonly cancel: (by: AskedBy) => boolean
  /** Resolves once it is answered or over. */
  readonly settled: Promise<unknown>
}

export type CallingOff = Job & {
  /** Missing: all calls of the job. */
  readonly callId?: string | undefined
  readonly by: AskedBy
}

export type UnderWay = {
  /** From now until `end` the calls that are added can be called off. A client may give two dials the same job. */
  readonly begin: (job: Job) => { readonly add: (call: Call) => void; readonly end: () => void }
  /**
   * Resolves with the Call-IDs of what was called off, once that is over. What has been answered stays. Throws
   * `bad_identifier` where the job calls nobody by that Call-ID, `conflict` where nothing of it rings any more.
   */
  readonly cancel: (asked: CallingOff) => Promise<string[]>
}

const nobodyCalled = ({ jobId, callId }: CallingOff): AppError =>
  callId === undefined
    ? new AppError('bad_identifier', {
        message: 'this dial is not going on: everybody has answered or failed, or there was none',
        cause: jobId,
      })
    : new AppError('bad_identifier', {
        message: 'this dial is not going on, or calls nobody with this Call-ID',
        cause: callId,
      })

const tooLate = ({ jobId, callId }: CallingOff): AppError =>
  new AppError('conflict', {
    message: 'nothing rings there any more: it has been answered, or has failed',
    cause: callId ?? jobId,
  })

export const createUnderWay = (): UnderWay => {
  const jobs = new Set<Job & { readonly calls: Call[] }>()
  return {
    begin: (job) => {
      const calls: Call[] = []
      const open = { ...job, calls }
      jobs.add(open)
      return { add: (call) => void calls.push(call), end: () => void jobs.delete(open) }
    },
    cancel: async (asked) => {
      const { accountId, conferenceId, jobId, callId, by } = asked
      const known = [...jobs]
        .filter((job) => job.accountId === accountId && job.conferenceId === conferenceId)
        .flatMap((job) => (job.jobId === jobId ? job.calls : []))
        .filter((call) => callId === undefined || call.callId === callId)
      if (known.length === 0) throw nobodyCalled(asked)
      const ended = known.filter(({ cancel }) => cancel(by))
      if (ended.length === 0) throw tooLate(asked)
      await Promise.all(ended.map(({ settled }) => settled))
      return ended.map((call) => call.callId)
    },
  }
}
