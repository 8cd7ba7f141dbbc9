import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { EndpointResponse } from '#contract/dialling'
import type { BoardEntry } from '../board/board-state.ts'
import { askOne, askRoom, fetchBoard, onConferences } from '../board/queries.ts'
import type { DialTarget } from '../dialogs/dial-endpoint.ts'
import { dialProgress, type LegProgress } from '../dialogs/dial-progress.ts'
import { callOff } from '../dialogs/queries.ts'
import { failureOf, isConflict, isGone } from '../queries.ts'

/** Long enough to walk to a phone. */
const ringSeconds = 30

export type TestCallRole = 'member' | 'moderator'

type Call = {
  readonly jobId: string
  readonly target: DialTarget
  /** What became of it; undefined while it goes on. */
  readonly responses: readonly EndpointResponse[] | undefined
  /** Why nobody could be called at all, or hung up. */
  readonly failure: string | undefined
  readonly isStopping: boolean
  /** Why it rings on although it was to stop. */
  readonly unstopped: string | undefined
}

export type TestCallState = {
  readonly legs: readonly LegProgress[]
  readonly phase: 'idle' | 'calling' | 'answered' | 'over'
  readonly isStopping: boolean
  readonly failure: string | undefined
  readonly unstopped: string | undefined
  readonly start: (target: DialTarget, role: TestCallRole) => void
  /** Calls off what rings, and hangs up what has answered or does in this moment. */
  readonly stop: () => void
  /** For the next one. */
  readonly reset: () => void
}

const answerMs = 10_000

const answeredIds = (responses: readonly EndpointResponse[]): readonly string[] =>
  responses.flatMap((each) => (each.status === 'success' ? [each.call_id] : []))

const hangUp = async (conferenceId: string, callIds: readonly string[]): Promise<void> => {
  if (callIds.length === 0) return
  const signal = AbortSignal.timeout(answerMs)
  const { instance_id: instanceId, participants } = await fetchBoard(conferenceId, signal)
  for (const { call_id: callId, participant_id: participantId } of participants)
    if (callIds.includes(callId))
      await askOne({ conferenceId, instanceId, participantId }, { action: 'kick' }, signal)
}

const newJobId = () => `test-${Date.now().toString(36)}`

type ToldEntry = Exclude<BoardEntry, { kind: 'gap' }>

/** What is told of one conference from now on; the answer stops that. */
const record = (conferenceId: string, tell: (entry: ToldEntry) => void) =>
  onConferences({
    onHappening: (told) => {
      if (told.conference_id !== conferenceId) return
      const event = { ...told }
      tell({ kind: 'event', id: `${told.epoch} ${told.seq}`, atMs: Date.now(), event })
    },
  })

const hasLeft = (entries: readonly BoardEntry[], callIds: readonly string[]): boolean =>
  entries.some(
    (entry) =>
      entry.kind === 'event' &&
      entry.event.event === 'del-member' &&
      callIds.includes(String(entry.event.call_id)),
  )

const phaseOf = (
  call: Call | undefined,
  entries: readonly BoardEntry[],
): TestCallState['phase'] => {
  if (!call) return 'idle'
  if (call.failure !== undefined) return 'over'
  if (!call.responses) return 'calling'
  const ids = answeredIds(call.responses)
  return ids.length > 0 && !hasLeft(entries, ids) ? 'answered' : 'over'
}

/** Calls one phone into a conference, running or not, and follows it until it is hung up. */
export const useTestCall = (conferenceId: string): TestCallState => {
  const [call, setCall] = useState<Call>()
  const [entries, setEntries] = useState<readonly BoardEntry[]>([])
  /** Read by the answer, which may come when this is shown no more. */
  const stopping = useRef(new Set<string>())

  const change = (jobId: string, facts: Partial<Call>) =>
    setCall((before) => (before?.jobId === jobId ? { ...before, ...facts } : before))

  const stopRinging = (jobId: string) => {
    callOff({ conferenceId, jobId }).catch((error: unknown) => {
      // It has not begun there yet, or is over: what is told next says what is to be done.
      if (isGone(error) || isConflict(error)) return
      change(jobId, { isStopping: false, unstopped: failureOf(error) })
    })
  }
  const stopLate = useEffectEvent(({ event }: ToldEntry) => {
    const { job_id: jobId } = event
    if (event.event === 'dial-started' && typeof jobId === 'string' && stopping.current.has(jobId))
      stopRinging(jobId)
  })
  useEffect(
    () =>
      record(conferenceId, (entry) => {
        setEntries((before) => [...before, entry])
        stopLate(entry)
      }),
    [conferenceId],
  )

  const end = (jobId: string, responses: readonly EndpointResponse[]) =>
    hangUp(conferenceId, answeredIds(responses)).catch((error: unknown) =>
      change(jobId, { failure: failureOf(error) }),
    )

  const start = (target: DialTarget, role: TestCallRole) => {
    const jobId = newJobId()
    setEntries([])
    const facts = { responses: undefined, failure: undefined, unstopped: undefined }
    setCall({ jobId, target, ...facts, isStopping: false })
    const data = {
      endpoints: [target.endpoint],
      participant_flags: role === 'moderator' ? ['is_moderator'] : [],
      timeout: ringSeconds,
      job_id: jobId,
    }
    const signal = AbortSignal.timeout(ringSeconds * 1000 + answerMs)
    void askRoom({ conferenceId, instanceId: undefined }, { action: 'dial', data }, signal)
      .then(async (responses = []) => {
        change(jobId, { responses })
        if (stopping.current.delete(jobId)) await end(jobId, responses)
      })
      .catch((error: unknown) => change(jobId, { failure: failureOf(error) }))
  }

  const stop = () => {
    if (!call) return
    const { jobId: stopped, responses: known } = call
    change(stopped, { isStopping: true, unstopped: undefined })
    if (known) {
      void end(stopped, known)
      return
    }
    stopping.current.add(stopped)
    stopRinging(stopped)
  }
  const { jobId = '', target, responses, failure, unstopped, isStopping = false } = call ?? {}
  return {
    legs: call ? dialProgress(jobId, entries, responses, () => target?.label ?? '') : [],
    phase: phaseOf(call, entries),
    ...{ isStopping, failure, unstopped, start, stop },
    reset: () => setCall(undefined),
  }
}
