import { create } from 'zustand'
import { useNoise } from './board-clock.ts'
import type { BoardRow, ParticipantKey } from './board-state.ts'
import { useBoard, useBoardView } from './board-store.ts'
import { every } from './every.ts'
import { appended, changesBetween, wantedOrder } from './row-order.ts'
import { atMostEvery } from './at-most-every.ts'

/**
 * The order rows are shown in. It is settled at most every two seconds, and not while a pointer or the focus is in the list:
 * then who is new stands at the end, who left keeps the place for a while, and the changes are counted.
 */
type ShownOrder = {
  readonly keys: readonly ParticipantKey[]
  /** How many rows would move if the order were settled. */
  readonly changes: number
  /** Those in `keys` who have left. */
  readonly left: ReadonlyMap<ParticipantKey, BoardRow>
}

const nobody: ShownOrder = { keys: [], changes: 0, left: new Map() }
export const useShownOrder = create<ShownOrder>(() => nobody)

/** Where somebody is who must not be disturbed. */
type Presence = { pointer: boolean; focus: boolean }
const presence: Presence = { pointer: false, focus: false }

const settleEveryMs = 2000
const appendEveryMs = 200
/** Who left, or fits the filter no more, goes after this, unless a pointer is in the list. */
const keepMs = 6000

/** Since when rows are shown that should not be. */
const staleSince = new Map<ParticipantKey, number>()

const wanted = (nowMs: number): ParticipantKey[] => {
  const { participants, levels } = useBoard.getState()
  const { noisy } = useNoise.getState()
  return wantedOrder({ participants, levels, noisy, view: useBoardView.getState(), nowMs })
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((key, index) => key === b[index])

const show = (keys: readonly ParticipantKey[], changes: number) => {
  const before = useShownOrder.getState()
  const { participants } = useBoard.getState()
  const left = new Map([...before.left].filter(([key]) => !participants.has(key)))
  if (isSame(before.keys, keys) && before.changes === changes && left.size === before.left.size)
    return
  useShownOrder.setState({ keys: isSame(before.keys, keys) ? before.keys : keys, changes, left })
}

/** Puts everybody where they belong now. */
export const settleOrder = (): void => {
  staleSince.clear()
  useShownOrder.setState({ left: new Map() })
  show(wanted(Date.now()), 0)
}

const isStillShown = (key: ParticipantKey, fits: ReadonlySet<ParticipantKey>, nowMs: number) => {
  if (fits.has(key)) {
    staleSince.delete(key)
    return true
  }
  const since = staleSince.get(key) ?? nowMs
  staleSince.set(key, since)
  const isCursor = useBoardView.getState().cursor === key
  return (
    presence.pointer ||
    nowMs - since < keepMs ||
    (isCursor && !useShownOrder.getState().left.has(key))
  )
}

/** Lets new ones in and moves nobody. Who is in sight changes with that, and with a filter; figures can wait until it settles. */
const appendOrder = () => {
  const nowMs = Date.now()
  const next = wanted(nowMs)
  const fits = new Set(next)
  const kept = useShownOrder.getState().keys.filter((key) => isStillShown(key, fits, nowMs))
  const keys = appended(kept, next)
  show(keys, changesBetween(keys, next))
}

export const setPresence = (change: Partial<Presence>): void => {
  Object.assign(presence, change)
}

const rememberLeft = (
  now: ReadonlyMap<ParticipantKey, BoardRow>,
  before: ReadonlyMap<ParticipantKey, BoardRow>,
) => {
  const gone = [...before.values()].filter(({ key }) => !now.has(key))
  if (gone.length === 0) return
  const left = new Map(useShownOrder.getState().left)
  for (const row of gone) left.set(row.key, row)
  useShownOrder.setState({ left })
}

/** Keeps the order until the answer is called. */
export const startOrder = (): (() => void) => {
  useShownOrder.setState(nobody, true)
  staleSince.clear()
  const append = atMostEvery(appendEveryMs, appendOrder)
  const stopBoard = useBoard.subscribe((now, before) => {
    if (now.participants === before.participants) return
    // What was read for the first time is shown at once, and another run is another list.
    if (before.participants.size === 0 || now.instanceId !== before.instanceId) settleOrder()
    else if (now.keyById !== before.keyById) {
      rememberLeft(now.participants, before.participants)
      append.request()
    } else if (useBoardView.getState().filter !== 'everyone') append.request()
  })
  const stopView = useBoardView.subscribe((now, before) => {
    const isOther = (['filter', 'sort', 'isDescending', 'search'] as const).some(
      (name) => now[name] !== before[name],
    )
    if (isOther) settleOrder()
  })
  const stopSettling = every(settleEveryMs, () => {
    if (presence.pointer || presence.focus) appendOrder()
    else settleOrder()
  })
  return () => {
    stopBoard()
    stopView()
    stopSettling()
    append.stop()
    useShownOrder.setState(nobody, true)
  }
}
