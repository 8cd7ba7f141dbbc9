import type { EndpointResponse } from '#contract/dialling'
import type { BoardEntry } from '../board/board-state.ts'
import { causeText } from '../cause-text.ts'

/** How far the call to one phone is. */
export type LegProgress = {
  readonly id: string
  /** What was called, in words. */
  readonly name: string
  /** `stopped`: somebody here called it off. */
  readonly state: 'calling' | 'ringing' | 'answered' | 'stopped' | 'failed'
  readonly text: string
}

const states = {
  'dial-started': ['calling', 'Calling…'],
  'dial-ringing': ['ringing', 'Rings…'],
  'dial-answered': ['answered', 'Answered'],
} as const

export const canStop = ({ state }: LegProgress): boolean =>
  state === 'calling' || state === 'ringing'

const isState = (event: string): event is keyof typeof states => Object.hasOwn(states, event)

/** A refusal is told in plain words where there is no hang-up cause. */
const failedText = (cause: string): string =>
  /^[A-Z_]+$/.test(cause) ? causeText(cause) : `${cause.charAt(0).toUpperCase()}${cause.slice(1)}.`

const ended = (cause: string): Pick<LegProgress, 'state' | 'text'> => ({
  state: cause === 'ORIGINATOR_CANCEL' ? 'stopped' : 'failed',
  text: failedText(cause),
})

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Of several phones of one endpoint another one than the first may answer, by its own Call-ID. */
const firstOf = (
  legs: ReadonlyMap<string, LegProgress & { readonly endpoint: string }>,
  endpoint: string,
): string | undefined =>
  [...legs.values()].find((leg) => leg.endpoint === endpoint && canStop(leg))?.id

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
  const legs = new Map<string, LegProgress & { readonly endpoint: string }>()
  const told = new Set<string>()
  for (const entry of entries) {
    if (entry.kind === 'gap' || entry.event.job_id !== jobId) continue
    const { event, cause } = entry.event
    const [callId, endpoint] = [textOf(entry.event.call_id), textOf(entry.event.endpoint_id)]
    told.add(endpoint)
    const id = legs.has(callId) || event !== 'dial-answered' ? callId : firstOf(legs, endpoint)
    const common = { id: id ?? callId, name: nameOf(endpoint), endpoint }
    if (event === 'dial-failed') legs.set(common.id, { ...common, ...ended(textOf(cause)) })
    else if (isState(event)) {
      const [state, text] = states[event]
      legs.set(common.id, { ...common, state, text })
    }
  }
  const others = (responses ?? [])
    .filter(({ endpoint_id: endpoint }) => !told.has(endpoint))
    .map((response): LegProgress => {
      const { endpoint_id: endpoint, message, status } = response
      const common = { id: endpoint, name: nameOf(endpoint) }
      return status === 'success'
        ? { ...common, state: 'answered', text: 'Answered' }
        : { ...common, ...ended(message) }
    })
  return [...legs.values(), ...others]
}

/** The dials that call somebody now, as far as events tell. */
export const jobsOf = (entries: readonly BoardEntry[]): readonly string[] => {
  const jobs = new Set(
    entries.map((entry) => (entry.kind === 'gap' ? '' : textOf(entry.event.job_id))),
  )
  return [...jobs].filter((jobId) =>
    dialProgress(jobId, entries, undefined, String).some((leg) => jobId !== '' && canStop(leg)),
  )
}

/** `2 of 3 answered`; for a single one nothing more than what its line says. */
export const progressSummary = (legs: readonly LegProgress[]): string => {
  const answered = legs.filter(({ state }) => state === 'answered').length
  return legs.length > 1 ? `${answered} of ${legs.length} answered` : ''
}
