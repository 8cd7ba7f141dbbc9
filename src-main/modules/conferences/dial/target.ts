import { isIPv6 } from 'node:net'
import type { DeviceInput } from '#contract/devices'
import type { HangupCause } from '#contract/hangup-causes'
import type { StoredDocument } from '../../../platform/documents/documents.ts'
import { escapeUser, hostText, parseUri } from '../../../sip/sip.ts'
import type { SipDevice } from '../../devices/devices.ts'
import type { Destination, Party } from '../../legs/legs.ts'
import type { Contact } from '../../registrar/registrar.ts'

/** Somebody to be called, as one leg: at all places at once, and the first to answer is it. */
export type Target = {
  /** As the answer names it: id of the device, or what the request said. */
  readonly endpointId: string
  readonly party: Party
  readonly device?: SipDevice
  readonly destinations: readonly Destination[]
  /** What is answered where there is no destination. */
  readonly unreachable: HangupCause
}

/** The way to numbers outside. */
export type Trunk = {
  readonly host: string
  readonly port: number
  readonly transport: 'udp' | 'tcp'
  readonly username: string
  readonly password?: string
}

/** What a device, or an object in a request, says of where it is. */
type Sip = Partial<Record<'invite_format' | 'route' | 'method' | 'ip' | 'username', string>>

/** Whether a text is a URI that can be called. */
export const isSipUri = (text: string): boolean => parseUri(text)?.scheme === 'sip'

const withScheme = (text: string): string => (/^sips?:/i.test(text) ? text : `sip:${text}`)

/**
 * A phone that is not behind a translator is where it says it is; any other is where its registration came from, and so
 * is one that holds a connection.
 */
const toDestination = ({ uri, source }: Contact): Destination =>
  source.transport === 'udp' && uri.host === source.host
    ? { uri: uri.text }
    : { uri: uri.text, target: source }

/** Where a device is that needs no registration: its route or its address. */
const fixedUri = ({ invite_format, route, method, ip, username }: Sip): string | undefined => {
  if (invite_format === 'route' && route !== undefined) return withScheme(route)
  if (method !== 'ip' || ip === undefined || ip === '') return undefined
  const user = username === undefined ? '' : `${escapeUser(username)}@`
  return `sip:${user}${isIPv6(ip) ? hostText(ip) : ip}`
}

/** Undefined when it is not known where the device is. */
export const fixedDestination = (sip: Sip): Destination | undefined => {
  const uri = fixedUri(sip)
  return uri !== undefined && isSipUri(uri) ? { uri } : undefined
}

export const deviceTarget = (
  { id, accountId, body }: StoredDocument,
  contacts: readonly Contact[],
  endpointId: string = id,
): Target => {
  const { name, enabled, sip } = body as unknown as DeviceInput
  const { username = '', password, method } = sip
  const fixed = fixedDestination(sip)
  const destinations = fixed ? [fixed] : contacts.map(toDestination)
  return {
    endpointId,
    party: { name, number: username },
    device: { id, accountId, name, enabled, password, method },
    destinations: enabled ? destinations : [],
    unreachable: enabled ? 'USER_NOT_REGISTERED' : 'SUBSCRIBER_ABSENT',
  }
}

export const uriTarget = (endpointId: string, uri: string): Target => {
  const parsed = parseUri(uri)
  const { user, headers } = parsed && 'host' in parsed ? parsed : {}
  const named = user ?? uri
  // What a URI wants to stand in a request is none of its address (RFC 3261 §19.1.5).
  const address = headers === undefined ? uri : uri.slice(0, -1 - headers.length)
  return {
    endpointId,
    party: { name: named, number: named },
    destinations: [{ uri: address }],
    unreachable: 'INVALID_URL',
  }
}

/** A number of which nobody here knows anything. */
export const trunkTarget = (number: string, trunk: Trunk | undefined): Target => {
  const party = { name: number, number }
  const common = { endpointId: number, party, unreachable: 'NO_ROUTE_DESTINATION' } as const
  if (!trunk || trunk.host === '') return { ...common, destinations: [] }
  const { host, port, transport, username, password } = trunk
  const uri = `sip:${escapeUser(number)}@${hostText(host)}:${port};transport=${transport}`
  const credentials =
    username !== '' && password !== undefined ? { credentials: { username, password } } : {}
  return { ...common, destinations: [{ uri, ...credentials, domain: host }] }
}
