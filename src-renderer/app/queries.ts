import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { cancelJob, jobs, type Job } from '#contract/studio'
import { call } from '../api/client.ts'

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => call(jobs, { signal }),
})

export const runningJob = (all: readonly Job[]): Job | undefined =>
  all.find(({ status }) => status === 'running') ?? all.find(({ status }) => status === 'queued')

export const cancelJobMutation = mutationOptions({
  mutationFn: (jobId: string) => call(cancelJob, { params: { job_id: jobId } }),
})
