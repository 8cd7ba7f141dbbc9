import { keyOf, type BoardState, type ParticipantKey, type ToldEvent } from './board-state.ts'
import { subjectOf, type BoardAction, type SentAction } from './sent-action.ts'

/** What says that an action was done: an event about it, or the conference as it was read afterwards. */

const events: Readonly<Record<string, BoardAction['kind']>> = {
  'mute-member': 'mute',
  'unmute-member': 'unmute',
  'deaf-member': 'deaf',
  'undeaf-member': 'undeaf',
  'del-member': 'kick',
  'conference-destroy': 'end',
  'play-file': 'play',
  lock: 'lock',
  unlock: 'unlock',
}

/** An event that is told again, or late, is about something that was done before. */
const isLater = ({ epoch, seq }: ToldEvent, { after }: SentAction): boolean =>
  seq === undefined || after.seq === undefined || epoch !== after.epoch || seq > after.seq

/** Whether an event tells that an action was done, whoever asked for it. */
export const proves = (told: ToldEvent, sent: SentAction): boolean => {
  const { action, conferenceId, instanceId } = sent
  if (action.kind === 'record') {
    if (told.event !== `${action.toggle}-recording`) return false
  } else if (events[told.event] !== action.kind) return false
  if (told.conference_id !== conferenceId || !isLater(told, sent)) return false
  if (instanceId !== undefined && told.instance_id !== instanceId) return false
  if (action.kind === 'play' && told.media_id !== action.mediaId) return false
  if (action.kind === 'end') return true
  const { call_id: callId } = told
  const about = typeof callId === 'string' ? keyOf(String(told.instance_id), callId) : undefined
  return subjectOf(action) === about
}

/** Whether an event makes an action pointless: whom it is about has left, or the run is over. */
export const overtakes = (told: ToldEvent, { action, instanceId }: SentAction): boolean => {
  if (instanceId === undefined || told.instance_id !== instanceId) return false
  if (told.event === 'conference-destroy') return true
  return (
    told.event === 'del-member' && keyOf(instanceId, String(told.call_id)) === subjectOf(action)
  )
}

/** Why nothing can be done any more, in a sentence; undefined while it can, or where this board cannot know. */
export const whyTooLate = (
  board: BoardState,
  { action, conferenceId, instanceId }: SentAction,
): string | undefined => {
  if (board.conferenceId !== conferenceId || instanceId === undefined) return undefined
  if (board.phase === 'loading' || board.phase === 'failed') return undefined
  if (board.instanceId !== instanceId) return 'The conference has ended.'
  const gone = [subjectOf(action), 'otherKey' in action ? action.otherKey : undefined].some(
    (key) => key !== undefined && !board.participants.has(key),
  )
  return gone ? 'They have left already.' : undefined
}

type ToSomebody = Extract<BoardAction, { key: ParticipantKey }>

const isDoneTo = ({ participants, relations }: BoardState, action: ToSomebody): boolean => {
  const { kind, key } = action
  if (kind === 'relate') {
    const set = relations.find((each) => each.key === key && each.otherKey === action.otherKey)
    return (set?.relationship ?? 'clear') === action.relationship
  }
  const row = participants.get(key)
  if (kind === 'kick') return row === undefined
  if (kind === 'mute' || kind === 'unmute') return row?.speak === (kind === 'unmute')
  return row?.hear === (kind === 'undeaf')
}

/** Whether a board that was read since shows an action as done; undefined where none can show it. */
export const isDoneIn = (
  board: BoardState,
  { action, instanceId }: SentAction,
): boolean | undefined => {
  if (action.kind === 'play' || action.kind === 'dial') return undefined
  const isOver = board.instanceId !== instanceId
  if (action.kind === 'end') return isOver
  if (isOver) return action.kind === 'kick'
  if ('key' in action) return isDoneTo(board, action)
  if (action.kind === 'record') return board.isRecording === (action.toggle === 'start')
  return board.isLocked === (action.kind === 'lock')
}

/** A dial is answered when the last phone is: that it has begun is told by events. */
export const isHeardOf = ({ dialLegs }: BoardState, { jobId }: SentAction): boolean =>
  jobId !== undefined && [...dialLegs.values()].some((leg) => leg.jobId === jobId)

export const confirmed = (sent: SentAction, nowMs: number): SentAction => ({
  ...sent,
  status: 'confirmed',
  tookMs: sent.tookMs ?? nowMs - sent.atMs,
  reason: undefined,
})
