import { useToasts } from '../../../ui/toast-store.ts'
import { causeText } from '../cause-text.ts'
import { useNoise } from './board-clock.ts'
import type { BoardRow, BoardState, ParticipantKey } from './board-state.ts'
import { openBoardDialog, slotOf, useBoard, useSentActions } from './board-store.ts'
import { findAction } from './kept-actions.ts'
import { nameOf } from './row-order.ts'
import {
  retryAction,
  sendAction,
  sendActions,
  whenOver,
  whenShown,
  withdrawAction,
} from './send-action.ts'
import type { SentAction } from './sent-action.ts'

/** What a person does on the board: which confirmation and which way back each action has (spec: confirmation policy). */

/** So long a removal can be taken back. */
const KICK_HOLD_MS = 5000

const { show, dismiss } = useToasts.getState()

type Toggle = 'mute' | 'unmute' | 'deaf' | 'undeaf'

const opposite = { mute: 'unmute', unmute: 'mute', deaf: 'undeaf', undeaf: 'deaf' } as const
const done = {
  mute: 'muted',
  unmute: 'may talk again',
  deaf: 'made deaf',
  undeaf: 'hears again',
} as const

const doing = {
  mute: 'Muting',
  unmute: 'Unmuting',
  deaf: 'Making deaf',
  undeaf: 'Letting hear',
} as const

const rowOf = (key: ParticipantKey) => useBoard.getState().participants.get(key)

const rowsOf = (keys: readonly ParticipantKey[]): BoardRow[] =>
  keys.flatMap((key) => rowOf(key) ?? [])

const peopleText = (rows: readonly Pick<BoardRow, 'name' | 'number'>[]): string => {
  const [first] = rows
  return rows.length === 1 && first ? nameOf(first) : `${rows.length} people`
}

const isStill = ({ speak, hear }: BoardRow, kind: Toggle): boolean =>
  ({ mute: !speak, unmute: speak, deaf: !hear, undeaf: hear })[kind]

/** An action, and who it is about. */
type Asked = { id: number; row: BoardRow }

const withStatus = (asked: readonly Asked[], status: SentAction['status']) =>
  asked.filter(({ id }) => findAction(id)?.status === status)

const rowsIn = (asked: readonly Asked[]) => asked.map(({ row }) => row)

/**
 * Says what came of those that are over now, with one way back for all of `changed`; the answer is the message that offers
 * it, if one does.
 */
type Report = (over: readonly Asked[], changed: readonly Asked[]) => number | undefined

const isShown = (toast: number) => useToasts.getState().toasts.some(({ id }) => id === toast)

/**
 * Tells after three seconds at the latest what is known of actions, and of those that are not confirmed once it is known.
 * `what` says in words what is not confirmed: “Muting Ann”. What was asked for at once is undone at once: as long as the
 * first way back is offered, the last one replaces it.
 */
const follow = async (
  asked: readonly Asked[],
  what: (rows: readonly BoardRow[]) => string,
  report: Report,
): Promise<void> => {
  await Promise.all(asked.map(({ id }) => whenShown(id)))
  const open = withStatus(asked, 'unconfirmed')
  const known = asked.filter((each) => !open.includes(each))
  const first = report(known, known)
  if (open.length === 0) return
  const askAgain = () => {
    for (const { id } of withStatus(open, 'unconfirmed')) retryAction(id)
  }
  const toast = show({
    tone: 'warn',
    text: `${what(rowsIn(open))} is not confirmed`,
    action: { label: 'Ask again', run: askAgain, hasKey: false },
  })
  await Promise.all(open.map(({ id }) => whenOver(id)))
  dismiss(toast)
  const isOffered = first !== undefined && isShown(first)
  if (isOffered) dismiss(first)
  report(open, isOffered ? asked : open)
}

/** What was asked for of a conference that is not open any more cannot be looked up: it is taken back unseen. */
const takeBack = (kind: Toggle, rows: readonly BoardRow[], board: BoardState) => {
  const isOpenStill = useBoard.getState().conferenceId === board.conferenceId
  const back = isOpenStill
    ? rowsOf(rows.map(({ key }) => key)).filter((row) => isStill(row, kind))
    : rows
  sendActions(
    back.map(({ key }) => ({ kind: opposite[kind], key })),
    { board },
  )
}

/** Tells what came of it, with a way back for those it changed and nobody else. */
const report =
  (kind: Toggle, board: BoardState): Report =>
  (over, all) => {
    const allFailed = withStatus(over, 'failed')
    const [failed] = allFailed
    if (failed) {
      const few = over.length === 1 ? '' : `${allFailed.length} of ${over.length}: `
      show({ tone: 'bad', text: `Not ${done[kind]}: ${few}${findAction(failed.id)?.reason ?? ''}` })
    }
    const changed = rowsIn(withStatus(all, 'confirmed'))
    if (changed.length === 0) return undefined
    return show({
      tone: 'ok',
      text: `${peopleText(changed)} ${done[kind]}`,
      action: { label: 'Undo', run: () => takeBack(kind, changed, board) },
    })
  }

