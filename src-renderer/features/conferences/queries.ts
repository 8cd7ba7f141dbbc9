import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as conferences from '#contract/conferences'
import { call, callEnvelope } from '../../api/client.ts'
import { showsOwnErrors } from '../../api/query-client.ts'
import type { ConferenceChange } from './conference-change.ts'
import type { ConferenceRow } from './conference-text.ts'

export { problemsOf } from '../../api/problems.ts'

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

export const conferenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['conferences', 'document', id],
    queryFn: ({ signal }) => call(conferences.get, { ...param(id), signal }),
  })

const useChange = <V, R>(change: (variables: V) => Promise<R>, meta?: typeof showsOwnErrors) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['conferences'] }),
    ...(meta && { meta }),
  })
}

export const useCreateConference = () =>
  useChange((data: ConferenceChange) => {
    const input = data as Partial<conferences.ConferenceInput>
    return call(conferences.create, { data: input as conferences.ConferenceInput })
  }, showsOwnErrors)

export const useChangeConference = (id: string) =>
  useChange(
    (data: ConferenceChange) => call(conferences.patch, { ...param(id), data }),
    showsOwnErrors,
  )

export const useRemoveConference = () =>
  useChange((id: string) => call(conferences.remove, param(id)), showsOwnErrors)
