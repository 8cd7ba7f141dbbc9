import { useToasts } from '../../../ui/toast-store.ts'
import { useNoise } from './board-clock.ts'
import type { BoardRow, ParticipantKey } from './board-state.ts'
import { openBoardDialog, slotOf, useBoard, useSentActions } from './board-store.ts'
import { nameOf } from './row-order.ts'
import { retryAction, sendAction, sendActions, whenOver, withdrawAction } from './send-action.ts'
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

const rowOf = (key: ParticipantKey) => useBoard.getState().participants.get(key)

const rowsOf = (keys: readonly ParticipantKey[]): BoardRow[] =>
  keys.flatMap((key) => rowOf(key) ?? [])

const peopleText = (rows: readonly Pick<BoardRow, 'name' | 'number'>[]): string => {
  const [first] = rows
  return rows.length === 1 && first ? nameOf(first) : `${rows.length} people`
}

const isStill = ({ speak, hear }: BoardRow, kind: Toggle): boolean =>
  ({ mute: !speak, unmute: speak, deaf: !hear, undeaf: hear })[kind]

/** Tells what came of it, with a way back for those it changed and nobody else. */
const report = (
  kind: Toggle,
  rows: readonly BoardRow[],
  over: readonly (SentAction | undefined)[],
) => {
  const changed = rows.filter((_, index) => over[index]?.status === 'confirmed')
  const failed = over.find((each) => each?.status === 'failed')
  if (failed) {
    const few = rows.length === 1 ? '' : `${rows.length - changed.length} of ${rows.length}: `
    show({ tone: 'bad', text: `Not ${done[kind]}: ${few}${failed.reason ?? ''}` })
  }
  if (changed.length === 0) return
  show({
    tone: 'ok',
    text: `${peopleText(changed)} ${done[kind]}`,
    action: {
      label: 'Undo',
      run: () => {
        const back = rowsOf(changed.map(({ key }) => key)).filter((row) => isStill(row, kind))
        sendActions(back.map(({ key }) => ({ kind: opposite[kind], key })))
      },
    },
  })
}

/** Mutes, unmutes and so on whom it changes; nobody is asked, everybody can be undone. */
const change = (kind: Toggle, keys: readonly ParticipantKey[]) => {
  const rows = rowsOf(keys).filter((row) => !isStill(row, kind))
  if (rows.length === 0) return
  const ids = sendActions(rows.map(({ key }) => ({ kind, key })))
  void Promise.all(ids.map(whenOver)).then((over) => report(kind, rows, over))
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
const callAgain = (rows: readonly BoardRow[]): void => {
  for (const { deviceId, number, isModerator, speak, hear } of rows) {
    const flags = [
      ...(isModerator ? (['is_moderator'] as const) : []),
      ...(speak ? [] : (['mute'] as const)),
      ...(hear ? [] : (['deaf'] as const)),
    ]
    const id = sendAction({
      kind: 'dial',
      dial: { endpoints: [deviceId ?? number], participant_flags: [...flags] },
    })
    void whenOver(id).then((over) => {
      const failed = over?.legs?.find(({ status }) => status === 'error')
      const reason = over?.reason ?? failed?.message
      if (reason !== undefined)
        show({ tone: 'bad', text: `${number} could not be called: ${reason}` })
    })
  }
}

const reportKicked = (rows: readonly BoardRow[], over: readonly (SentAction | undefined)[]) => {
  const gone = rows.filter((_, index) => over[index]?.status === 'confirmed')
  const failed = over.find((each) => each?.status === 'failed')
  if (failed) show({ tone: 'bad', text: `Not removed: ${failed.reason ?? ''}` })
  const callable = gone.filter(({ deviceId, number }) => (deviceId ?? number) !== '')
  if (gone.length === 0) return
  show({
    tone: 'ok',
    text: `${peopleText(gone)} removed`,
    ...(callable.length > 0 && {
      action: { label: 'Call again', run: () => callAgain(callable), hasKey: false },
    }),
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
  const ids = sendActions(
    rows.map(({ key }) => ({ kind: 'kick', key })),
    { holdMs: KICK_HOLD_MS },
  )
  const toast = show({
    tone: 'warn',
    text: `Removing ${peopleText(rows)}`,
    untilMs: Date.now() + KICK_HOLD_MS,
    action: { label: 'Undo', run: () => void ids.map(withdrawAction) },
  })
  const isHeld = () => ids.some((id) => useSentActions.getState().sent.get(id)?.status === 'held')
  const stop = useSentActions.subscribe(() => {
    if (isHeld()) return
    dismiss(toast)
    stop()
  })
  void Promise.all(ids.map(whenOver)).then((over) => reportKicked(rows, over))
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
