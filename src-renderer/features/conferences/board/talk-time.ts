import type { BoardRow, Level } from './board-state.ts'

/** Talked in this run until now: what the engine counted last, and what went by since. */
export const talkedMsAt = (row: BoardRow, level: Level | undefined, nowMs: number): number => {
  const { talkedMs, talkingSinceMs } = row
  if (talkingSinceMs === null) return Math.max(talkedMs, level?.talkedMs ?? 0)
  if (level && level.atMs >= talkingSinceMs) return level.talkedMs + Math.max(0, nowMs - level.atMs)
  return talkedMs + Math.max(0, nowMs - talkingSinceMs)
}

/** Part of its time in the room that it talked, 0 to 1. */
export const talkShareAt = (row: BoardRow, level: Level | undefined, nowMs: number): number => {
  const thereMs = nowMs - row.joinedMs
  return thereMs <= 0 ? 0 : Math.min(1, talkedMsAt(row, level, nowMs) / thereMs)
}

/** 0 while it talks, null when it never did. */
export const quietMsAt = ({ talking, quietSinceMs }: BoardRow, nowMs: number): number | null => {
  if (talking) return 0
  return quietSinceMs === null ? null : Math.max(0, nowMs - quietSinceMs)
}
