import type { EndpointResponse } from '#contract/dialling'
import type { BoardState, ParticipantKey } from './board-state.ts'
import { askAll, askOne, askRoom, refusalOf, type ActionBody } from './queries.ts'
import { subjectOf, type BoardAction } from './sent-action.ts'

/** What a dial answers; nothing for the others. */
export type Answer = readonly EndpointResponse[] | undefined

/** Asks once; aborting it takes nothing back that has arrived. */
export type ActionRequest = (signal: AbortSignal) => Promise<Answer>

type Asked = {
  action: BoardAction
  /** The conference as it was when it was asked for. */
  board: BoardState
  jobId: string | undefined
}

const idIn = ({ participants }: BoardState, key: ParticipantKey): number => {
  const id = participants.get(key)?.participantId
  if (id === undefined) throw new Error('They have left already.')
  return id
}

const bodyOf = ({ action, board, jobId }: Asked): ActionBody => {
  const { kind } = action
  if (kind === 'end') return { action: 'kick' }
  if (kind === 'record') return { action: kind, data: { action: action.toggle } }
  if (kind === 'play') return { action: kind, data: { media_id: action.mediaId } }
  if (kind === 'dial') return { action: kind, data: { ...action.dial, job_id: jobId } }
  if (kind !== 'relate') return { action: kind }
  const pair = {
    participant_id: idIn(board, action.key),
    other_participant: idIn(board, action.otherKey),
  }
  return { action: kind, data: { ...pair, relationship: action.relationship } }
}

/**
 * How an action is asked for, in the words of Crossbar. Whom it is about is settled now, not when it is sent; throws for
 * somebody who is not there.
 */
export const requestOf = (asked: Asked): ActionRequest => {
  const { action, board } = asked
  const { conferenceId } = board
  // Whoever is dialled may begin the next run.
  const instanceId = action.kind === 'dial' ? undefined : board.instanceId
  const place = { conferenceId, instanceId }
  const body = bodyOf(asked)
  if (action.kind === 'relate' || action.kind === 'end') {
    return async (signal) => {
      await askAll(place, body, signal)
      return undefined
    }
  }
  const key = subjectOf(action)
  if (key === undefined) return (signal) => askRoom(place, body, signal)
  const whom = { ...place, participantId: idIn(board, key) }
  return async (signal) => {
    await askOne(whom, body, signal)
    return undefined
  }
}

/** Why it was refused, in a sentence; undefined where no answer came, and nobody knows what became of it. */
export const refusalText = (error: unknown, action: BoardAction): string | undefined => {
  const refusal = refusalOf(error)
  if (refusal?.code !== 'bad_identifier' || action.kind === 'play') return refusal?.message
  return subjectOf(action) === undefined ? 'The conference has ended.' : 'They have left already.'
}
