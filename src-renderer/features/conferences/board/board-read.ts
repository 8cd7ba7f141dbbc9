import type { Board, BoardParticipant } from '#contract/board'
import { gregorianToDate } from '../../../lib/gregorian.ts'
import { ended } from './board-apply.ts'
import {
  keyOf,
  MOST_ENTRIES,
  type BoardEntry,
  type BoardRow,
  type BoardState,
  type Level,
  type ParticipantKey,
} from './board-state.ts'
import { isSameRow, joinedRow } from './told-participant.ts'

/** Times that are told as whole seconds come out a little different each time: they are the same. */
const sameWithinMs = 2000

const settled = (before: number | null | undefined, now: number | null): number | null =>
  typeof before === 'number' && now !== null && Math.abs(before - now) < sameWithinMs ? before : now

const readRow = (
  told: BoardParticipant,
  before: BoardRow | undefined,
  { instanceId, nowMs }: { instanceId: string; nowMs: number },
): BoardRow => {
  const { talking, quiet_ms: quietMs } = told
  const joinedMs = nowMs - told.duration * 1000
  const row: BoardRow = {
    ...joinedRow({ ...told, instance_id: instanceId }, nowMs),
    isGhost: told.is_ghost,
    joinedMs: settled(before?.joinedMs, joinedMs) ?? joinedMs,
    showsTalking: talking || (before?.showsTalking ?? false),
    talkedMs: told.talked_ms,
    quietSinceMs: settled(before?.quietSinceMs, quietMs === null ? null : nowMs - quietMs),
    more: {
      gainInDb: told.gain_in_db,
      gainOutDb: told.gain_out_db,
      onHold: told.on_hold,
      direction: told.direction,
    },
  }
  const isTalkingOn = talking && before?.talking === true
  const same = isTalkingOn
    ? { ...row, talkedMs: before.talkedMs, talkingSinceMs: before.talkingSinceMs }
    : row
  return before && isSameRow(before, same) ? before : same
}

const gapEntries = (
  { gap, participants, entries }: BoardState,
  after: ReadonlyMap<ParticipantKey, BoardRow>,
  nowMs: number,
): readonly BoardEntry[] => {
  if (!gap) return entries
  const gone = [...participants.values()].filter(({ key }) => !after.has(key))
  const entry: BoardEntry = {
    ...gap,
    kind: 'gap',
    id: `gap ${gap.fromMs} ${nowMs}`,
    atMs: nowMs,
    gone: gone.map(({ key, name, number }) => ({ key, name, number })),
  }
  return [...entries, entry].slice(-MOST_ENTRIES)
}

/** The conference as it was read; what is the same stays the same object, so that only what changed is drawn again. */
export const readBoard = (state: BoardState, board: Board, nowMs: number): BoardState => {
  const { instance_id: instanceId, epoch, seq } = board
  const participants = new Map<ParticipantKey, BoardRow>()
  const levels = new Map<ParticipantKey, Level>()
  const keyById = new Map<number, ParticipantKey>()
  for (const told of board.participants) {
    const key = keyOf(instanceId, told.call_id)
    participants.set(key, readRow(told, state.participants.get(key), { instanceId, nowMs }))
    keyById.set(told.participant_id, key)
    levels.set(key, { energy: told.current_energy, talkedMs: told.talked_ms, atMs: nowMs })
  }
  const isRestart = state.epoch !== undefined && state.epoch !== epoch
  const fromMs = state.heardAtMs ?? state.readAtMs ?? nowMs
  const gap =
    state.gap ?? (isRestart ? { fromMs, reason: 'restart' as const, missed: undefined } : undefined)
  const serverMs = gregorianToDate(board.started + board.duration).getTime()
  const since = board.recording_since_ms
  const startedMs = nowMs - board.duration * 1000
  const keyOfId = (id: number) => keyById.get(id)
  return {
    ...state,
    phase: 'running',
    problem: undefined,
    instanceId,
    name: board.name,
    isAdHoc: board.is_ad_hoc,
    isLocked: board.is_locked,
    isRecording: board.is_recording,
    recordingSinceMs: settled(
      state.recordingSinceMs,
      since === null ? null : nowMs - Math.max(0, serverMs - since),
    ),
    startedMs: settled(state.startedMs, startedMs) ?? startedMs,
    ...{ epoch, seq, participants, levels, keyById },
    heardSeq: isRestart ? seq : (state.heardSeq ?? seq),
    readAtMs: nowMs,
    relations: board.relations.flatMap(({ participant_id, other_participant, relationship }) => {
      const [key, otherKey] = [keyOfId(participant_id), keyOfId(other_participant)]
      return key === undefined || otherKey === undefined ? [] : [{ key, otherKey, relationship }]
    }),
    entries: gapEntries({ ...state, gap }, participants, nowMs),
    isIncomplete: undefined,
    gap: undefined,
  }
}

/** It does not run: whoever was shown has gone. */
export const readIdle = (state: BoardState, nowMs: number): BoardState => ({
  ...ended(state),
  // It may have begun since it was asked for: nothing that was heard meanwhile is contained in this.
  seq: 0,
  problem: undefined,
  readAtMs: nowMs,
  entries: gapEntries(state, new Map(), nowMs),
  isIncomplete: undefined,
  gap: undefined,
})

/** Where the feed stands when it is heard again: what lies between was missed. */
export const meetFeed = (
  state: BoardState,
  feed: { epoch: string; seq: number },
  nowMs: number,
): BoardState => {
  const fromMs = state.heardAtMs ?? state.readAtMs ?? nowMs
  const heard = { epoch: feed.epoch, heardSeq: feed.seq, heardAtMs: nowMs }
  if (state.epoch === undefined) return { ...state, ...heard }
  if (state.epoch !== feed.epoch) {
    const gap = { fromMs, reason: 'restart', missed: undefined } as const
    return { ...state, ...heard, seq: 0, gap, isIncomplete: 'gap', hasLevels: false }
  }
  const missed = feed.seq - (state.heardSeq ?? feed.seq)
  if (missed <= 0) return state
  const gap = { fromMs, reason: 'connection' as const, ...state.gap, missed }
  return { ...state, ...heard, gap, isIncomplete: 'gap' }
}