/** Mutes, unmutes and so on whom it changes; nobody is asked, everybody can be undone. */
const change = (kind: Toggle, keys: readonly ParticipantKey[]) => {
  const rows = rowsOf(keys).filter((row) => !isStill(row, kind))
  if (rows.length === 0) return
  const board = useBoard.getState()
  const ids = sendActions(rows.map(({ key }) => ({ kind, key })))
  const asked = rows.map((row, index) => ({ row, id: ids[index] ?? 0 }))
  void follow(asked, (open) => `${doing[kind]} ${peopleText(open)}`, report(kind, board))
}

/** Of several, all become muted unless all are. */
export const toggleMute = (keys: readonly ParticipantKey[]): void =>
  change(rowsOf(keys).some(({ speak }) => speak) ? 'mute' : 'unmute', keys)

export const toggleDeaf = (keys: readonly ParticipantKey[]): void =>
  change(rowsOf(keys).some(({ hear }) => hear) ? 'deaf' : 'undeaf', keys)

export const muteAllButModerators = (): void => {
  const rows = [...useBoard.getState().participants.values()]
  change(
    'mute',
    rows.filter(({ isModerator }) => !isModerator).map(({ key }) => key),
  )
}

/** The worst of those the noise finder found. */
export const muteNoisiest = (): void => {
  const [worst] = useNoise.getState().noisy
  if (worst !== undefined) change('mute', [worst])
}

/** Whom to call to have somebody back, and as what: the phone if it is one of ours, else the number. */
const callAgain = (rows: readonly BoardRow[], board: BoardState): void => {
  for (const { deviceId, number, isModerator, speak, hear } of rows) {
    const flags = [
      ...(isModerator ? (['is_moderator'] as const) : []),
      ...(speak ? [] : (['mute'] as const)),
      ...(hear ? [] : (['deaf'] as const)),
    ]
    const dial = { endpoints: [deviceId ?? number], participant_flags: [...flags] }
    const id = sendAction({ kind: 'dial', dial }, { board })
    void whenOver(id).then((over) => {
      const failed = over?.legs?.find(({ status }) => status === 'error')
      const reason = over?.reason ?? (failed && causeText(failed.message))
      if (reason !== undefined)
        show({ tone: 'bad', text: `${number} could not be called: ${reason}` })
    })
  }
}

const reportKicked =
  (board: BoardState): Report =>
  (over, all) => {
    const [failed] = withStatus(over, 'failed')
    if (failed) show({ tone: 'bad', text: `Not removed: ${findAction(failed.id)?.reason ?? ''}` })
    const gone = rowsIn(withStatus(all, 'confirmed'))
    const callable = gone.filter(({ deviceId, number }) => (deviceId ?? number) !== '')
    if (gone.length === 0) return undefined
    return show({
      tone: 'ok',
      text: `${peopleText(gone)} removed`,
      ...(callable.length > 0 && {
        action: { label: 'Call again', run: () => callAgain(callable, board) },
      }),
    })
  }

/** Counts down, with the way back, while any of them is held. */
const holdToast = (asked: readonly Asked[]) => {
  const held = () => withStatus(asked, 'held')
  if (held().length === 0) return
  const toast = show({
    tone: 'warn',
    text: `Removing ${peopleText(rowsIn(asked))}`,
    untilMs: Date.now() + KICK_HOLD_MS,
    action: {
      label: 'Undo',
      run: () => {
        for (const { id } of held()) withdrawAction(id)
      },
    },
  })
  const stop = useSentActions.subscribe(() => {
    if (held().length > 0) return
    dismiss(toast)
    stop()
  })
}

/** Removes people in five seconds, unless it is taken back: by Undo, or by asking for the same again. */
export const kick = (keys: readonly ParticipantKey[]): void => {
  const { latest } = useSentActions.getState()
  const held = keys.flatMap((key) => {
    const each = latest.get(slotOf('kick', key))
    return each?.status === 'held' ? [each.id] : []
  })
  if (held.length > 0) {
    held.forEach(withdrawAction)
    return
  }
  const rows = rowsOf(keys)
  if (rows.length === 0) return
  const board = useBoard.getState()
  const ids = sendActions(
    rows.map(({ key }) => ({ kind: 'kick', key })),
    { holdMs: KICK_HOLD_MS },
  )
  const asked = rows.map((row, index) => ({ row, id: ids[index] ?? 0 }))
  holdToast(asked)
  void follow(asked, (open) => `Removing ${peopleText(open)}`, reportKicked(board))
}

/** For what is shown where it is pressed: a failure only. */
const tell = (id: number, what: string) => {
  void whenOver(id).then((over) => {
    if (over?.status === 'failed')
      show({
        tone: 'bad',
        text: `${what}: ${over.reason ?? ''}`,
        action: { label: 'Try again', run: () => retryAction(id), hasKey: false },
      })
  })
}

export const toggleLock = (): void => {
  const { isLocked } = useBoard.getState()
  const id = sendAction({ kind: isLocked ? 'unlock' : 'lock' })
  tell(id, isLocked ? 'Not unlocked' : 'Not locked')
}

export const toggleRecording = (): void => {
  const { isRecording } = useBoard.getState()
  const id = sendAction({ kind: 'record', toggle: isRecording ? 'stop' : 'start' })
  tell(id, isRecording ? 'The recording was not stopped' : 'The recording was not started')
}

/** Removes everybody, moderators included: ask for it by `EndDialog`. */
export const endConference = (): void => {
  openBoardDialog(undefined)
  const id = sendAction({ kind: 'end' })
  tell(id, 'Not ended')
}
