import { create } from 'zustand'
import type { LineFilter } from './event-line.ts'

type TimelineState = {
  /** What is left out. Who talks when is, at first: the table shows it better. */
  hidden: ReadonlySet<LineFilter>
  /** Only lines with these words; empty: all of them. */
  words: string
  /** The line the cursor is on. */
  activeId: string | undefined
  /** A text for a bookmark is being asked for. */
  isNaming: boolean
  isPrinting: boolean
}

export const useTimeline = create<TimelineState>(() => ({
  hidden: new Set<LineFilter>(['talking']),
  words: '',
  activeId: undefined,
  isNaming: false,
  isPrinting: false,
}))

export const showGroup = (group: LineFilter, isShown: boolean): void =>
  useTimeline.setState(({ hidden }) => {
    const next = new Set(hidden)
    if (isShown) next.delete(group)
    else next.add(group)
    return { hidden: next }
  })
