import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import * as media from '#contract/media'
import { peaks } from '#contract/sources'
import * as studio from '#contract/studio'
import { ApiError, violationText } from '../../api/api-error.ts'
import { call, callPage, fetchBinary, uploadFile, type Page } from '../../api/client.ts'
import { showsOwnErrors } from '../../api/query-client.ts'
import { uploadTypeOf } from './upload-file.ts'

export { statusQuery } from '../../api/status.ts'

const pageSize = 200
const listKey = ['media', 'library'] as const

type Library = InfiniteData<Page<studio.LibraryItem[]>>

export const libraryQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: [...listKey, search],
    queryFn: ({ pageParam, signal }) =>
      callPage(studio.library, {
        query: { search: search === '' ? undefined : search },
        startKey: pageParam,
        pageSize,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextStartKey,
    placeholderData: (before) => before,
  })

export const itemsOf = (library: Library | undefined): studio.LibraryItem[] =>
  library?.pages.flatMap(({ data }) => data) ?? []

/** Everything the lists have loaded so far, once. */
export const loadedItems = (queryClient: QueryClient): studio.LibraryItem[] => {
  const lists = queryClient.getQueriesData<Library>({ queryKey: listKey })
  const items = lists.flatMap(([, library]) => itemsOf(library))
  return [...new Map(items.map((item) => [item.id, item])).values()]
}

const idParam = (id: string) => ({ params: { media_id: id } })

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['media', 'document', id],
    queryFn: ({ signal }) => call(media.get, { ...idParam(id), signal }),
  })

export const loadFile = (id: string): Promise<Blob> => fetchBinary(media.download, idParam(id))

export const loadOriginal = (id: string): Promise<Blob> => fetchBinary(studio.original, idParam(id))

export const loadPeaks = async (id: string): Promise<ArrayBuffer> =>
  (await fetchBinary(peaks, idParam(id))).arrayBuffer()

type Upload = { file: File; onProgress: (progress: number) => void; signal?: AbortSignal }

export const replaceFile = (id: string, { file, ...rest }: Upload): Promise<media.MediaDocument> =>
  uploadFile(media.upload, { ...idParam(id), file, contentType: uploadTypeOf(file), ...rest })

/** A document and its file. A document whose file is refused or no sound would be silent for ever: it goes again. */
export const createFromFile = async (name: string, upload: Upload): Promise<string> => {
  const { id } = await call(media.create, {
    data: { name, media_source: 'upload', streamable: true },
  })
  try {
    const { _read_only: facts } = await replaceFile(id, upload)
    const audio = (facts?.original ?? facts?.file)?.audio
    if (audio?.playable === false && uploadTypeOf(upload.file).startsWith('audio/'))
      throw new Error(`It holds no sound that can be played: ${audio.reason ?? 'unknown format'}.`)
  } catch (error) {
    await call(media.remove, idParam(id)).catch(() => undefined)
    throw error
  }
  return id
}

/** `null` takes a key out. */
export type MediaChange = {
  name?: string
  description?: string | null
  language?: string | null
  streamable?: boolean
}

export const useChangeMedia = (id: string) => {
  const queryClient = useQueryClient()
  const mutation = useMutation({
    mutationFn: (change: MediaChange) => call(media.patch, { ...idParam(id), data: change }),
    onSuccess: (changed) => queryClient.setQueryData(documentQuery(id).queryKey, changed),
    meta: showsOwnErrors,
  })
  const { error } = mutation
  const violations = error instanceof ApiError ? error.violations : {}
  return {
    mutation,
    errorOf: (field: keyof MediaChange) => violationText(violations, field),
    failure: error !== null && Object.keys(violations).length === 0 ? error.message : undefined,
  }
}

/** Takes the item off the lists at once; the live event puts every list right. */
const takeOffLists = (queryClient: QueryClient, id: string) =>
  queryClient.setQueriesData<Library>({ queryKey: listKey }, (library) =>
    library
      ? {
          ...library,
          pages: library.pages.map((page) => ({
            ...page,
            data: page.data.filter((item) => item.id !== id),
          })),
        }
      : undefined,
  )

export const useRemoveMedia = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call(media.remove, idParam(id)),
    onSuccess: (_, id) => takeOffLists(queryClient, id),
  })
}

export const useRestoreMedia = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call(studio.restore, idParam(id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['media'] }),
  })
}

export const useRefreshMedia = () => {
  const queryClient = useQueryClient()
  return () => void queryClient.invalidateQueries({ queryKey: ['media'] })
}
