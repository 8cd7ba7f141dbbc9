import type { NameAddr, Peer, SipRequest, SipUri, Uri } from '../../sip/sip.ts'
import { isSameUri } from './same-uri.ts'

/** A contact a device registered. Times in milliseconds since 1970. */
export type Binding = {
  uri: SipUri
  source: Peer
  userAgent: string | undefined
  callId: string
  cseq: number
  /** When it came; refreshes keep it. */
  registeredMs: number
  expiresMs: number
}

export type Limits = {
  /** Seconds. */
  minimumExpires: number
  maximumExpires: number
  nowMs: number
}

/** What a REGISTER does to the bindings of its device: all of it, or nothing (RFC 3261 §10.3). */
export type Registered =
  | { bindings: readonly Binding[] }
  /** `tooBrief`: Min-Expires belongs into the answer. */
  | { status: number; reason: string; tooBrief?: true }

/** A device that asks for more lets its oldest contact go: it is one that restarted. */
const mostContacts = 10
const longestUri = 1024

const isSip = (uri: Uri): uri is SipUri => uri.scheme === 'sip' && 'params' in uri

/** Seconds a contact asks for: its own parameter, the header, or as long as it may be. */
const expiresOf = (request: SipRequest, contact: NameAddr, limits: Limits): number => {
  const own = contact.params.get('expires')
  // What is no number counts as not said (RFC 3261 §20.10: malformed is 3600).
  const asked = own !== undefined && /^\d{1,10}$/.test(own) ? Number(own) : request.expires
  return Math.min(asked ?? limits.maximumExpires, limits.maximumExpires)
}

/** A late request must not undo a newer one of the same phone. */
const isLate = (request: SipRequest, binding: Binding): boolean =>
  binding.callId === request.callId && request.cseq.number <= binding.cseq

const late = { status: 500, reason: 'CSeq Out of Order' }

const removeAll = (current: readonly Binding[], request: SipRequest): Registered => {
  if (request.expires !== 0) return { status: 400, reason: 'Contact * Needs Expires 0' }
  return current.some((binding) => isLate(request, binding)) ? late : { bindings: [] }
}

/** `current` after the request of an authenticated device. */
export const registered = (
  current: readonly Binding[],
  request: SipRequest,
  sender: { source: Peer; userAgent: string | undefined },
  limits: Limits,
): Registered => {
  const { contacts } = request
  if (contacts === '*') return removeAll(current, request)
  let bindings = [...current]
  for (const contact of contacts) {
    const { uri } = contact
    if (!isSip(uri)) return { status: 400, reason: 'Contact Is No SIP URI' }
    if (uri.text.length > longestUri) return { status: 400, reason: 'Contact Too Long' }
    const expires = expiresOf(request, contact, limits)
    if (expires > 0 && expires < limits.minimumExpires) {
      return { status: 423, reason: 'Interval Too Brief', tooBrief: true }
    }
    const former = bindings.find((binding) => isSameUri(binding.uri, uri))
    if (former && isLate(request, former) && current.includes(former)) return late
    bindings = bindings.filter((binding) => binding !== former)
    if (expires === 0) continue
    bindings.push({
      ...{ uri, ...sender, callId: request.callId, cseq: request.cseq.number },
      registeredMs: former?.registeredMs ?? limits.nowMs,
      expiresMs: limits.nowMs + expires * 1000,
    })
  }
  return { bindings: bindings.slice(-mostContacts) }
}
