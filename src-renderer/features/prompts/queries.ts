import { queryOptions, type QueryClient } from '@tanstack/react-query'
import * as media from '#contract/media'
import { peaks } from '#contract/sources'
import * as studio from '#contract/studio'
import { ApiError, violationText } from '../../api/api-error.ts'
import { call, callEnvelope, fetchBinary, uploadFile } from '../../api/client.ts'
import { onObjectEvent } from '../../api/live.ts'
import { useSession } from '../../api/session.ts'
import { withRow, withoutRow } from './matrix-model.ts'
import { mediaIdOf, placeOf, type Place } from './media-id.ts'
import { createRowRefresh } from './row-refresh.ts'

export { showsOwnErrors } from '../../api/query-client.ts'

/** What to say beside the field that a refusal is about. */
export const fieldError = (error: Error | null, field: string): string | undefined =>
  error instanceof ApiError ? violationText(error.violations, field) : undefined

// Not below ['prompts']: live events make that old with every change, and this is patched row by row.
const matrixKey = ['prompt-matrix'] as const

export const matrixQuery = queryOptions({
  queryKey: matrixKey,
  queryFn: ({ signal }) => call(studio.matrix, { signal }),
})

/** The matrix as far as it has been loaded. */
export const loadedMatrix = (queryClient: QueryClient): studio.Matrix | undefined =>
  queryClient.getQueryData<studio.Matrix>(matrixKey)

/** Whose library a cell is heard from. */
export type Origin = 'account' | 'system'

type Source = Place & { origin: Origin }

const addressOf = ({ origin, ...place }: Source) => ({
  params: { media_id: mediaIdOf(place) },
  system: origin === 'system',
})

const studioAddressOf = ({ origin, ...place }: Source) => ({
  params: { media_id: mediaIdOf(place) },
  query: { target: origin },
})

export type MediaDetails = { document: media.MediaDocument; revision?: string }

const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404

/** Null when it was removed; the matrix hears of that a moment later. */
export const detailsQuery = (source: Source) =>
  queryOptions({
    queryKey: ['media', 'details', source.origin, mediaIdOf(source)],
    queryFn: async ({ signal }): Promise<MediaDetails | null> => {
      try {
        const reply: { data: media.MediaDocument; revision?: string } = await callEnvelope(
          media.get,
          { ...addressOf(source), signal },
        )
        const { data: document, revision } = reply
        return revision === undefined ? { document } : { document, revision }
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
    },
  })

export const scriptsQuery = (promptId: string) =>
  queryOptions({
    queryKey: ['prompts', promptId, 'scripts'],
    queryFn: ({ signal }) => call(studio.scripts, { params: { prompt_id: promptId }, signal }),
  })

export const voicesQuery = queryOptions({
  queryKey: ['settings', 'voices'],
  queryFn: ({ signal }) => call(studio.voiceMappings, { signal }),
})

const refetchMatrix = (queryClient: QueryClient) =>
  queryClient.invalidateQueries({ queryKey: matrixKey })

const pollJobMs = 1000

const isOver = ({ status }: studio.Job): boolean =>
  status === 'done' || status === 'failed' || status === 'cancelled'

/** Live events bring its progress; polling helps while the socket is away. */
export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['jobs', jobId],
    queryFn: async ({ signal, client }) => {
      const job = await call(studio.job, { params: { job_id: jobId }, signal })
      // Whoever hears that an import is over finds the matrix as it left it.
      if (job.kind === 'import' && isOver(job)) await refetchMatrix(client)
      return job
    },
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : pollJobMs),
  })

/** The file as callers hear it. */
export const loadFile = (source: Source): Promise<Blob> =>
  fetchBinary(media.download, addressOf(source))

export const loadOriginal = (source: Source): Promise<Blob> =>
  fetchBinary(studio.original, studioAddressOf(source))

export const loadPeaks = async (source: Source, samplesPerPixel: number): Promise<ArrayBuffer> => {
  const { params, query } = studioAddressOf(source)
  const dat = await fetchBinary(peaks, {
    params,
    query: { ...query, samples_per_pixel: samplesPerPixel, bits: 8, format: 'dat' },
  })
  return dat.arrayBuffer()
}

export const writeScript = ({ promptId, language, text }: Place & { text: string }) =>
  call(studio.writeScript, { params: { prompt_id: promptId, language }, data: { text } })

