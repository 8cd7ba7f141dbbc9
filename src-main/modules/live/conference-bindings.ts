import { dialEvents, participantEvents, roomEvents } from '#contract/conference-events'
import { furtherEvents, type ConferenceHappening } from '#contract/live-conferences'

/**
 * What websocket clients can hear of conferences (seed: `conference.event.{conference_id}.{call_id}`; spec: KAZOO 5 puts
 * the name of the event before them). Pure.
 */
type Wanted =
  | { readonly kind: 'all' }
  | { readonly kind: 'commands'; readonly conferenceId: string }
  | {
      readonly kind: 'events'
      readonly event: string
      readonly conferenceId: string
      readonly callId: string
    }

/** Our own: everything of every conference of the account. */
const everything = 'studio.conferences'

const eventNames: readonly string[] = [
  ...participantEvents,
  ...roomEvents,
  ...furtherEvents,
  ...dialEvents,
  ...['bookmark', 'note', 'command-failed'],
]

/** Templates as `GET /v2/websockets` lists them. */
export const conferenceTemplates: Record<string, string[]> = {
  conference: [
    'conference.event.{CONFERENCE_ID}.{CALL_ID|*}',
    'conference.event.{EVENT|*}.{CONFERENCE_ID}.{CALL_ID|*}',
    'conference.command.{CONFERENCE_ID}',
  ],
  studio: [everything, 'studio.levels.{CONFERENCE_ID}'],
}

const refusals = {
  unknown: 'no available subscriptions to requested binding',
  format: 'invalid format for conference subscription',
  noConference: 'ConferenceId required',
} as const

const isId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

const readEvents = (parts: readonly string[]): Wanted | string => {
  const [first = '', second = '', ...rest] = parts
  if (parts.length < 2 || parts.includes('')) return refusals.format
  // A Call-ID may have dots of its own, so that the number of parts alone does not tell the forms apart.
  const namesEvent = first === '*' || eventNames.includes(first)
  const isShort = rest.length === 0 || (!namesEvent && (isId(first) || !isId(second)))
  if (isShort) {
    if (first === '*') return refusals.noConference
    const callId = [second, ...rest].join('.')
    return { kind: 'events', event: '*', conferenceId: first, callId }
  }
  if (!namesEvent) return `Unsupported conference event ${first}`
  if (second === '*') return refusals.noConference
  return { kind: 'events', event: first, conferenceId: second, callId: rest.join('.') }
}

/** What a binding asks for, why it cannot be had, or null when it is about something else. */
export const readBinding = (binding: string): Wanted | string | null => {
  if (binding === everything) return { kind: 'all' }
  const [family, what, ...parts] = binding.split('.')
  if (family !== 'conference') return null
  if (what === 'event') return readEvents(parts)
  if (what !== 'command') return refusals.unknown
  const conferenceId = parts.join('.')
  if (conferenceId === '') return refusals.format
  return conferenceId === '*' ? refusals.noConference : { kind: 'commands', conferenceId }
}

/** One that Crossbar does not have. */
export const isOwnBinding = (binding: string): boolean => binding === everything

/** Whether a binding is about a conference. */
export const isAbout = (binding: string, conferenceId: string): boolean => {
  const wanted = readBinding(binding)
  if (wanted === null || typeof wanted === 'string') return false
  return wanted.kind === 'all' || wanted.conferenceId === conferenceId
}

export const takesHappening = (binding: string, happening: ConferenceHappening): boolean => {
  const wanted = readBinding(binding)
  if (wanted === null || typeof wanted === 'string') return false
  if (wanted.kind === 'all') return true
  if (wanted.conferenceId !== happening.conference_id) return false
  const { event } = happening
  if (wanted.kind === 'commands' || event === 'command')
    return wanted.kind === 'commands' && event === 'command'
  const callId = 'call_id' in happening ? happening.call_id : undefined
  return (
    (wanted.event === '*' || wanted.event === event) &&
    (wanted.callId === '*' || wanted.callId === callId)
  )
}
