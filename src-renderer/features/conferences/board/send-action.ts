import { actionLine } from './action-line.ts'
import { confirmed, isDoneIn, isHeardOf, overtakes, proves, whyTooLate } from './action-proof.ts'
import { refusalText, requestOf, type ActionRequest } from './action-request.ts'
import type { BoardState, ToldEvent } from './board-state.ts'
import { useBoard, useSentActions } from './board-store.ts'
import { findAction, keepActions } from './kept-actions.ts'
import { useLive } from './queries.ts'
import { isOpen, mayBeRepeated, type BoardAction, type SentAction } from './sent-action.ts'

/** Without an event or an answer for so long, an action is shown as not confirmed. */
const CONFIRM_MS = 3000
/** After this an answer is not waited for any more. Recordings are filed away, and media is fetched, before one comes. */
const ANSWER_MS = 20_000
/** Requests at once: a browser has six connections, and the rest of the board needs some. */
const mostAtOnce = 4
/** A dial keeps a connection until the last of its phones has answered or rung for long enough. */
const mostDials = 3

const noConnection = 'There is no connection to the server: nothing was sent.'
const notReached = 'The server does not answer: nothing was sent.'
const lostOnTheWay = 'The answer was lost: it may have been done.'
const notDone = 'The answer was lost, and it is not done.'

let lastId = 0
/** How those that are kept are asked for. */
const requests = new Map<number, ActionRequest>()
/** Those that were asked for and are not answered. */
const attempts = new Map<number, AbortController>()
/** Those whose answer was lost: a board that is read since says what became of them. */
const lost = new Set<number>()
const holds = new Map<number, ReturnType<typeof setTimeout>>()
const overdue = new Map<number, ReturnType<typeof setTimeout>>()

/** Keeps actions as they are now, and forgets of the oldest how they are asked for. */
const write = (actions: readonly SentAction[]) => {
  for (const id of keepActions(actions)) {
    requests.delete(id)
    lost.delete(id)
  }
}

/** Writes what became of actions, and stops waiting for those that are over. */
const update = (changed: readonly SentAction[]) => {
  for (const each of changed) {
    if (each.status === 'sent') continue
    clearTimeout(overdue.get(each.id))
    overdue.delete(each.id)
  }
  write(changed)
}

const fail = (each: SentAction, reason: string) =>
  update([{ ...each, status: 'failed', dueMs: undefined, reason }])

const watchOverdue = (id: number) => {
  clearTimeout(overdue.get(id))
  const look = () => {
    overdue.delete(id)
    const each = findAction(id)
    if (each?.status === 'sent' && !isHeardOf(useBoard.getState(), each))
      update([{ ...each, status: 'unconfirmed' }])
  }
  overdue.set(id, setTimeout(look, CONFIRM_MS))
}

const hindrance = (each: SentAction): string | undefined =>
  useLive.getState().state === 'open' ? whyTooLate(useBoard.getState(), each) : noConnection

let readAgain: (() => void) | undefined

/** What the board shows of those whose answer was lost; without one nobody will ever know. */
const settleLost = (board: BoardState | undefined) => {
  const nowMs = Date.now()
  const known = [...lost].flatMap((id) => {
    const each = findAction(id)
    if (each?.status !== 'unconfirmed') return []
    const isHere = board?.conferenceId === each.conferenceId
    const isDone = isHere ? isDoneIn(board, each) : undefined
    if (isDone === true) return [confirmed(each, nowMs)]
    const reason = isDone === false ? notDone : lostOnTheWay
    return [{ ...each, status: 'failed' as const, reason }]
  })
  update(known)
}

const lose = (each: SentAction) => {
  lost.add(each.id)
  update([{ ...each, status: 'unconfirmed', reason: lostOnTheWay }])
  // What stands in line behind it would be sent at a moment nobody chose.
  for (const id of [...others.clear(), ...dials.clear()]) {
    const next = findAction(id)
    if (next) fail(next, notReached)
  }
  if (readAgain === undefined || useBoard.getState().conferenceId !== each.conferenceId)
    settleLost(undefined)
  else if (useLive.getState().state === 'open') readAgain()
}

/** A dial waits for every phone as long as it may ring. */
const answerMs = ({ action }: SentAction): number =>
  ANSWER_MS + (action.kind === 'dial' ? (action.dial.timeout ?? 20) * 1000 : 0)

const perform = async (id: number) => {
  const before = findAction(id)
  const request = requests.get(id)
  if (!before || !request || !isOpen(before)) return
  const why = hindrance(before)
  if (why !== undefined) {
    fail(before, why)
    return
  }
  const { epoch, heardSeq: seq } = useBoard.getState()
  const status = before.status === 'held' ? 'sent' : before.status
  write([{ ...before, status, atMs: Date.now(), after: { epoch, seq } }])
  if (before.action.kind === 'dial') watchOverdue(id)
  const own = new AbortController()
  attempts.set(id, own)
  const limit = setTimeout(() => own.abort(), answerMs(before))
  try {
    const legs = await request(own.signal)
    const now = findAction(id)
    if (now) update([{ ...confirmed(now, Date.now()), legs }])
  } catch (error) {
    const now = findAction(id)
    // It was asked for once more since, or an event has told of it although the answer was lost.
    if (attempts.get(id) !== own || !now || !isOpen(now)) return
    const reason = refusalText(error, now.action)
    if (reason === undefined) lose(now)
    else fail(now, reason)
  } finally {
    clearTimeout(limit)
    if (attempts.get(id) === own) attempts.delete(id)
  }
}

const others = actionLine(mostAtOnce, perform)
const dials = actionLine(mostDials, perform)

