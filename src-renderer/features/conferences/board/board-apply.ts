import { participantEvents, talkEvents, type ParticipantEvent } from '#contract/conference-events'
import type { LevelsEvent } from '#contract/board'
import {
  keyOf,
  MOST_ENTRIES,
  type BoardEntry,
  type BoardRow,
  type BoardState,
  type DialLeg,
  type Level,
  type ParticipantKey,
  type ToldEvent,
} from './board-state.ts'
import { joinedRow, toldRow } from './told-participant.ts'
import { talkedMsAt } from './talk-time.ts'

/**
 * What events make of the board. Pure: state, events and the time in, state out. Events that were heard before, or are
 * contained in what was read, change nothing; what does not fit marks the board as incomplete instead of being guessed.
 */

/** So long somebody is shown as talking after the last word. */
export const TALK_HOLD_MS = 600

type Written = {
  participants: Map<ParticipantKey, BoardRow>
  keyById: Map<number, ParticipantKey>
  levels: Map<ParticipantKey, Level>
  dialLegs: Map<string, DialLeg>
  entries: BoardEntry[]
  talkEntries: BoardEntry[]
}

/** A state that may be written; its maps and lists by `written`. */
type Draft = {
  readonly state: { -readonly [Name in keyof BoardState]: BoardState[Name] }
  readonly own: Partial<Written>
  readonly nowMs: number
}

/** Copied once for all events of a frame; what nobody asks for stays the same object. */
const written = <Name extends keyof Written>({ state, own }: Draft, name: Name): Written[Name] => {
  const now: readonly unknown[] | ReadonlyMap<unknown, unknown> = state[name]
  const mine = own[name]
  if (mine !== undefined && mine === now) return mine
  const copy = (now instanceof Map ? new Map<unknown, unknown>(now) : [...now]) as Written[Name]
  Object.assign(own, { [name]: copy })
  Object.assign(state, { [name]: copy })
  return copy
}

const isAboutParticipant = (told: ToldEvent): told is ToldEvent & ParticipantEvent =>
  (participantEvents as readonly string[]).includes(told.event)

const incomplete = ({ state }: Draft, why: BoardState['isIncomplete']) => {
  state.isIncomplete ??= why
}

const leave = (draft: Draft, row: BoardRow) => {
  written(draft, 'participants').delete(row.key)
  written(draft, 'levels').delete(row.key)
  written(draft, 'keyById').delete(row.participantId)
  const { relations } = draft.state
  const left = relations.filter(({ key, otherKey }) => key !== row.key && otherKey !== row.key)
  if (left.length < relations.length) draft.state.relations = left
}

const tellParticipant = (draft: Draft, told: ParticipantEvent) => {
  const { state, nowMs } = draft
  const key = keyOf(told.instance_id, told.call_id)
  const row = state.participants.get(key)
  if (told.event === 'del-member') {
    if (row) leave(draft, row)
    return
  }
  const level = state.levels.get(key)
  if (row) {
    const next = toldRow(row, told, { level, nowMs })
    if (next !== row) written(draft, 'participants').set(key, next)
  } else if (told.event === 'add-member') {
    written(draft, 'participants').set(key, joinedRow(told, nowMs))
    written(draft, 'keyById').set(told.participant_id, key)
    if (state.dialLegs.has(told.call_id)) written(draft, 'dialLegs').delete(told.call_id)
  } else {
    incomplete(draft, 'unknown-participant')
    return
  }
  const now = state.participants.get(key)
  if (now)
    written(draft, 'levels').set(key, {
      energy: told.current_energy,
      talkedMs: talkedMsAt(now, level, nowMs),
      atMs: nowMs,
    })
}

const change = (draft: Draft, key: ParticipantKey | undefined, facts: Partial<BoardRow>) => {
  const row = key === undefined ? undefined : draft.state.participants.get(key)
  if (row) written(draft, 'participants').set(row.key, { ...row, ...facts })
}

const moveFloor = (draft: Draft, { participant_id: id }: ToldEvent) => {
  const { participants, keyById } = draft.state
  for (const row of participants.values())
    if (row.floor && row.participantId !== id) change(draft, row.key, { floor: false })
  if (typeof id === 'number') change(draft, keyById.get(id), { floor: true })
}

const dialStates: Readonly<Record<string, DialLeg['state']>> = {
  'dial-started': 'started',
  'dial-ringing': 'ringing',
  'dial-answered': 'answered',
  'dial-failed': 'failed',
}

const tellDial = (draft: Draft, told: ToldEvent, state: DialLeg['state']) => {
  const { call_id: callId, endpoint_id: endpointId, job_id: jobId, cause } = told
  if (typeof callId !== 'string') return
  // A new attempt at the same phone takes the place of a failed one.
  const legs = written(draft, 'dialLegs')
  for (const [id, leg] of legs)
    if (state === 'started' && leg.state === 'failed' && leg.endpointId === endpointId)
      legs.delete(id)
  legs.set(callId, {
    ...{ callId, state, atMs: draft.nowMs },
    endpointId: String(endpointId),
    jobId: String(jobId),
    cause: typeof cause === 'string' ? cause : undefined,
  })
}

/** Nobody is in it any more. */
export const ended = (state: BoardState): BoardState => ({
  ...state,
  phase: 'idle',
  instanceId: undefined,
  participants: new Map(),
  keyById: new Map(),
  levels: new Map(),
  relations: [],
  isLocked: false,
  isRecording: false,
  recordingSinceMs: null,
  startedMs: undefined,
})

const setRoom = ({ state }: Draft, facts: Partial<BoardState>) => {
  Object.assign(state, facts)
}

const empty = (draft: Draft) => setRoom(draft, ended(draft.state))

