import type { Dial } from '#contract/dialling'
import type { Violations } from '#contract/errors'
import { newId, type StoredDocument } from '../../../platform/documents/documents.ts'
import { invalid } from '../../../platform/errors.ts'
import { parseUri } from '../../../sip/sip.ts'
import type { Contact } from '../../registrar/registrar.ts'
import {
  deviceTarget,
  fixedDestination,
  isSipUri,
  trunkTarget,
  uriTarget,
  type Target,
  type Trunk,
} from './target.ts'

/** What an account knows, asked while a dial is resolved. */
export type Directory = {
  readonly device: (id: string) => StoredDocument | undefined
  readonly deviceBySipUsername: (username: string) => StoredDocument | undefined
  readonly isUser: (id: string) => boolean
  readonly devicesOfUser: (userId: string) => readonly StoredDocument[]
  readonly contactsOf: (deviceId: string) => readonly Contact[]
  /** Whether a number or id calls a conference. */
  readonly isConference: (dialled: string) => boolean
  /** Whether a SIP host is the account's own, so that its users are its phones. */
  readonly isOwnHost: (host: string) => boolean
  readonly trunk: Trunk | undefined
}

/** What one endpoint of a request comes to, or the rule it breaks. */
type Resolved = readonly Target[] | { readonly rule: string; readonly message: string }

type Endpoint = Dial['endpoints'][number]

const idLength = 32
const dialable = /^\+?[0-9*#]{1,32}$/

const broken = (rule: string, message: string): Resolved => ({ rule, message })

const notOne = broken('enum', 'Value is neither a number, an ID nor a SIP URI')

/**
 * As if it was dialled on a phone of the account; undefined when nobody here has it. Calling one conference from another
 * would make them hear each other for ever.
 */
const inside = (directory: Directory, dialled: string, endpointId: string): Target | undefined => {
  if (directory.isConference(dialled)) {
    const party = { name: dialled, number: dialled }
    return { endpointId, party, destinations: [], unreachable: 'FACILITY_REJECTED' }
  }
  const device = directory.deviceBySipUsername(dialled)
  return device && deviceTarget(device, directory.contactsOf(device.id), endpointId)
}

const fromUri = (directory: Directory, uri: string): Resolved => {
  const parsed = parseUri(uri)
  if (!parsed || !('host' in parsed) || !isSipUri(uri)) return notOne
  if (!directory.isOwnHost(parsed.host)) return [uriTarget(uri, uri)]
  const target = inside(directory, parsed.user ?? '', uri)
  return [target ?? { ...uriTarget(uri, uri), destinations: [], unreachable: 'UNALLOCATED_NUMBER' }]
}

const fromId = (directory: Directory, id: string): Resolved => {
  const device = directory.device(id)
  if (device) return [deviceTarget(device, directory.contactsOf(id))]
  if (!directory.isUser(id)) return broken('not_found', `ID ${id} not found`)
  const devices = directory.devicesOfUser(id).filter(({ body }) => body.enabled !== false)
  return devices.length === 0
    ? broken('minItems', 'The user has no devices to call')
    : devices.map((each) => deviceTarget(each, directory.contactsOf(each.id)))
}

const fromText = (directory: Directory, text: string): Resolved => {
  if (/^sips?:/i.test(text)) return fromUri(directory, text)
  if (text.length === idLength && !directory.isConference(text)) return fromId(directory, text)
  const target = inside(directory, text, text)
  if (target) return [target]
  return dialable.test(text) ? [trunkTarget(text, directory.trunk)] : notOne
}

/** What a client says of SIP, of which nothing was checked: what is no text is nothing. */
const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )

/** A device as an object: one that is known, or a place to call. */
const fromObject = (directory: Directory, value: Readonly<Record<string, unknown>>): Resolved => {
  const { id, name } = textsOf(value)
  const known = id === undefined ? undefined : directory.device(id)
  if (known) return [deviceTarget(known, directory.contactsOf(known.id))]
  const endpointId = id ?? newId()
  const sip = textsOf(value.sip)
  const fixed = fixedDestination(sip)
  if (fixed) {
    const target = uriTarget(endpointId, fixed.uri)
    return [{ ...target, party: { ...target.party, name: name ?? target.party.name } }]
  }
  const { username } = sip
  const device = username === undefined ? undefined : directory.deviceBySipUsername(username)
  return device ? [deviceTarget(device, directory.contactsOf(device.id), endpointId)] : notOne
}

/**
 * Whom a dial is to call (spec: dial). Throws a validation error that names every endpoint that is none, counted from 1
 * as Crossbar does: nobody is called then.
 */
export const resolve = (endpoints: readonly Endpoint[], directory: Directory): Target[] => {
  const targets: Target[] = []
  const violations: Violations = {}
  for (const [index, endpoint] of endpoints.entries()) {
    const resolved =
      typeof endpoint === 'string' ? fromText(directory, endpoint) : fromObject(directory, endpoint)
    if (!('rule' in resolved)) targets.push(...resolved)
    else {
      const { rule, message } = resolved
      const facts = rule === 'minItems' ? { target: 1 } : {}
      violations[`data.endpoints.${index + 1}`] = { [rule]: { message, value: endpoint, ...facts } }
    }
  }
  if (Object.keys(violations).length > 0) throw invalid(violations)
  return targets
}
