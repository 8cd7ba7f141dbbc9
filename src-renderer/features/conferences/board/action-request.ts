import type { EndpointResponse } from '#contract/dialling'
import type { ParticipantKey } from './board-state.ts'
import { askAll, askOne, askRoom, type ActionBody } from './queries.ts'
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

const bodyOf = ({ action, jobId, idOf }: Asked): ActionBody => {
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
  const data = bodyOf(asked)
  if (action.kind === 'relate' || action.kind === 'end') {
    return async () => {
      await askAll(conferenceId, data)
      return undefined
    }
  }
  const key = 'key' in action ? action.key : undefined
  if (key !== undefined) {
    const whom = { conferenceId, participantId: idOf(key) }
    return async () => {
      await askOne(whom, data)
      return undefined
    }
  }
  return () => askRoom(conferenceId, data)
}
