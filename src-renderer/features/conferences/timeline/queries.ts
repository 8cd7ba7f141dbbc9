import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueries,
  useQuery,
} from '@tanstack/react-query'
import * as board from '#contract/board'
import * as media from '#contract/media'
import { call, fetchBinary } from '../../../api/client.ts'
import { statusQuery } from '../../../api/status.ts'
import { devicesQuery } from '../dialogs/queries.ts'
import { isSameAsker, type Names } from './names.ts'

const pageSize = 200
const most = 1000

const param = (id: string) => ({ params: { conference_id: id } })

/** What is on record, newest first. Not below ['conferences']: events make that old all the time. */
export const historyQuery = (conferenceId: string, talking: boolean) =>
  infiniteQueryOptions({
    queryKey: ['conference-history', conferenceId, talking],
    queryFn: ({ pageParam: before, signal }) =>
      call(board.history, {
        ...param(conferenceId),
        query: { before, limit: pageSize, talking },
        signal,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.entry_id),
    // What happens from now on is heard.
    staleTime: Infinity,
    placeholderData: (before) => before,
  })

/** Everything of one run, newest first. */
export const loadRun = async (
  conferenceId: string,
  instanceId: string | undefined,
): Promise<board.HistoryEntry[]> => {
  const all: board.HistoryEntry[] = []
  for (let before: number | undefined; ; before = all.at(-1)?.entry_id) {
    const query = { before, limit: most, talking: true }
    const page = await call(board.history, { ...param(conferenceId), query })
    all.push(...page)
    const isOver = page.length < most || page.at(-1)?.instance_id !== instanceId
    if (isOver)
      return all.filter((entry) => entry.instance_id === (instanceId ?? all[0]?.instance_id))
  }
}

export const loadCsv = (conferenceId: string): Promise<Blob> =>
  fetchBinary(board.historyCsv, param(conferenceId))

/** It is told like everything else that happens: the timeline shows it when it is heard of. */
export const useBookmark = (conferenceId: string) =>
  useMutation({
    mutationFn: (text: string) => call(board.bookmark, { ...param(conferenceId), data: { text } }),
  })

/** The medium a recording became; null where there is none, because it is being saved, was deleted or failed. */
export const recordingQuery = (recordingId: string) =>
  queryOptions({
    queryKey: ['media', 'recording', recordingId],
    queryFn: async ({ signal }) => {
      const query = { filter_source_id: recordingId } as object
      const [found] = await call(media.list, { query, signal })
      if (!found) return null
      const document = await call(media.get, { params: { media_id: found.id }, signal })
      const { file, original = file, unedited } = document._read_only ?? {}
      // Another file than the one that was recorded: its moments are elsewhere.
      const isEdited = unedited !== undefined || original?.filename !== `${recordingId}.wav`
      return { mediaId: found.id, isEdited }
    },
  })

/** Whether who asked for something is who looks at it. */
export const useIsYou = (): Names['isYou'] => {
  const me = useQuery(statusQuery).data?.asked_by
  return (by) => me !== undefined && isSameAsker(by, me)
}

/** Names of phones by their ids. */
export const useDeviceNames = (): ReadonlyMap<string, string> =>
  new Map((useQuery(devicesQuery).data ?? []).map(({ id, name }) => [id, name]))

const nameQuery = (id: string) =>
  queryOptions({
    queryKey: ['media', 'name', id],
    queryFn: async ({ signal }) =>
      (await call(media.get, { params: { media_id: id }, signal })).name,
  })

/** Names of media by their ids; those that are gone are missing. */
export const useMediaNames = (ids: readonly string[]): ReadonlyMap<string, string> =>
  useQueries({
    queries: ids.map(nameQuery),
    combine: (results) =>
      new Map(
        ids.flatMap((id, index) => {
          const name = results[index]?.data
          return name === undefined ? [] : [[id, name] as const]
        }),
      ),
  })
