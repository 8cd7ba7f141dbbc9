import type { Board, LevelsEvent } from '#contract/board'
import { atMostEvery } from './at-most-every.ts'
import { applyAll, applyLevels, releaseTalkers, TALK_HOLD_MS } from './board-apply.ts'
import { meetFeed, readBoard, readIdle } from './board-read.ts'
import { emptyBoard, type BoardState, type ToldEvent } from './board-state.ts'
import { useBoard } from './board-store.ts'
import { nextFrame } from './next-frame.ts'
import { fetchBoard, isMissing, listenToLevels, onConferences, useLive } from './queries.ts'
import { confirmByEvents, settleByBoard } from './send-action.ts'

/** What is incomplete is not read more often than this: a busy room would do nothing else. */
const readPauseMs = 400
const retryMs = 2000
/** A server that hangs is asked again after this; a thousand people are read in a fraction of it. */
const giveUpMs = 10_000

let readNow: () => void = () => undefined

/** Reads the open conference from the server again. */
export const refreshBoard = (): void => readNow()

/** Keeps `useBoard` in step with a conference until the answer is called. One at a time. */
export const openBoard = (conferenceId: string): (() => void) => {
  const { getState } = useBoard
  const set = (state: BoardState) => {
    if (state !== getState()) useBoard.setState(state, true)
  }
  useBoard.setState(emptyBoard(conferenceId), true)

  let told: ToldEvent[] = []
  let levels: LevelsEvent[] = []
  /** What came while the board is being read: what is read may be older. */
  let meanwhile: ToldEvent[] = []
  let reading: AbortController | undefined
  let pause: ReturnType<typeof setTimeout> | undefined

  const readLater = (afterMs: number) => {
    pause ??= setTimeout(() => {
      pause = undefined
      read()
    }, afterMs)
  }

  const settle = (next: BoardState) => {
    const nowMs = Date.now()
    const events = meanwhile.filter(({ epoch }) => epoch === next.epoch)
    meanwhile = []
    reading = undefined
    const state = applyAll(next, events, nowMs)
    set(state)
    if (state.isIncomplete !== undefined) readLater(readPauseMs)
  }

  const fail = (error: unknown) => {
    const nowMs = Date.now()
    if (isMissing(error)) {
      settle(readIdle(getState(), nowMs))
      return
    }
    meanwhile = []
    reading = undefined
    const problem = error instanceof Error ? error.message : String(error)
    const { phase } = getState()
    useBoard.setState({ problem, phase: phase === 'loading' ? 'failed' : phase })
    // A login that ended is asked for; the connection reads again once it stands.
    if (useLive.getState().state === 'open') readLater(retryMs)
  }

  const read = () => {
    // It may ask for a read later: this is the one.
    flush()
    clearTimeout(pause)
    pause = undefined
    reading?.abort()
    const attempt = new AbortController()
    reading = attempt
    meanwhile = []
    const { signal } = attempt
    const limit = setTimeout(() => {
      attempt.abort()
      fail(new Error('The server does not answer.'))
    }, giveUpMs)
    fetchBoard(conferenceId, signal)
      .then((board: Board) => {
        if (signal.aborted) return
        flush()
        settle(readBoard(getState(), board, Date.now()))
      })
      .catch((error: unknown) => {
        if (!signal.aborted) fail(error)
      })
      .finally(() => clearTimeout(limit))
  }

  /** No event tells that a pause between words is over. */
  const release = atMostEvery(TALK_HOLD_MS / 4, () => {
    set(releaseTalkers(getState(), Date.now()))
    const isHeld = [...getState().participants.values()].some(
      ({ showsTalking, talking }) => showsTalking && !talking,
    )
    if (isHeld) release.request()
  })

  const flush = () => {
    frame.stop()
    if (told.length === 0 && levels.length === 0) return
    const nowMs = Date.now()
    const events = told
    const measured = levels
    told = []
    levels = []
    let state = applyAll(getState(), events, nowMs)
    for (const each of measured) state = applyLevels(state, each, nowMs)
    set(state)
    confirmByEvents(events)
    release.request()
    if (state.isIncomplete !== undefined && !reading) readLater(readPauseMs)
  }
  const frame = nextFrame(flush)

  const stopListening = onConferences({
    onHappening: (event) => {
      const each: ToldEvent = { ...event }
      told.push(each)
      if (reading && each.conference_id === conferenceId) meanwhile.push(each)
      frame.request()
    },
    onLevels: (event) => {
      if (event.conference_id !== conferenceId) return
      levels.push(event)
      frame.request()
    },
    onSubscribed: (position) => {
      flush()
      set(meetFeed(getState(), position, Date.now()))
      read()
    },
  })
  const stopLevels = listenToLevels(conferenceId)
  const stopSettling = settleByBoard(() => readLater(0))
  readNow = read
  // Before the connection stands, what is read would be followed by events nobody hears.
  if (useLive.getState().state === 'open') read()

  return () => {
    stopListening()
    stopLevels()
    stopSettling()
    frame.stop()
    clearTimeout(pause)
    release.stop()
    reading?.abort()
    readNow = () => undefined
    useBoard.setState(emptyBoard(''), true)
  }
}
