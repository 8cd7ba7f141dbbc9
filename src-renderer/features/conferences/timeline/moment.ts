import type { CommandEvent, ConferenceHappening } from '#contract/live-conferences'
import type { BoardEntry } from '../board/board-state.ts'

/** Events or connections that are missing, and what is known of that. */
export type Gap = Extract<BoardEntry, { kind: 'gap' }>

/** One thing the timeline shows, before it is put in words. */
export type Moment =
  | {
      readonly kind: 'event'
      readonly id: string
      readonly atMs: number
      readonly event: ConferenceHappening
      /** The command this came of. */
      readonly asked: CommandEvent | undefined
      /** So often the same was noted within a few minutes; this is the first time. */
      readonly times: number
    }
  | { readonly kind: 'gap'; readonly id: string; readonly atMs: number; readonly gap: Gap }
