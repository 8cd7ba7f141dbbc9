import { queryOptions } from '@tanstack/react-query'
import * as api from '#contract/batches'
import * as media from '#contract/media'
import * as sources from '#contract/sources'
import * as studio from '#contract/studio'
import { ApiError, violationText } from '../../api/api-error.ts'
import { call, fetchBinary, uploadFile } from '../../api/client.ts'
import { useSession } from '../../api/session.ts'

export { showsOwnErrors } from '../../api/query-client.ts'

export type Library = 'account' | 'system'

/** What to say beside the field that a refusal is about. */
export const fieldError = (error: Error | null, field: string): string | undefined =>
  error instanceof ApiError ? violationText(error.violations, field) : undefined

/** Every sentence of a refusal, without the names of the properties. */
export const refusalText = (error: Error | null): string | undefined => {
  if (!(error instanceof ApiError)) return error?.message
  const told = Object.keys(error.violations).map((path) => violationText(error.violations, path))
  const sentences = told.filter((text) => text !== undefined)
  return sentences.length > 0 ? `${sentences.join('. ')}.` : error.message
}

export const useIsAdmin = (): boolean => useSession(({ isAdmin }) => isAdmin)

export const recipesQuery = queryOptions({
  queryKey: ['recipes'],
  queryFn: ({ signal }) => call(api.recipes, { signal }),
})

const recipeParam = (id: string) => ({ params: { recipe_id: id } })

/** A new recipe, or a new version of one. */
export const saveRecipe = ({ id, input }: { id: string | undefined; input: api.RecipeInput }) =>
  id === undefined
    ? call(api.createRecipe, { data: input })
    : call(api.changeRecipe, { ...recipeParam(id), data: input })

export const deleteRecipe = (id: string) => call(api.deleteRecipe, recipeParam(id))

export const batchesQuery = queryOptions({
  queryKey: ['batches', 'list'],
  queryFn: ({ signal }) => call(api.batches, { signal }),
})

const batchParam = (id: string) => ({ params: { batch_id: id } })
/** While a batch runs; live events usually come first. */
const pollMs = 2000

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['batches', 'one', id],
    queryFn: ({ signal }) => call(api.batch, { ...batchParam(id), signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollMs : false),
  })

export const itemsQuery = (id: string) =>
  queryOptions({
    queryKey: ['batches', 'items', id],
    queryFn: ({ signal }) => call(api.batchItems, { ...batchParam(id), signal }),
  })

export type BatchStart = {
  library: Library
  recipeId?: string
  recipe?: api.RecipeInput
  choice?: api.BatchChoice
  like?: string
  isDryRun: boolean
}

export const startBatch = ({ library, recipeId, isDryRun, ...rest }: BatchStart) =>
  call(api.startBatch, {
    query: { target: library },
    data: {
      ...rest,
      ...(recipeId === undefined ? {} : { recipe_id: recipeId }),
      dry_run: isDryRun,
    },
  })

export const resumeBatch = (id: string) => call(api.resumeBatch, batchParam(id))
export const deleteBatch = (id: string) => call(api.deleteBatch, batchParam(id))
export const loadReport = (id: string, format: 'csv' | 'html'): Promise<Blob> =>
  fetchBinary(api.batchReport, { ...batchParam(id), query: { format } })

export const cancelJob = (jobId: string) => call(studio.cancelJob, { params: { job_id: jobId } })

const isOver = ({ status }: studio.Job): boolean =>
  status === 'done' || status === 'failed' || status === 'cancelled'

export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['jobs', jobId],
    queryFn: ({ signal }) => call(studio.job, { params: { job_id: jobId }, signal }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 1000),
  })

/** Prompts, languages and scripts of a library. */
export const matrixQuery = (library: Library) =>
  queryOptions({
    queryKey: ['prompts', 'matrix', library],
    queryFn: ({ signal }) => call(studio.matrix, { query: { target: library }, signal }),
  })

/** How many media each language has, prompts or not. */
export const languagesQuery = (library: Library) =>
  queryOptions({
    queryKey: ['media', 'languages', library],
    queryFn: async ({ signal }) => {
      const [counts = {}] = await call(media.languages, { system: library === 'system', signal })
      return counts
    },
  })

/** The file of a batch as callers hear it now. */
export const loadMedia = (library: Library, mediaId: string): Promise<Blob> =>
  fetchBinary(media.download, { params: { media_id: mediaId }, system: library === 'system' })

type Upload = { file: File; onProgress: (progress: number) => void; signal: AbortSignal }

export const openSession = ({ file, onProgress, signal }: Upload): Promise<sources.Source> =>
  uploadFile(sources.createSource, {
    file,
    query: { name: file.name.slice(0, 200) },
    contentType: 'application/octet-stream',
    onProgress,
    signal,
  })

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['sources', id],
    queryFn: ({ signal }) => call(sources.source, { params: { source_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'reading' ? 400 : false),
  })

export const loadSessionPeaks = async (
  id: string,
  samplesPerPixel: number,
): Promise<ArrayBuffer> => {
  const blob = await fetchBinary(sources.sourcePeaks, {
    params: { source_id: id },
    query: { samples_per_pixel: samplesPerPixel, bits: 8, format: 'dat' },
  })
  return blob.arrayBuffer()
}

/** Interleaved samples of a stretch. */
export const loadSamples = async (
  id: string,
  query: { from: number; frames: number },
): Promise<ArrayBuffer> =>
  (await fetchBinary(sources.sourceSamples, { params: { source_id: id }, query })).arrayBuffer()

export const splitQuery = (source: string, options: api.SplitOptions) =>
  queryOptions({
    queryKey: ['splits', source, options],
    queryFn: ({ signal }) => call(api.split, { data: { source, options }, signal }),
    placeholderData: (before) => before,
  })

type Assignment = {
  library: Library
  source: string
  language: string
  takes: { from: number; to: number; prompt_id: string }[]
}

export const assignTakes = ({ library, ...data }: Assignment) =>
  call(api.assignTakes, { query: { target: library }, data })
