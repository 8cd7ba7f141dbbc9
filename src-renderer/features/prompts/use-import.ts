import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Job } from '#contract/studio'
import {
  cancelJob,
  fieldError,
  jobQuery,
  showsOwnErrors,
  startImport,
  type Origin,
  type PackSource,
} from './queries.ts'
import { reportOf } from './import-report.ts'
import { asSentence } from './sound-facts.ts'

export type ImportRequest = { source: PackSource; target: Origin }

/** One run of the import job: first as a dry run, then for real. */
const useRun = (isDryRun: boolean) => {
  const [progress, setProgress] = useState(0)
  const start = useMutation({
    meta: showsOwnErrors,
    mutationFn: ({ source, target }: ImportRequest) => {
      setProgress(0)
      return startImport({ source, target, isDryRun, onProgress: setProgress })
    },
  })
  const jobId = start.data
  const { data: job, error } = useQuery({ ...jobQuery(jobId ?? ''), enabled: jobId !== undefined })
  return { start, jobId, job, sent: progress, error: start.error ?? error }
}

/** The dialog has one field only: its name adds nothing. */
const errorText = (error: Error | null): string | undefined =>
  fieldError(error, 'path') ?? error?.message

const failureOf = (job: Job | undefined): string | undefined => {
  if (job?.status === 'failed') return asSentence(job.error ?? 'the import failed')
  return job?.status === 'cancelled' ? 'The import was cancelled.' : undefined
}

type Run = ReturnType<typeof useRun>

const isRunning = ({ start, jobId, job }: Run): boolean =>
  start.isPending ||
  (jobId !== undefined && (!job || job.status === 'queued' || job.status === 'running'))

/** Sending counts for the first half of the bar only while there is something to send. */
const progressOf = ({ start, sent, job }: Run): number | undefined => {
  if (start.isPending) return sent > 0 ? sent : undefined
  return job?.status === 'running' ? job.progress : undefined
}

export type ImportStep = 'choose' | 'checking' | 'report' | 'importing' | 'done'

const stepOf = (check: Run, run: Run): ImportStep => {
  if (isRunning(run)) return 'importing'
  if (reportOf(run.job)) return 'done'
  if (isRunning(check)) return 'checking'
  return reportOf(check.job) ? 'report' : 'choose'
}

/** The import from the choice of a pack to its result. Its jobs live on when nobody watches. */
export const useImport = () => {
  const queryClient = useQueryClient()
  const [request, setRequest] = useState<ImportRequest>()
  const check = useRun(true)
  const run = useRun(false)
  const step = stepOf(check, run)
  const current = step === 'importing' || run.jobId !== undefined ? run : check
  const cancel = useMutation({
    mutationFn: cancelJob,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['jobs'] }),
  })

  return {
    step,
    request,
    progress: progressOf(current),
    isSending: current.start.isPending,
    failure: errorText(current.error) ?? failureOf(current.job),
    report: reportOf(run.job) ?? reportOf(check.job),
    check: (next: ImportRequest) => {
      setRequest(next)
      run.start.reset()
      check.start.mutate(next)
    },
    run: () => {
      if (request) run.start.mutate(request)
    },
    cancel: () => {
      if (current.jobId !== undefined) cancel.mutate(current.jobId)
    },
    chooseAgain: () => {
      check.start.reset()
      run.start.reset()
    },
  }
}
