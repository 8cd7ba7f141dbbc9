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
  switch (action.kind) {
    case 'end':
      return { action: 'kick' }
    case 'record':
      return { action: 'record', data: { action: action.toggle } }
    case 'play':
      return { action: 'play', data: { media_id: action.mediaId } }
    case 'dial':
      return { action: 'dial', data: { ...action.dial, job_id: jobId } }
    case 'relate': {
      const pair = { participant_id: idOf(action.key), other_participant: idOf(action.otherKey) }
      return { action: 'relate', data: { ...pair, relationship: action.relationship } }
    }
    default:
      return { action: action.kind }
  }
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
  if ('key' in action && action.key !== undefined) {
    const participant = { participant_id: String(idOf(action.key)) }
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