const newDocument = (place: Place): media.MediaInput => ({
  name: `${place.promptId} (${place.language})`.slice(0, 128),
  prompt_id: place.promptId,
  language: place.language,
  media_source: 'upload',
  streamable: true,
})

/** A cell without a file yet, and its words when there are any. */
export const addCell = async (place: Place, text: string): Promise<void> => {
  await call(media.create, { data: newDocument(place) })
  if (text !== '') await writeScript({ ...place, text })
}

type UploadInput = {
  place: Place
  file: File
  isNew: boolean
  onProgress?: (progress: number) => void
}

/** Stores a file in a cell; a cell without a document gets one first. */
export const uploadToCell = async ({ place, file, isNew, onProgress }: UploadInput) => {
  if (isNew) await call(media.create, { data: newDocument(place) })
  return uploadFile(media.upload, {
    params: { media_id: mediaIdOf(place) },
    file,
    ...(onProgress ? { onProgress } : {}),
  })
}

type SpeakInput = { place: Place; isNew: boolean; text: string; voice: media.Tts['voice'] }

/** Lets the speech engine make the cell's file. What else the document says stays. */
export const speakCell = async ({ place, isNew, text, voice }: SpeakInput) => {
  const tts = { text, ...(voice === undefined ? {} : { voice }) }
  if (isNew) {
    return call(media.create, { data: { ...newDocument(place), media_source: 'tts', tts } })
  }
  return call(media.patch, {
    params: { media_id: mediaIdOf(place) },
    data: { media_source: 'tts', tts },
  })
}

export const removeCell = (place: Place) =>
  call(media.remove, { params: { media_id: mediaIdOf(place) } })

export const restoreCell = (place: Place) =>
  call(studio.restore, { params: { media_id: mediaIdOf(place) } })

export type PackSource = { kind: 'zip'; file: File } | { kind: 'path'; path: string }

type ImportInput = {
  source: PackSource
  target: Origin
  isDryRun: boolean
  onProgress?: (progress: number) => void
  signal?: AbortSignal
}

/** Starts an import and answers the id of its job. */
export const startImport = async (input: ImportInput): Promise<string> => {
  const { source, target, isDryRun, onProgress, signal } = input
  const query = { target, dry_run: isDryRun }
  const { job_id: jobId } =
    source.kind === 'path'
      ? await call(studio.packImport, { query, data: { path: source.path }, signal })
      : await uploadFile(studio.packImport, {
          query,
          file: source.file,
          contentType: 'application/zip',
          signal,
          ...(onProgress ? { onProgress } : {}),
        })
  return jobId
}

export const cancelJob = (jobId: string) => call(studio.cancelJob, { params: { job_id: jobId } })

export const exportPack = (languages: readonly string[]): Promise<Blob> =>
  fetchBinary(studio.packExport, { query: { languages: languages.join(',') } })

export const useIsAdmin = (): boolean => useSession(({ isAdmin }) => isAdmin)

/** Fetches one row and puts it into the cached matrix; the others stay as they are. */
export const refreshRow = async (queryClient: QueryClient, promptId: string): Promise<void> => {
  const patch = (change: (matrix: studio.Matrix) => studio.Matrix) =>
    queryClient.setQueryData<studio.Matrix>(matrixKey, (matrix) => matrix && change(matrix))
  try {
    const row = await call(studio.promptRow, { params: { prompt_id: promptId } })
    patch((matrix) => withRow(matrix, row))
  } catch (error) {
    if (isGone(error)) {
      patch((matrix) => withoutRow(matrix, promptId))
    } else {
      await refetchMatrix(queryClient)
    }
  }
}

/**
 * Keeps the cached matrix in step with changes made anywhere, until the answer is called. From then
 * on it is old: whoever wants it next asks again.
 */
export const followMatrix = (queryClient: QueryClient): (() => void) => {
  const refresh = createRowRefresh({
    row: (promptId) => void refreshRow(queryClient, promptId),
    whole: () => void refetchMatrix(queryClient),
  })
  const stopListening = onObjectEvent(({ type, id }) => {
    const place = placeOf(id)
    if (place && (type === 'media' || type === 'script')) refresh.changed(place.promptId)
    // A whole list of scripts, or another source language.
    else if (type === 'script' || type === 'settings') refresh.allChanged()
  })
  return () => {
    stopListening()
    refresh.stop()
    void queryClient.invalidateQueries({ queryKey: matrixKey, refetchType: 'none' })
  }
}
