import type { EndpointResponse } from '#contract/dialling'
import type { BoardEntry } from '../board/board-state.ts'
import { causeText } from '../cause-text.ts'

/** How far the call to one phone is. */
export type LegProgress = {
  readonly id: string
  /** What was called, in words. */
  readonly name: string
  readonly state: 'calling' | 'ringing' | 'answered' | 'failed'
  readonly text: string
}

const states = {
  'dial-started': ['calling', 'Calling…'],
  'dial-ringing': ['ringing', 'Rings…'],
  'dial-answered': ['answered', 'Answered'],
} as const

const isState = (event: string): event is keyof typeof states => Object.hasOwn(states, event)

/** A refusal is told in plain words where there is no hang-up cause. */
const failedText = (cause: string): string =>
  /^[A-Z_]+$/.test(cause) ? causeText(cause) : `${cause.charAt(0).toUpperCase()}${cause.slice(1)}.`

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * The legs of a dial as its events tell, in the order they began; who could not be called at all is known from the
 * answer only.
 */
export const dialProgress = (
  jobId: string,
  entries: readonly BoardEntry[],
  responses: readonly EndpointResponse[] | undefined,
  nameOf: (endpointId: string) => string,
): readonly LegProgress[] => {
  const legs = new Map<string, LegProgress>()
  const told = new Set<string>()
  for (const entry of entries) {
    if (entry.kind === 'gap' || entry.event.job_id !== jobId) continue
    const { event, endpoint_id: endpoint, call_id: callId, cause } = entry.event
    const [id, name] = [textOf(callId), nameOf(textOf(endpoint))]
    told.add(textOf(endpoint))
    if (event === 'dial-failed')
      legs.set(id, { id, name, state: 'failed', text: failedText(textOf(cause)) })
    else if (isState(event)) {
      const [state, text] = states[event]
      legs.set(id, { id, name, state, text })
    }
  }
  const others = (responses ?? [])
    .filter(({ endpoint_id: endpoint }) => !told.has(endpoint))
    .map((response): LegProgress => {
      const { endpoint_id: endpoint, message, status } = response
      const common = { id: endpoint, name: nameOf(endpoint) }
      return status === 'success'
        ? { ...common, state: 'answered', text: 'Answered' }
        : { ...common, state: 'failed', text: failedText(message) }
    })
  return [...legs.values(), ...others]
}

/** `2 of 3 answered`; for a single one nothing more than what its line says. */
export const progressSummary = (legs: readonly LegProgress[]): string => {
  const answered = legs.filter(({ state }) => state === 'answered').length
  return legs.length > 1 ? `${answered} of ${legs.length} answered` : ''
}