const dispatch = (ids: readonly number[]) => {
  for (const id of ids) {
    const each = findAction(id)
    if (each?.action.kind !== 'dial') {
      watchOverdue(id)
      others.add(id)
      continue
    }
    dials.add(id)
    // Three seconds without a word say nothing of what was not sent.
    if (dials.isWaiting(id)) write([{ ...each, status: 'held' }])
  }
}

type Sending = {
  /** It is sent after this, unless it is withdrawn. */
  holdMs?: number
  /** The conference it is about, as it was when it was shown: without it, as it is now. */
  board?: BoardState
}

const make = (action: BoardAction, board: BoardState, holdMs: number | undefined): SentAction => {
  const id = ++lastId
  const nowMs = Date.now()
  const isDial = action.kind === 'dial'
  const jobId = isDial ? `board-${nowMs.toString(36)}-${id}` : undefined
  const made: SentAction = {
    ...{ id, action, jobId, conferenceId: board.conferenceId },
    instanceId: isDial ? undefined : board.instanceId,
    status: holdMs === undefined ? 'sent' : 'held',
    atMs: nowMs,
    after: { epoch: undefined, seq: undefined },
    dueMs: holdMs === undefined ? undefined : nowMs + holdMs,
    ...{ tookMs: undefined, reason: undefined, legs: undefined },
  }
  const failed = (reason: string): SentAction => ({
    ...made,
    ...{ status: 'failed', dueMs: undefined, reason },
  })
  try {
    requests.set(id, requestOf({ action, board, jobId }))
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error))
  }
  const why = hindrance(made)
  return why === undefined ? made : failed(why)
}

/** Sends actions, all at once as far as anybody sees; nothing is sent, or kept to be sent, without a connection. */
export const sendActions = (
  actions: readonly BoardAction[],
  { holdMs, board = useBoard.getState() }: Sending = {},
): readonly number[] => {
  const made = actions.map((action) => make(action, board, holdMs))
  write(made)
  dispatch(made.flatMap(({ id, status }) => (status === 'sent' ? [id] : [])))
  for (const { id, status } of made)
    if (status === 'held')
      holds.set(
        id,
        setTimeout(() => sendHeld(id), holdMs),
      )
  return made.map(({ id }) => id)
}

export const sendAction = (action: BoardAction, options?: Sending): number =>
  sendActions([action], options)[0] ?? 0

const sendHeld = (id: number) => {
  holds.delete(id)
  const each = findAction(id)
  if (each?.status !== 'held') return
  write([{ ...each, status: 'sent', dueMs: undefined }])
  dispatch([id])
}

/** Takes back what was not sent yet; says whether it could. */
export const withdrawAction = (id: number): boolean => {
  clearTimeout(holds.get(id))
  holds.delete(id)
  const each = findAction(id)
  if (each?.status !== 'held') return false
  update([{ ...each, status: 'withdrawn', dueMs: undefined }])
  return true
}

/**
 * Sends what failed or was not confirmed once more; says whether it did. What may not be done twice is not sent again while
 * it may have been done.
 */
export const retryAction = (id: number): boolean => {
  const each = findAction(id)
  if (each?.status !== 'failed' && each?.status !== 'unconfirmed') return false
  const isKnown = each.status === 'failed' && !lost.has(id)
  if (!requests.has(id) || (!isKnown && !mayBeRepeated(each.action))) return false
  lost.delete(id)
  write([{ ...each, status: 'sent', reason: undefined, tookMs: undefined }])
  if (others.isWaiting(id)) watchOverdue(id)
  else {
    const before = attempts.get(id)
    dispatch([id])
    before?.abort()
  }
  return true
}

const when = (id: number, isDone: (each: SentAction) => boolean) =>
  new Promise<SentAction | undefined>((resolve) => {
    const look = () => {
      const each = findAction(id)
      if (each && !isDone(each)) return false
      resolve(each)
      return true
    }
    if (look()) return
    const stop = useSentActions.subscribe(() => {
      if (look()) stop()
    })
  })

/** Resolves when nothing more will come of an action. */
export const whenOver = (id: number): Promise<SentAction | undefined> =>
  when(id, (each) => !isOpen(each))

/** Resolves three seconds after an action was sent at the latest: it may be unconfirmed then. */
export const whenShown = (id: number): Promise<SentAction | undefined> =>
  when(id, ({ status }) => status !== 'held' && status !== 'sent')

/** What an event tells is done, whoever asked for it; and what it makes pointless is not sent any more. */
export const confirmByEvents = (events: readonly ToldEvent[]): void => {
  const nowMs = Date.now()
  const changed: SentAction[] = []
  for (const each of useSentActions.getState().sent.values()) {
    const { id, status } = each
    if (status === 'held') {
      if (!events.some((told) => overtakes(told, each))) continue
      clearTimeout(holds.get(id))
      holds.delete(id)
      changed.push({ ...each, status: 'withdrawn', dueMs: undefined })
    } else if (isOpen(each) || (status === 'failed' && lost.has(id))) {
      if (events.some((told) => proves(told, each))) changed.push(confirmed(each, nowMs))
    }
  }
  update(changed)
}

/** While a board is open, what was lost on the way is looked up in it, which `read` reads again. The answer stops that. */
export const settleByBoard = (read: () => void): (() => void) => {
  readAgain = read
  const stop = useBoard.subscribe((now, before) => {
    if (now.readAtMs !== undefined && now.readAtMs !== before.readAtMs) settleLost(now)
  })
  return () => {
    stop()
    readAgain = undefined
    settleLost(undefined)
  }
}
