import * as conferences from '#contract/conferences'
import type { EndpointResponse } from '#contract/dialling'
import * as participants from '#contract/participants'
import { call } from '../../../api/client.ts'
import type { ParticipantKey } from './board-state.ts'
import type { BoardAction } from './sent-action.ts'

/** What a dial answers; nothing for the others. */
export type Answer = readonly EndpointResponse[] | undefined

type Asked = {
  action: BoardAction
  conferenceId: string
  jobId: string | undefined
  /** Throws for somebody who is not there. */
  idOf: (key: ParticipantKey) => number
}

const bodyOf = ({ action, jobId, idOf }: Asked): { action: string; data?: unknown } => {
  const { kind } = action
  if (kind === 'end') return { action: 'kick' }
  if (kind === 'record') return { action: kind, data: { action: action.toggle } }
  if (kind === 'play') return { action: kind, data: { media_id: action.mediaId } }
  if (kind === 'dial') return { action: kind, data: { ...action.dial, job_id: jobId } }
  if (kind !== 'relate') return { action: kind }
  const pair = { participant_id: idOf(action.key), other_participant: idOf(action.otherKey) }
  return { action: kind, data: { ...pair, relationship: action.relationship } }
}

/** How an action is asked for, in the words of Crossbar. Whom it is about is settled now, not when it is sent. */
export const requestOf = (asked: Asked): (() => Promise<Answer>) => {
  const { action, conferenceId, idOf } = asked
  const params = { conference_id: conferenceId }
  const data = bodyOf(asked)
  if (action.kind === 'relate' || action.kind === 'end') {
    return async () => {
      await call(participants.actOnAll, { params, data })
      return undefined
    }
  }
  const key = 'key' in action ? action.key : undefined
  if (key !== undefined) {
    const participant = { participant_id: String(idOf(key)) }
    return async () => {
      await call(participants.act, { params: { ...params, ...participant }, data })
      return undefined
    }
  }
  return async () => {
    const reply = await call(conferences.act, { params, data })
    return typeof reply === 'string' ? undefined : reply.endpoint_responses
  }
}
