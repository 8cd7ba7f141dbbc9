import * as api from '#contract/board'
import * as conferences from '#contract/conferences'
import type { EndpointResponse } from '#contract/dialling'
import * as participants from '#contract/participants'
import { ApiError } from '../../../api/api-error.ts'
import { call } from '../../../api/client.ts'

export { listenToLevels, onConferences, useLive } from '../../../api/live.ts'

/** Everything of a conference that runs. */
export const fetchBoard = (conferenceId: string, signal: AbortSignal): Promise<api.Board> =>
  call(api.board, { params: { conference_id: conferenceId }, signal })

/** The conference does not run, or does not exist. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 404

/** What the server refused; undefined where no answer came, and nobody knows what became of it. */
export const refusalOf = (error: unknown): Pick<ApiError, 'code' | 'message'> | undefined =>
  error instanceof ApiError && error.status !== 0 ? error : undefined

/** An action in the words of Crossbar. */
export type ActionBody = { action: string; data?: unknown }

/** Where something is done: in this run only, if it is known. */
export type Place = { conferenceId: string; instanceId: string | undefined }

const addressOf = ({ conferenceId, instanceId }: Place) => ({
  params: { conference_id: conferenceId },
  query: { instance_id: instanceId },
})

export const askAll = (place: Place, data: ActionBody, signal: AbortSignal): Promise<string> =>
  call(participants.actOnAll, { ...addressOf(place), data, signal })

export const askOne = (
  whom: Place & { participantId: number },
  data: ActionBody,
  signal: AbortSignal,
): Promise<string> => {
  const { params, query } = addressOf(whom)
  const one = { ...params, participant_id: String(whom.participantId) }
  return call(participants.act, { params: one, query, data, signal })
}

/** What became of the legs of a dial; nothing for the others. */
export const askRoom = async (
  place: Place,
  data: ActionBody,
  signal: AbortSignal,
): Promise<readonly EndpointResponse[] | undefined> => {
  const reply = await call(conferences.act, { ...addressOf(place), data, signal })
  return typeof reply === 'string' ? undefined : reply.endpoint_responses
}
