import { queryOptions } from '@tanstack/react-query'
import type { EditList } from '#contract/edit-list'
import type { TargetProfile } from '#contract/measures'
import * as drafts from '#contract/drafts'
import * as measuring from '#contract/measuring'
import * as media from '#contract/media'
import * as sources from '#contract/sources'
import * as studio from '#contract/studio'
import { ApiError } from '../../api/api-error.ts'
import { call, fetchBinary, uploadFile } from '../../api/client.ts'
import { onObjectEvent } from '../../api/live.ts'
import type { Entry, JournalHost } from './journal.ts'

export { statusQuery } from '../../api/status.ts'
export { showsOwnErrors } from '../../api/query-client.ts'
export { onObjectEvent } from '../../api/live.ts'

export type Target = 'account' | 'system'

/** Whether a call may have arrived, met another's change, or was understood and refused. */
export const failureOf = (error: unknown): ReturnType<JournalHost['kindOf']> => {
  if (!(error instanceof ApiError)) return 'refused'
  if (error.status === 409) return 'conflict'
  // A login that has ended is asked for on top of everything; then it goes on.
  return error.status === 0 || error.status === 401 || error.status >= 500 ? 'lost' : 'refused'
}

export const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404

// Sources

const sourceParam = (id: string) => ({ params: { source_id: id } })

/** How far a source is read; asked again until it is. */
export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['sources', id],
    queryFn: ({ signal }) => call(sources.source, { ...sourceParam(id), signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'reading' ? 400 : false),
  })

export const loadSource = (id: string, signal?: AbortSignal): Promise<sources.Source> =>
  call(sources.source, { ...sourceParam(id), signal })

export const sourceOfMedia = (mediaId: string, target: Target): Promise<sources.Source> =>
  call(sources.createSource, { query: { target }, data: { media_id: mediaId } })

type Upload = { name?: string; onProgress?: (progress: number) => void; signal?: AbortSignal }

export const sourceOfFile = (
  file: Blob,
  { name, onProgress, signal }: Upload,
): Promise<sources.Source> =>
  uploadFile(sources.createSource, {
    file,
    query: { name },
    contentType: 'application/octet-stream',
    signal,
    ...(onProgress ? { onProgress } : {}),
  })

/** Buckets of a level as the contract lays them out. */
export const loadLevels = async (
  id: string,
  at: { level: number; from: number; count: number },
  signal: AbortSignal,
): Promise<ArrayBuffer> => {
  const { level, ...query } = at
  const params = { source_id: id, level: String(level) }
  return (await fetchBinary(sources.sourceLevels, { params, query, signal })).arrayBuffer()
}

/** Samples of 16 or 32 bits, as the source says. */
export const loadSamples = async (
  id: string,
  query: { from: number; frames: number },
  signal?: AbortSignal,
): Promise<ArrayBuffer> =>
  (await fetchBinary(sources.sourceSamples, { ...sourceParam(id), query, signal })).arrayBuffer()

// Drafts

const draftParam = (id: string) => ({ params: { draft_id: id } })

export const draftsQuery = queryOptions({
  queryKey: ['drafts', 'list'],
  queryFn: ({ signal }) => call(drafts.drafts, { signal }),
})

export const loadDraft = (id: string, signal?: AbortSignal): Promise<drafts.Draft> =>
  call(drafts.draft, { ...draftParam(id), signal })

export const openMediaDraft = (mediaId: string, target: Target): Promise<drafts.Draft> =>
  call(drafts.openDraft, { query: { target }, data: { media_id: mediaId } })

export const openSourceDraft = (source: string, name: string): Promise<drafts.Draft> =>
  call(drafts.openDraft, { data: { source, name } })

export const removeDraft = (id: string) => call(drafts.deleteDraft, draftParam(id))

export const writeEntry = (
  id: string,
  entry: Entry,
  basis: { revision: number; window: string },
): Promise<{ revision: number }> =>
  entry.kind === 'step'
    ? call(drafts.addStep, { ...draftParam(id), data: { ...basis, operation: entry.operation } })
    : call(drafts.setPosition, { ...draftParam(id), data: { ...basis, position: entry.position } })

export const setEditor = (
  id: string,
  data: { window: string; take_over?: boolean; leave?: boolean },
) => call(drafts.setEditor, { ...draftParam(id), data })

type SaveInput = Parameters<typeof call<typeof drafts.saveDraft>>[1]['data']

export const startSave = async (id: string, data: SaveInput): Promise<string> =>
  (await call(drafts.saveDraft, { ...draftParam(id), data })).job_id

export const revertMedia = (mediaId: string, target: Target) =>
  call(drafts.revert, { params: { media_id: mediaId }, query: { target } })

// Jobs

const isOver = ({ status }: studio.Job) =>
  status === 'done' || status === 'failed' || status === 'cancelled'

const pollJobMs = 700

/** Follows a job to its end. Events make it quick; asking again helps while the socket is away. */
export const followJob = (id: string, onProgress: (job: studio.Job) => void): Promise<studio.Job> =>
  new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isAsking = false
    const stop = onObjectEvent((event) => {
      if (event.type === 'job' && event.id === id) void ask()
    })
    const finish = (end: () => void) => {
      stop()
      clearTimeout(timer)
      end()
    }
    const ask = async () => {
      if (isAsking) return
      isAsking = true
      clearTimeout(timer)
      try {
        const job = await call(studio.job, { params: { job_id: id } })
        onProgress(job)
        if (isOver(job)) return finish(() => resolve(job))
      } catch (error) {
        if (failureOf(error) !== 'lost')
          return finish(() => reject(error instanceof Error ? error : new Error(String(error))))
      } finally {
        isAsking = false
      }
      timer = setTimeout(() => void ask(), pollJobMs)
    }
    void ask()
  })

export const cancelJob = (id: string) => call(studio.cancelJob, { params: { job_id: id } })

// What it sounds like, and what will become of it

export type MeasureInput = {
  list: EditList
  from?: number
  to?: number
  profile?: TargetProfile['id']
  language?: string
  target?: Target
}

export const measure = (data: MeasureInput, signal: AbortSignal) =>
  call(measuring.measureList, { data, signal })

export const targetsQuery = (target: Target, language: string | undefined) =>
  queryOptions({
    queryKey: ['targets', target, language ?? ''],
    queryFn: ({ signal }) => call(measuring.targets, { query: { target, language }, signal }),
    // What others record meanwhile moves the median of a pack.
    staleTime: 60_000,
  })

export const mediaQuery = (id: string, target: Target) =>
  queryOptions({
    queryKey: ['media', 'edited', target, id],
    queryFn: ({ signal }) =>
      call(media.get, { params: { media_id: id }, system: target === 'system', signal }),
  })

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call(studio.settings, { signal }),
})
