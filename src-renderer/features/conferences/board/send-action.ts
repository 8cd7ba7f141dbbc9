import { requestOf, type Answer } from './action-request.ts'
import { keyOf, type ParticipantKey, type ToldEvent } from './board-state.ts'
import { slotOf, useBoard, useSentActions } from './board-store.ts'
import { aspectOf, isOpen, type BoardAction, type SentAction } from './sent-action.ts'

/** Without an event or an answer for so long, an action is shown as not confirmed. */
const CONFIRM_MS = 3000
/** Requests at once: a browser has six connections, and the rest of the board needs some. */
const mostAtOnce = 4
const mostKept = 2000

let lastId = 0
const waiting: number[] = []
let running = 0
/** How those that are open are asked for. */
const requests = new Map<number, () => Promise<Answer>>()

const write = (actions: readonly SentAction[]) => {
  if (actions.length === 0) return
  useSentActions.setState(({ sent, latest }) => {
    const next = new Map(sent)
    const slots = new Map(latest)
    for (const each of actions) {
      const { action, id } = each
      next.set(id, each)
      const slot = slotOf(aspectOf(action), 'key' in action ? action.key : undefined)
      // An answer to the first must not hide the second.
      if ((slots.get(slot)?.id ?? 0) <= id) slots.set(slot, each)
    }
    for (const [id, each] of next) {
      if (next.size <= mostKept) break
      if (isOpen(each)) continue
      next.delete(id)
      requests.delete(id)
    }
    return { sent: next, latest: slots }
  })
}

const update = (id: number, facts: Partial<SentAction>) => {
  const before = useSentActions.getState().sent.get(id)
  if (before) write([{ ...before, ...facts }])
}

const confirmed = (each: SentAction, nowMs: number): SentAction => ({
  ...each,
  status: 'confirmed',
  tookMs: each.tookMs ?? nowMs - each.atMs,
  reason: undefined,
})

/** A dial is answered when the last phone is: that it has begun is told by events. */
const isHeardOf = ({ jobId }: SentAction): boolean =>
  jobId !== undefined &&
  [...useBoard.getState().dialLegs.values()].some((leg) => leg.jobId === jobId)

const perform = async (id: number) => {
  const { sent } = useSentActions.getState()
  const each = sent.get(id)
  if (each?.status !== 'sent') return
  update(id, { atMs: Date.now() })
  const overdue = setTimeout(() => {
    const now = useSentActions.getState().sent.get(id)
    if (now?.status === 'sent' && !isHeardOf(now)) update(id, { status: 'unconfirmed' })
  }, CONFIRM_MS)
  try {
    const legs = await requests.get(id)?.()
    const now = useSentActions.getState().sent.get(id)
    if (now) write([{ ...confirmed(now, Date.now()), legs }])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    // An event may have told of it although the answer was lost.
    if (useSentActions.getState().sent.get(id)?.status !== 'confirmed')
      update(id, { status: 'failed', reason })
  } finally {
    clearTimeout(overdue)
  }
}

const pump = () => {
  while (running < mostAtOnce) {
    const id = waiting.shift()
    if (id === undefined) return
    running += 1
    void perform(id).finally(() => {
      running -= 1
      pump()
    })
  }
}

const dispatch = (ids: readonly number[]) => {
  waiting.push(...ids)
  pump()
}

const timers = new Map<number, ReturnType<typeof setTimeout>>()

const idOf = (key: ParticipantKey): number => {
  const id = useBoard.getState().participants.get(key)?.participantId
  if (id === undefined) throw new Error('They have left already.')
  return id
}

