import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ObjectEvent } from '#contract/events'
import type { Job } from '#contract/studio'
import { systemClock } from '../../platform/clock.ts'
import { invalid } from '../../platform/errors.ts'
import { createBus } from '../../platform/events/bus.ts'
import { silentLog } from '../../platform/log.ts'
import { createScope, type Scope } from '../../platform/scope.ts'
import { until } from '../../test/tools.ts'
import { createJobs, type Jobs } from './jobs.ts'

let scope: Scope
let jobs: Jobs

beforeEach(() => {
  scope = createScope('test')
  const events = createBus<ObjectEvent>(() => undefined)
  jobs = createJobs({ scope, clock: systemClock, log: silentLog, events })
})
afterEach(() => scope.dispose())

const statusOf = ({ id }: Job) => jobs.get('a', id).status

/** A job that runs until it is let go or cancelled. */
const startOpen = (kind: Job['kind'], cleanUp?: () => Promise<undefined>) => {
  const gate = Promise.withResolvers<string>()
  const job = jobs.start({
    accountId: 'a',
    kind,
    label: kind,
    run: ({ signal }) => {
      signal.addEventListener('abort', () => gate.reject(signal.reason as Error))
      return gate.promise
    },
    ...(cleanUp && { cleanUp: () => cleanUp().then(() => undefined) }),
  })
  return { job, end: () => gate.resolve('finished') }
}

it('saves and reads beside a long import, and imports one after the other', async () => {
  const first = startOpen('import')
  const second = startOpen('dry_run')
  const save = startOpen('save')
  const read = startOpen('read')
  await turn()

  const statuses = [first, second, save, read].map(({ job }) => statusOf(job))

  expect(statuses).toEqual(['running', 'queued', 'running', 'running'])
  first.end()
  await until(() => statusOf(second.job) === 'running')
  expect(statusOf(first.job)).toBe('done')
})

it('lets the next one begin when nothing of the one before is left', async () => {
  const cleaned = Promise.withResolvers<undefined>()
  const first = startOpen('batch', () => cleaned.promise)
  const second = startOpen('batch')
  first.end()
  await turn()

  expect([statusOf(first.job), statusOf(second.job)]).toEqual(['running', 'queued'])
  cleaned.resolve(undefined)
  await until(() => statusOf(second.job) === 'running')
})

it('cancels one that waits, with its clean-up, without running it', async () => {
  const first = startOpen('import')
  let isClean = false
  const second = startOpen('import', () => {
    isClean = true
    return Promise.resolve(undefined)
  })

  jobs.cancel('a', second.job.id)
  await until(() => statusOf(second.job) === 'cancelled')

  expect(isClean).toBe(true)
  expect(statusOf(first.job)).toBe('running')
})

it('says in one sentence why a job was refused', async () => {
  const message = 'Nothing would be left'
  const job = jobs.start({
    accountId: 'a',
    kind: 'effects',
    label: 'Silence trim',
    run: () => Promise.reject(invalid({ effects: { invalid: { message } } })),
  })

  await until(() => statusOf(job) === 'failed')

  expect(jobs.get('a', job.id).error).toBe(message)
})

it('ends what runs and what waits with its scope', async () => {
  const open = [startOpen('import'), startOpen('import'), startOpen('render')]
  await turn()

  await scope.dispose()

  expect(open.map(({ job }) => statusOf(job))).toEqual(['cancelled', 'cancelled', 'cancelled'])
})