const markMuteDetect = (draft: Draft, { participant_id: id }: ToldEvent) =>
  change(draft, typeof id === 'number' ? draft.state.keyById.get(id) : undefined, {
    muteDetect: true,
  })

const roomTells: Readonly<Record<string, (draft: Draft, told: ToldEvent) => void>> = {
  'conference-destroy': empty,
  lock: (draft) => setRoom(draft, { isLocked: true }),
  unlock: (draft) => setRoom(draft, { isLocked: false }),
  'start-recording': (draft) =>
    setRoom(draft, { isRecording: true, recordingSinceMs: draft.nowMs }),
  'stop-recording': (draft) => setRoom(draft, { isRecording: false, recordingSinceMs: null }),
  'floor-change': moveFloor,
  'mute-detect': markMuteDetect,
  // It is told when it is asked for: what came of it is read.
  command: (draft, { application_name: name }) => {
    if (name === 'relate_participants') incomplete(draft, 'relation')
  },
}

const tellRoom = (draft: Draft, told: ToldEvent) => {
  const dial = dialStates[told.event]
  if (dial) tellDial(draft, told, dial)
  else roomTells[told.event]?.(draft, told)
}

/** Whether an event belongs to the run that is shown; one of another run asks for the board to be read. */
const isOfThisRun = (draft: Draft, { event, instance_id: instanceId }: ToldEvent): boolean => {
  if (typeof instanceId !== 'string') return true
  if (instanceId === draft.state.instanceId) return true
  if (event !== 'conference-destroy' && event !== 'del-member') incomplete(draft, 'new-run')
  return false
}

/** Puts an event where it belongs by its number, once: late ones and those that are told again find their place. */
const note = (draft: Draft, told: ToldEvent) => {
  const { epoch, seq } = told
  const entries = written(draft, talkEvents.has(told.event) ? 'talkEntries' : 'entries')
  const before = entries.findLastIndex(
    (entry) =>
      entry.kind === 'gap' || entry.event.epoch !== epoch || (entry.event.seq ?? 0) <= (seq ?? 0),
  )
  const id = `${epoch ?? ''} ${seq ?? ''}`
  if (seq !== undefined && entries[before]?.id === id) return
  entries.splice(before + 1, 0, { kind: 'event', id, atMs: draft.nowMs, event: told })
}

/** Notes what was missed before an event, when it is not the successor of the last one. */
const hear = ({ state, nowMs }: Draft, { epoch, seq }: ToldEvent) => {
  if (epoch === undefined || seq === undefined) return
  const { heardSeq } = state
  const fromMs = state.heardAtMs ?? state.readAtMs ?? nowMs
  if (state.epoch !== undefined && state.epoch !== epoch) {
    const gap = { fromMs, reason: 'restart', missed: undefined } as const
    Object.assign(state, { seq: 0, gap, isIncomplete: 'gap' } satisfies Partial<BoardState>)
  } else if (heardSeq !== undefined && seq <= heardSeq) return
  else if (heardSeq !== undefined && seq > heardSeq + 1) {
    const missed = (state.gap?.missed ?? 0) + seq - heardSeq - 1
    state.gap = { fromMs, reason: 'missed' as const, ...state.gap, missed }
    state.isIncomplete = 'gap'
  }
  Object.assign(state, { epoch, heardSeq: seq, heardAtMs: nowMs } satisfies Partial<BoardState>)
}

const tell = (draft: Draft, told: ToldEvent) => {
  hear(draft, told)
  const { conferenceId, seq, phase } = draft.state
  if (told.conference_id !== conferenceId) return
  note(draft, told)
  // Late ones have their place in the timeline; the state has gone on, or contains them already.
  if (told.seq !== undefined && told.seq <= seq) return
  if (told.seq !== undefined) draft.state.seq = told.seq
  if (phase === 'loading' || !isOfThisRun(draft, told)) return
  if (isAboutParticipant(told)) tellParticipant(draft, told)
  else tellRoom(draft, told)
}

const newest = (entries: readonly BoardEntry[]): readonly BoardEntry[] =>
  entries.length > MOST_ENTRIES ? entries.slice(-MOST_ENTRIES) : entries

/** What a frame's events make of the board, in the order they came. */
export const applyAll = (
  before: BoardState,
  events: readonly ToldEvent[],
  nowMs: number,
): BoardState => {
  if (events.length === 0) return before
  const draft: Draft = { state: { ...before }, own: {}, nowMs }
  for (const told of events) tell(draft, told)
  const { state } = draft
  return { ...state, entries: newest(state.entries), talkEntries: newest(state.talkEntries) }
}

export const apply = (state: BoardState, event: ToldEvent, nowMs: number): BoardState =>
  applyAll(state, [event], nowMs)

/** Levels count for the run they were measured in. */
export const applyLevels = (state: BoardState, event: LevelsEvent, nowMs: number): BoardState => {
  if (event.instance_id !== state.instanceId) return state
  const levels = new Map(state.levels)
  for (const [id, energy, talkedMs] of event.levels) {
    const key = state.keyById.get(id)
    if (key !== undefined) levels.set(key, { energy, talkedMs, atMs: nowMs })
  }
  return { ...state, levels, hasLevels: true }
}

/** Ends the hold of those who have been quiet for long enough. */
export const releaseTalkers = (state: BoardState, nowMs: number): BoardState => {
  const over = [...state.participants.values()].filter(
    ({ showsTalking, talking, quietSinceMs }) =>
      showsTalking && !talking && nowMs - (quietSinceMs ?? 0) >= TALK_HOLD_MS,
  )
  if (over.length === 0) return state
  const participants = new Map(state.participants)
  for (const row of over) participants.set(row.key, { ...row, showsTalking: false })
  return { ...state, participants }
}
