import { useEffect, useRef, useState } from 'react'
import type { EndpointResponse } from '#contract/dialling'
import type { BoardEntry } from '../board/board-state.ts'
import { askOne, askRoom, fetchBoard, onConferences } from '../board/queries.ts'
import type { DialTarget } from '../dialogs/dial-endpoint.ts'
import { reasonOf } from '../queries.ts'
import { dialProgress, type LegProgress } from '../dialogs/dial-progress.ts'

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
}

export type TestCallState = {
  readonly legs: readonly LegProgress[]
  readonly phase: 'idle' | 'calling' | 'answered' | 'over'
  readonly isStopping: boolean
  readonly failure: string | undefined
  readonly start: (target: DialTarget, role: TestCallRole) => void
  /** Hangs up; whoever still rings is hung up on answering, because a ringing phone cannot be called off. */
  readonly stop: () => void
  /** For the next one. */
  readonly reset: () => void
}

const answerMs = 10_000

/** The browser's own words for it are about a signal. */
const failureOf = (error: unknown): string =>
  error instanceof Error && error.name === 'TimeoutError'
    ? 'The server has not answered.'
    : reasonOf(error)

const answeredIds = (responses: readonly EndpointResponse[]): readonly string[] =>
  responses.flatMap((each) => (each.status === 'success' ? [each.call_id] : []))

const hangUp = async (conferenceId: string, callIds: readonly string[]): Promise<void> => {
  const signal = AbortSignal.timeout(answerMs)
  const { instance_id: instanceId, participants } = await fetchBoard(conferenceId, signal)
  for (const { call_id: callId, participant_id: participantId } of participants)
    if (callIds.includes(callId))
      await askOne({ conferenceId, instanceId, participantId }, { action: 'kick' }, signal)
}

const newJobId = () => `test-${Date.now().toString(36)}`

/** What is told of one conference from now on; the answer stops that. */
const record = (conferenceId: string, tell: (entry: BoardEntry) => void) =>
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
  useEffect(
    () => record(conferenceId, (entry) => setEntries((before) => [...before, entry])),
    [conferenceId],
  )

  const change = (jobId: string, facts: Partial<Call>) =>
    setCall((before) => (before?.jobId === jobId ? { ...before, ...facts } : before))

  const end = (jobId: string, responses: readonly EndpointResponse[]) =>
    hangUp(conferenceId, answeredIds(responses)).catch((error: unknown) =>
      change(jobId, { failure: failureOf(error) }),
    )

  const start = (target: DialTarget, role: TestCallRole) => {
    const jobId = newJobId()
    setEntries([])
    setCall({ jobId, target, responses: undefined, failure: undefined, isStopping: false })
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
    change(call.jobId, { isStopping: true })
    if (call.responses) void end(call.jobId, call.responses)
    else stopping.current.add(call.jobId)
  }
  const { jobId = '', target, responses, failure, isStopping = false } = call ?? {}
  return {
    legs: call ? dialProgress(jobId, entries, responses, () => target?.label ?? '') : [],
    phase: phaseOf(call, entries),
    ...{ isStopping, failure, start, stop },
    reset: () => setCall(undefined),
  }
}
