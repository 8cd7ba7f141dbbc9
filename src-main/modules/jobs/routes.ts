import * as api from '#contract/studio'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { Jobs } from './jobs.ts'

export const jobRoutes = (jobs: Jobs): Route[] => [
  handle(api.jobs, ({ accountId }) => json(jobs.list(accountId))),
  handle(api.job, ({ accountId, params }) => json(jobs.get(accountId, params.job_id ?? ''))),
  handle(api.cancelJob, ({ accountId, params }) =>
    json(jobs.cancel(accountId, params.job_id ?? '')),
  ),
]
