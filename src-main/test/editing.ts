import type { Draft } from '#contract/drafts'
import type { Operation } from '#contract/edit-list'
import type { Source } from '#contract/sources'
import type { Job } from '#contract/studio'
import type { AppOptions } from '../app.ts'
import type { Called, TestApp } from './app.ts'
import { startMediaApp, type MediaApi } from './media.ts'

/** The editor's API of a running backend, as tests use it. */
export type EditingApp = TestApp & MediaApi & EditingApi

/** A draft as a client remembers it: each change goes on from the last one's answer. */
export type OpenDraft = { id: string; revision: number; position: number }

export type EditingApi = {
  post: (path: string, data?: unknown) => Promise<Called>
  /** Data of an answer; fails on a refusal with what it said. */
  data: <T>(called: Promise<Called>) => Promise<T>
  openDraft: (mediaId: string) => Promise<Draft>
  draft: (draft: Pick<OpenDraft, 'id'>) => Promise<Draft>
  source: (body: Buffer, name?: string) => Promise<Source>
  /** Adds a step and moves the draft on. */
  step: (draft: OpenDraft, operation: Operation, window?: string) => Promise<void>
  undo: (draft: OpenDraft) => Promise<void>
  /** Waits for a job to end. */
  job: (id: string) => Promise<Job>
  /** Saves and waits; fails when the job does. */
  save: (draft: OpenDraft, wish?: Record<string, unknown>) => Promise<any>
}

const ended = (job: Job): boolean => !/queued|running/.test(job.status)

const editingApiOf = (app: TestApp): EditingApi => {
  const post: EditingApi['post'] = (path, data = {}) => app.call('POST', path, { json: { data } })
  const data: EditingApi['data'] = async <T>(called: Promise<Called>) => {
    const { status, envelope } = await called
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(envelope.data)}`)
    return envelope.data as T
  }
  const job: EditingApi['job'] = async (id) => {
    for (let i = 0; i < 1000; i += 1) {
      const found = await data<Job>(app.call('GET', `/studio/jobs/${id}`))
      if (ended(found)) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('the job did not end')
  }
  const moved = async (draft: OpenDraft, called: Promise<Called>) => {
    const { revision, position } = await data<OpenDraft>(called)
    Object.assign(draft, { revision, position })
  }
  return {
    post,
    data,
    job,
    openDraft: (media_id) => data(post('/studio/drafts', { media_id })),
    draft: ({ id }) => data(app.call('GET', `/studio/drafts/${id}`)),
    source: (body, name = 'tone') =>
      data(
        app.call('POST', `/studio/sources?name=${name}`, {
          body,
          headers: { 'content-type': 'audio/x-wav' },
        }),
      ),
    step: (draft, operation, window) =>
      moved(
        draft,
        post(`/studio/drafts/${draft.id}/steps`, {
          revision: draft.revision,
          operation,
          ...(window !== undefined && { window }),
        }),
      ),
    undo: (draft) =>
      moved(
        draft,
        post(`/studio/drafts/${draft.id}/position`, {
          revision: draft.revision,
          position: draft.position - 1,
        }),
      ),
    save: async (draft, wish = {}) => {
      const { revision } = draft
      const { job_id } = await data<{ job_id: string }>(
        post(`/studio/drafts/${draft.id}/save`, { revision, ...wish }),
      )
      const { status, error, result } = await job(job_id)
      if (status !== 'done') throw new Error(`${status}: ${error}`)
      return result
    },
  }
}

export const startEditing = async (options: Partial<AppOptions> = {}): Promise<EditingApp> => {
  const app = await startMediaApp(options)
  return { ...app, ...editingApiOf(app) }
}
