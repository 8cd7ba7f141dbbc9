import { useCallback, useSyncExternalStore } from 'react'
import { create } from 'zustand'
import { emptyBoard, type BoardRow, type BoardState, type ParticipantKey } from './board-state.ts'
import { aspectOf, subjectOf, type Aspect, type SentAction } from './sent-action.ts'

/** The open conference: events and answers write it, once per frame; nobody else does. */
export const useBoard = create<BoardState>(() => emptyBoard(''))

/** Calls a listener when what a map of the board has under its key changes, until the answer is called. */
type WatchKey = (key: ParticipantKey, listener: () => void) => () => void

/** A frame of a thousand people who talk costs what is watched of them, not what every row asks of all. */
const watchKeysOf = (
  mapOf: (board: BoardState) => ReadonlyMap<ParticipantKey, object>,
): WatchKey => {
  const watchers = new Map<ParticipantKey, Set<() => void>>()
  useBoard.subscribe((board, boardBefore) => {
    const [now, before] = [mapOf(board), mapOf(boardBefore)]
    if (now === before) return
    for (const [key, listeners] of watchers)
      if (now.get(key) !== before.get(key)) for (const listener of [...listeners]) listener()
  })
  return (key, listener) => {
    const listeners = watchers.get(key) ?? new Set()
    watchers.set(key, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && watchers.get(key) === listeners) watchers.delete(key)
    }
  }
}

const watchParticipant = watchKeysOf(({ participants }) => participants)
export const watchLevel = watchKeysOf(({ levels }) => levels)

const nothing = () => undefined

/** A fact of one participant; renders again only when it is another. Levels are apart: see `watchLevel`. */
export const useParticipantFact = <Fact>(
  key: ParticipantKey | undefined,
  factOf: (row: BoardRow) => Fact,
): Fact | undefined =>
  useSyncExternalStore(
    useCallback(
      (listener) => (key === undefined ? nothing : watchParticipant(key, listener)),
      [key],
    ),
    () => {
      const row = key === undefined ? undefined : useBoard.getState().participants.get(key)
      return row && factOf(row)
    },
  )

const itself = (row: BoardRow) => row

/** One participant; renders again with everything that changes of it, but its level. */
export const useParticipant = (key: ParticipantKey | undefined): BoardRow | undefined =>
  useParticipantFact(key, itself)

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
  const ofRoom = useBoard((room) => (key === undefined ? slotOf(aspect, room) : ''))
  const slot = key === undefined ? ofRoom : slotOf(aspect, key)
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
