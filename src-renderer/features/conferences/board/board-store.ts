import { create } from 'zustand'
import {
  emptyBoard,
  type BoardRow,
  type BoardState,
  type Level,
  type ParticipantKey,
} from './board-state.ts'
import { aspectOf, subjectOf, type Aspect, type SentAction } from './sent-action.ts'

/** The open conference: events and answers write it, once per frame; nobody else does. */
export const useBoard = create<BoardState>(() => emptyBoard(''))

/** One participant; renders again only when this one changed. Levels are apart: see `useLevel`. */
export const useParticipant = (key: ParticipantKey | undefined): BoardRow | undefined =>
  useBoard(({ participants }) => (key === undefined ? undefined : participants.get(key)))

export const useLevel = (key: ParticipantKey): Level | undefined =>
  useBoard(({ levels }) => levels.get(key))

type Room = Pick<BoardState, 'conferenceId' | 'instanceId'>

type SentActions = {
  /** By id, oldest first; those that are over go after a while. */
  readonly sent: ReadonlyMap<number, SentAction>
  /** The last one of each aspect, by `slotOf`. */
  readonly latest: ReadonlyMap<string, SentAction>
}

/**
 * Actions of this window that are on their way or were. `send-action.ts` sends them:
 * `sendAction(action, { holdMs }) => id`, `withdrawAction(id)`, `retryAction(id)`.
 */
export const useSentActions = create<SentActions>(() => ({ sent: new Map(), latest: new Map() }))

/** What of one aspect follows another: on a participant, or on the room in the run it is in. */
export const slotOf = (aspect: Aspect, subject: ParticipantKey | Room): string =>
  typeof subject === 'string'
    ? `${aspect} ${subject}`
    : `${aspect} ${subject.conferenceId} ${subject.instanceId ?? ''}`

export const slotFor = (sent: SentAction): string =>
  slotOf(aspectOf(sent.action), subjectOf(sent.action) ?? sent)

/** The last action of an aspect on a participant, or without `key` on the room as it runs now. */
export const useLatestAction = (aspect: Aspect, key?: ParticipantKey): SentAction | undefined => {
  const slot = useBoard((room) => slotOf(aspect, key ?? room))
  return useSentActions(({ latest }) => latest.get(slot))
}

export const useSentAction = (id: number | undefined): SentAction | undefined =>
  useSentActions(({ sent }) => (id === undefined ? undefined : sent.get(id)))

export type BoardFilter = 'everyone' | 'talking' | 'muted' | 'moderators' | 'noise'
export type BoardSort = 'name' | 'joined' | 'quiet' | 'share' | 'level'

/** What a dialog of the board is about. */
export type BoardDialog =
  | { kind: 'dial'; number?: string }
  /** Without keys: to everybody. */
  | { kind: 'play'; keys: readonly ParticipantKey[] }
  | { kind: 'relate'; key: ParticipantKey }
  | { kind: 'end' }

type BoardView = {
  /** The row the keys act on, which the inspector shows. */
  readonly cursor: ParticipantKey | undefined
  readonly selected: ReadonlySet<ParticipantKey>
  readonly filter: BoardFilter
  readonly sort: BoardSort
  readonly isDescending: boolean
  readonly search: string
  /** Of the drawer at the right where there is no room for it beside the table. */
  readonly isSideOpen: boolean
  readonly dialog: BoardDialog | undefined
}

export const useBoardView = create<BoardView>(() => ({
  cursor: undefined,
  selected: new Set(),
  filter: 'everyone',
  sort: 'joined',
  isDescending: false,
  search: '',
  isSideOpen: false,
  dialog: undefined,
}))

export const openBoardDialog = (dialog: BoardDialog | undefined): void =>
  useBoardView.setState({ dialog })
