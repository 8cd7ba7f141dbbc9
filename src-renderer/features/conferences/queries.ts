import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import * as conferenceCheck from '#contract/conference-check'
import * as conferences from '#contract/conferences'
import * as media from '#contract/media'
import * as sip from '#contract/sip'
import { ApiError } from '../../api/api-error.ts'
import { call, callEnvelope } from '../../api/client.ts'
import { showsOwnErrors } from '../../api/query-client.ts'
import type { ConferenceRow } from './conference-text.ts'
import type { ConferenceDraft, ConferencePatch } from './forms/conference-change.ts'

/** All of them: an account has few, and a search looks at every one. */
const whole = { query: { paginate: 'false' } as object }

export const listQuery = queryOptions({
  queryKey: ['conferences', 'list'],
  queryFn: async ({ signal }): Promise<ConferenceRow[]> => {
    const { data } = await callEnvelope(conferences.list, { ...whole, signal })
    const nowMs = Date.now()
    return data.map((conference) => ({
      ...conference,
      sinceMs: nowMs - conference.duration * 1000,
    }))
  },
})

const param = (id: string) => ({ params: { conference_id: id } })

export type ReadConference = {
  readonly document: conferences.ConferenceDocument
  readonly revision: string | undefined
}

export const conferenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['conferences', 'document', id],
    queryFn: async ({ signal }): Promise<ReadConference> => {
      const reply: { data: conferences.ConferenceDocument; revision?: string } = await callEnvelope(
        conferences.get,
        { ...param(id), signal },
      )
      return { document: reply.data, revision: reply.revision }
    },
  })

/** As it is now, whatever was read before. */
export const readConference = (client: QueryClient, id: string): Promise<ReadConference> =>
  client.query({ ...conferenceQuery(id), staleTime: 0 })

type Asked = { id: string | undefined; draft: ConferenceDraft; patch: ConferencePatch }

/**
 * What is to be known about a draft before it is saved, and the draft it is about: while the next answer is awaited the last
 * one is kept. Any change of a conference makes it old.
 */
export const checkQuery = ({ id, draft, patch }: Asked) =>
  queryOptions({
    queryKey: ['conferences', 'check', id ?? '', patch],
    queryFn: async ({ signal }) => {
      const about = { conference: patch, ...(id !== undefined && { conference_id: id }) }
      const { findings } = await call(conferenceCheck.check, { data: about, signal })
      return { draft, findings }
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })

/** Whether strangers may call; nothing for who is no administrator. */
export const authenticationQuery = queryOptions({
  queryKey: ['settings', 'sip', 'settings'],
  queryFn: ({ signal }) => call(sip.settings, { signal }),
  retry: false,
})

/** What a medium is called. */
export const mediaNameQuery = (id: string) =>
  queryOptions({
    queryKey: ['media', 'name', id],
    queryFn: async ({ signal }) =>
      (await call(media.get, { params: { media_id: id }, signal })).name,
  })

/** In a sentence. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** The same, where it was waited for with a limit: the browser's own words for that are about a signal. */
export const failureOf = (error: unknown): string =>
  error instanceof Error && error.name === 'TimeoutError'
    ? 'The server has not answered.'
    : reasonOf(error)

/** A refusal because somebody else was faster. */
export const isConflict = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 409

export const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404

/** What of a refusal names a number that another conference has. */
export const takenNumbersOf = (error: unknown): string | undefined => {
  const cause = error instanceof ApiError ? error.violations.numbers?.unique?.cause : undefined
  return typeof cause === 'string' ? cause : undefined
}

const useChange = <V, R>(change: (variables: V) => Promise<R>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['conferences'] }),
    meta: showsOwnErrors,
  })
}

export type SavedForm =
  | { readonly id: undefined; readonly input: conferences.ConferenceInput }
  | {
      readonly id: string
      readonly patch: ConferencePatch
      /** That it still must have. */
      readonly revision: string | undefined
    }

export const useSaveConference = () =>
  useChange((form: SavedForm) =>
    form.id === undefined
      ? call(conferences.create, { data: form.input })
      : call(conferences.patch, {
          ...param(form.id),
          data: form.patch,
          ...(form.revision !== undefined && { ifMatch: form.revision }),
        }),
  )

export const useRemoveConference = () =>
  useChange((id: string) => call(conferences.remove, param(id)))

export const useRestoreConference = () =>
  useChange((id: string) => call(conferenceCheck.restore, param(id)))
