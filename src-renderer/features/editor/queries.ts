import { queryOptions } from '@tanstack/react-query'
import type { EditList } from '#contract/edit-list'
import type { TargetProfile } from '#contract/measures'
import type { DataOf } from '#contract/endpoint'
import * as drafts from '#contract/drafts'
import * as measuring from '#contract/measuring'
import * as media from '#contract/media'
import * as renders from '#contract/renders'
import * as sources from '#contract/sources'
import * as studio from '#contract/studio'
import { ApiError } from '../../api/api-error.ts'
import { call, callEnvelope, fetchBinary, uploadFile } from '../../api/client.ts'
import { onObjectEvent } from '../../api/live.ts'
import { showsOwnErrors } from '../../api/query-client.ts'
import type { Entry, JournalHost } from './journal.ts'

export { onObjectEvent } from '../../api/live.ts'

export type Target = 'account' | 'system'

/** Whether a call may have arrived, met another's change, or was understood and refused. */
export const failureOf = (error: unknown): ReturnType<JournalHost['kindOf']> => {
  if (!(error instanceof ApiError)) return 'refused'
  if (error.status === 409) return 'conflict'
  // A login that has ended is asked for on top of everything; then it goes on.
  return error.status === 0 || error.status === 401 || error.status >= 500 ? 'lost' : 'refused'
}

/** What stands against a change: the draft has moved on, another window works on it, or the file did. */
export const conflictOf = (error: unknown): string | undefined =>
  error instanceof ApiError && error.status === 409 ? error.reason : undefined

export const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404

// Sources

const sourceParam = (id: string) => ({ params: { source_id: id } })

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

export const removeDraft = (id: string) => call(drafts.deleteDraft, { ...draftParam(id), data: {} })

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
) => call(drafts.setEditor, { ...draftParam(id), data, keepalive: data.leave === true })

export type SaveInput = DataOf<typeof drafts.saveDraft>

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
    let isFinished = false
    const stop = onObjectEvent((event) => {
      if (event.type === 'job' && event.id === id) void ask()
    })
    const finish = (end: () => void) => {
      isFinished = true
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
        if (isOver(job)) finish(() => resolve(job))
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error))
        if (failureOf(error) !== 'lost') finish(() => reject(failure))
      }
      isAsking = false
      if (!isFinished) timer = setTimeout(() => void ask(), pollJobMs)
    }
    void ask()
  })

export const cancelJob = (id: string) => call(studio.cancelJob, { params: { job_id: id } })

// What it sounds like, and what will become of it

export type MeasureInput = {
  list: EditList
  from: number
  to: number
  /** Without it nothing is judged. */
  profile: TargetProfile['id'] | undefined
  language: string | undefined
  target: Target
}

const measure = ({ profile, language, target, ...data }: MeasureInput, signal: AbortSignal) =>
  call(measuring.measureList, {
    query: { target },
    data: { ...data, ...(profile ? { profile } : {}), ...(language ? { language } : {}) },
    signal,
  })

/** `key` names the list and the range; the list itself would be hashed with every render. */
export const measureQuery = (key: string, input: MeasureInput) =>
  queryOptions({
    queryKey: ['measures', key, input.profile, input.target, input.language],
    queryFn: ({ signal }) => measure(input, signal),
    gcTime: 120_000,
    meta: showsOwnErrors,
  })

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

/** The document's revision right now, to replace exactly that one. */
export const revisionQuery = (id: string, target: Target) =>
  queryOptions({
    queryKey: ['media', 'revision', target, id],
    queryFn: async ({ signal }) => {
      const reply: { data: media.MediaDocument; revision?: string } = await callEnvelope(
        media.get,
        { params: { media_id: id }, system: target === 'system', signal },
      )
      return { revision: reply.revision, modified: reply.data._read_only?.modified }
    },
    staleTime: 0,
  })

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call(studio.settings, { signal }),
})

// Effects and files made of a list

type EffectsInput = Parameters<typeof call<typeof drafts.applyEffects>>[1]['data']

export const startEffects = async (id: string, data: EffectsInput): Promise<string> =>
  (await call(drafts.applyEffects, { ...draftParam(id), data })).job_id

type PreviewInput = Parameters<typeof call<typeof renders.preview>>[1]['data']

/** A wav of 32-bit samples. */
export const loadPreview = async (data: PreviewInput, signal: AbortSignal): Promise<ArrayBuffer> =>
  (await fetchBinary(renders.preview, { data, signal })).arrayBuffer()

type CommandInput = Parameters<typeof call<typeof renders.effectCommand>>[1]['data']

export const commandQuery = (data: CommandInput) =>
  queryOptions({
    queryKey: ['effect-command', data],
    queryFn: ({ signal }) => call(renders.effectCommand, { data, signal }),
    staleTime: Infinity,
  })

/** The containers that the installed sox writes. */
export const containersQuery = queryOptions({
  queryKey: ['formats'],
  queryFn: async ({ signal }) =>
    (await call(renders.formats, { signal })).map(({ container }) => container),
  staleTime: Infinity,
})

type RenderInput = Parameters<typeof call<typeof renders.createRender>>[1]['data']

export const startRender = (data: RenderInput): Promise<renders.Render> =>
  call(renders.createRender, { data })

export const renderFile = (id: string): Promise<Blob> =>
  fetchBinary(renders.renderFile, { params: { render_id: id } })