const make = (action: BoardAction, nowMs: number, holdMs: number | undefined): SentAction => {
  const id = ++lastId
  const { conferenceId } = useBoard.getState()
  const jobId = action.kind === 'dial' ? `board-${nowMs.toString(36)}-${id}` : undefined
  const made = { id, conferenceId, action, jobId, atMs: nowMs, tookMs: undefined, legs: undefined }
  try {
    requests.set(id, requestOf({ action, conferenceId, jobId, idOf }))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ...made, status: 'failed', dueMs: undefined, reason }
  }
  return {
    ...made,
    status: holdMs === undefined ? 'sent' : 'held',
    dueMs: holdMs === undefined ? undefined : nowMs + holdMs,
    reason: undefined,
  }
}

/** Sends actions, all at once as far as anybody sees; with `holdMs` later, unless they are withdrawn. Answers their ids. */
export const sendActions = (
  actions: readonly BoardAction[],
  { holdMs }: { holdMs?: number } = {},
): readonly number[] => {
  const nowMs = Date.now()
  const made = actions.map((action) => make(action, nowMs, holdMs))
  write(made)
  const ids = made.map(({ id }) => id)
  if (holdMs === undefined) dispatch(ids)
  else
    for (const id of ids)
      timers.set(
        id,
        setTimeout(() => sendHeld(id), holdMs),
      )
  return ids
}

export const sendAction = (action: BoardAction, options?: { holdMs?: number }): number =>
  sendActions([action], options)[0] ?? 0

const sendHeld = (id: number) => {
  timers.delete(id)
  if (useSentActions.getState().sent.get(id)?.status !== 'held') return
  update(id, { status: 'sent', dueMs: undefined })
  dispatch([id])
}

/** Takes back what was not sent yet; says whether it could. */
export const withdrawAction = (id: number): boolean => {
  clearTimeout(timers.get(id))
  timers.delete(id)
  if (useSentActions.getState().sent.get(id)?.status !== 'held') return false
  update(id, { status: 'withdrawn', dueMs: undefined })
  return true
}

/** Sends what failed or was not confirmed once more. All of them may be done twice without harm but play and dial. */
export const retryAction = (id: number): void => {
  const status = useSentActions.getState().sent.get(id)?.status
  if (status !== 'failed' && status !== 'unconfirmed') return
  update(id, { status: 'sent', reason: undefined, tookMs: undefined })
  dispatch([id])
}

/** Resolves when nothing more will come of an action. */
export const whenOver = (id: number): Promise<SentAction | undefined> =>
  new Promise((resolve) => {
    const look = () => {
      const each = useSentActions.getState().sent.get(id)
      if (each && isOpen(each)) return false
      resolve(each)
      return true
    }
    if (look()) return
    const stop = useSentActions.subscribe(() => {
      if (look()) stop()
    })
  })

const proofs: Readonly<Record<string, BoardAction['kind']>> = {
  'mute-member': 'mute',
  'unmute-member': 'unmute',
  'deaf-member': 'deaf',
  'undeaf-member': 'undeaf',
  'del-member': 'kick',
  'conference-destroy': 'end',
  'play-file': 'play',
  lock: 'lock',
  unlock: 'unlock',
}

const proves = (told: ToldEvent, { conferenceId, action }: SentAction): boolean => {
  if (told.conference_id !== conferenceId) return false
  const { kind } = action
  if (kind === 'record') return told.event === `${action.toggle}-recording`
  if (proofs[told.event] !== kind) return false
  if (kind === 'play' && told.media_id !== action.mediaId) return false
  const { instance_id: instanceId, call_id: callId } = told
  const key = typeof callId === 'string' ? keyOf(String(instanceId), callId) : undefined
  return ('key' in action ? action.key : undefined) === key || kind === 'end'
}

/** What an event tells is done, whoever asked for it. */
export const confirmByEvents = (events: readonly ToldEvent[]): void => {
  const open = [...useSentActions.getState().sent.values()].filter(
    ({ status }) => status === 'sent' || status === 'unconfirmed',
  )
  if (open.length === 0) return
  const nowMs = Date.now()
  write(
    open
      .filter((each) => events.some((told) => proves(told, each)))
      .map((each) => confirmed(each, nowMs)),
  )
}
