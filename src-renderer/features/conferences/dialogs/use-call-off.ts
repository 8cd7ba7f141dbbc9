import { useState } from 'react'
import { failureOf, isConflict, isGone } from '../queries.ts'
import { callOff } from './queries.ts'

/** Stopping calls of a dial while they ring. That one was stopped is told by its event, and by nothing else. */
export type CallOff = {
  /** Asked for and not refused; whether it is done its event tells. */
  readonly isAsked: (callId: string) => boolean
  /** Why something was not stopped, in a sentence. */
  readonly failure: string | undefined
  readonly stop: (callId: string) => void
  /** Everything that rings, which these are as far as is known here. */
  readonly stopAll: (callIds: readonly string[]) => void
}

const whyNot = (error: unknown): string =>
  isGone(error) || isConflict(error)
    ? 'It has been answered already, or has failed.'
    : failureOf(error)

export const useCallOff = (conferenceId: string, jobId: string): CallOff => {
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set())
  const [failure, setFailure] = useState<string>()
  const ask = (callIds: readonly string[], callId?: string) => {
    setFailure(undefined)
    setAsked((before) => new Set([...before, ...callIds]))
    callOff({ conferenceId, jobId }, callId).catch((error: unknown) => {
      setAsked((before) => new Set([...before].filter((id) => !callIds.includes(id))))
      setFailure(whyNot(error))
    })
  }
  return {
    isAsked: (callId) => asked.has(callId),
    failure,
    stop: (callId) => ask([callId], callId),
    stopAll: (callIds) => ask(callIds),
  }
}
