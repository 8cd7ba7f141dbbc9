import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as conferences from '#contract/conferences'
import type { EndpointResponse } from '#contract/dialling'
import * as participants from '#contract/participants'
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

/** What is done to the whole conference. */
export type RoomAction =
  | { action: 'lock' | 'unlock' }
  | { action: 'record'; data: { action: 'start' | 'stop' } }
  | { action: 'play'; data: { media_id: string } }

export const useAct = (id: string) =>
  useChange((data: RoomAction) => call(conferences.act, { ...param(id), data }))

export type ParticipantAction = 'mute' | 'unmute' | 'deaf' | 'undeaf' | 'kick'

/** One of them, or all. */
export const useActOn = (id: string) =>
  useChange(({ action, participantId }: { action: ParticipantAction; participantId?: number }) => {
    const data = { action }
    if (participantId === undefined) return call(participants.actOnAll, { ...param(id), data })
    const params = { conference_id: id, participant_id: String(participantId) }
    return call(participants.act, { params, data })
  })

/** Resolves when whom it calls has answered, or will not. */
export const useDial = (id: string) =>
  useChange(async (endpoint: string): Promise<readonly EndpointResponse[]> => {
    const data = { action: 'dial', data: { endpoints: [endpoint] } }
    const reply = await call(conferences.act, { ...param(id), data })
    return typeof reply === 'string' ? [] : reply.endpoint_responses
  }, showsOwnErrors)
