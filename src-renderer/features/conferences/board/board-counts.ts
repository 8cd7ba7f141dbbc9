import { create } from 'zustand'
import type { BoardState } from './board-state.ts'
import { useBoard } from './board-store.ts'
import { atMostEvery } from './at-most-every.ts'

type Counts = {
  /** Those who are counted: no ghosts. */
  readonly everyone: number
  /** Ghosts: the server counts them nowhere, and the list shows them. */
  readonly hidden: number
  readonly talking: number
  readonly muted: number
  readonly moderators: number
}

const countsOf = ({ participants }: Pick<BoardState, 'participants'>): Counts => {
  const counts = { everyone: 0, hidden: 0, talking: 0, muted: 0, moderators: 0 }
  for (const { isGhost, showsTalking, speak, isModerator } of participants.values()) {
    if (isGhost) counts.hidden += 1
    else counts.everyone += 1
    if (showsTalking && speak) counts.talking += 1
    if (!speak) counts.muted += 1
    if (isModerator) counts.moderators += 1
  }
  return counts
}

/** Nobody reads figures faster. */
const everyMs = 250

/** How many of each are in the open conference, a moment late. */
export const useCounts = create<Counts>(() => countsOf({ participants: new Map() }))

/** Counts until the answer is called. */
export const startCounting = (): (() => void) => {
  const count = () => useCounts.setState(countsOf(useBoard.getState()))
  const later = atMostEvery(everyMs, count)
  count()
  const stop = useBoard.subscribe(({ participants: now }, { participants: before }) => {
    if (now === before) return
    // Nobody sees a room come or go with the figures of another.
    if (now.size === 0 || before.size === 0) count()
    else later.request()
  })
  return () => {
    stop()
    later.stop()
  }
}
