import { objectTypes, type ObjectEvent } from '#contract/events'
import type { Bus } from '../../platform/events/bus.ts'
import type { BindingKind } from '../../platform/http/socket-commands.ts'
import type { Sockets } from '../../platform/http/sockets.ts'
import type { Scope } from '../../platform/scope.ts'
import { conferenceTemplates } from './conference-bindings.ts'

/**
 * What websocket clients can hear, and how the events of the modules become what they hear:
 * `object.{doc_created|doc_edited|doc_deleted|*}.{type|*}` (spec: websocket).
 */
const events = ['doc_created', 'doc_edited', 'doc_deleted', '*']
const types: readonly string[] = [...objectTypes, '*']

/** For settings, which belong to no account: everybody hears of them. */
const everyone = '*'

export const objectBindings: BindingKind = {
  refusal: (binding) => {
    const [family, event = '', type = '', ...rest] = binding.split('.')
    if (family !== 'object') return null
    const isKnown = events.includes(event) && types.includes(type) && rest.length === 0
    return isKnown ? undefined : 'no available subscriptions to requested binding'
  },
}

/** Binding templates as `GET /v2/websockets` lists them. */
export const bindingTemplates: Record<string, string[]> = {
  object: events.slice(0, -1).flatMap((event) => types.map((type) => `object.${event}.${type}`)),
  ...conferenceTemplates,
}

const takes = (binding: string, { event, type }: ObjectEvent): boolean => {
  const [, wantedEvent, wantedType] = binding.split('.')
  return (
    binding.startsWith('object.') &&
    (wantedEvent === '*' || wantedEvent === event) &&
    (wantedType === '*' || wantedType === type)
  )
}

/** Publishes object events until the scope ends. */
export const publishObjectEvents = (deps: {
  scope: Scope
  bus: Bus<ObjectEvent>
  sockets: Sockets
}): void => {
  const { scope, bus, sockets } = deps
  scope.add(
    bus.on((event) => {
      sockets.publish({
        accountId: event.account_id === everyone ? undefined : event.account_id,
        name: event.event,
        routingKey: `${event.event}.${event.account_id}.${event.type}.${event.id}`,
        matches: (binding) => takes(binding, event),
        data: { ...event },
      })
    }),
  )
}
