import type { BoardState } from './board-state.ts'

/** Ghosts are shown and not counted, as the server does. */
export const countsOf = ({ participants }: BoardState) => {
  const counts = { everyone: 0, talking: 0, muted: 0, moderators: 0 }
  for (const { isGhost, showsTalking, speak, isModerator } of participants.values()) {
    if (isGhost) continue
    counts.everyone += 1
    if (showsTalking && speak) counts.talking += 1
    if (!speak) counts.muted += 1
    if (isModerator) counts.moderators += 1
  }
  return counts
}
