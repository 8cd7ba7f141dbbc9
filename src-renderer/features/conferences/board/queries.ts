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

/** An action in the words of Crossbar. */
export type ActionBody = { action: string; data?: unknown }

export const askAll = (
  conferenceId: string,
  data: ActionBody,
  signal: AbortSignal,
): Promise<string> =>
  call(participants.actOnAll, { params: { conference_id: conferenceId }, data, signal })

export const askOne = (
  whom: { conferenceId: string; participantId: number },
  data: ActionBody,
  signal: AbortSignal,
): Promise<string> => {
  const { conferenceId, participantId } = whom
  const params = { conference_id: conferenceId, participant_id: String(participantId) }
  return call(participants.act, { params, data, signal })
}

/** What became of the legs of a dial; nothing for the others. */
export const askRoom = async (
  conferenceId: string,
  data: ActionBody,
  signal: AbortSignal,
): Promise<readonly EndpointResponse[] | undefined> => {
  const params = { conference_id: conferenceId }
  const reply = await call(conferences.act, { params, data, signal })
  return typeof reply === 'string' ? undefined : reply.endpoint_responses
}
