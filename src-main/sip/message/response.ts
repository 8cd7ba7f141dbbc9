import type { Peer } from '../transport/peer.ts'
import { canonicalName } from './headers.ts'
import type { Header, SipRequest, Via } from './message.ts'
import { reasonOf } from './reasons.ts'
import { serialise, statusLine } from './serialise.ts'

/** What the sender of a response decides; the rest is copied from the request. */
export type ResponseParts = {
  readonly status: number
  readonly reason?: string | undefined
  /** For To when the request has none; 100 needs none (RFC 3261 §8.2.6.2). */
  readonly toTag?: string | undefined
  readonly headers?: readonly Header[] | undefined
  readonly body?: Buffer | undefined
}

/** The bytes of a response: Via, From, To, Call-ID and CSeq of the request, then what is added. */
export const responseTo = (request: SipRequest, source: Peer, parts: ResponseParts): Buffer => {
  const { status, reason = reasonOf(status), toTag, headers = [], body } = parts
  const needsTag = toTag !== undefined && !request.to.params.has('tag')
  const copied = copiedFields(request.headers, request.via[0], source).map((header) =>
    needsTag && canonicalName(header.name) === 'to'
      ? { name: header.name, value: `${header.value};tag=${toTag}` }
      : header,
  )
  return serialise(statusLine(status, reason), { headers: [...copied, ...headers], body })
}

const order = ['via', 'from', 'to', 'call-id', 'cseq']

/** The fields every response repeats, the topmost Via with where the request really came from (RFC 3581). */
export const copiedFields = (
  headers: readonly Header[],
  top: Via | undefined,
  source: Peer,
): Header[] => {
  const found = order.flatMap((name) =>
    headers.filter((header) => canonicalName(header.name) === name),
  )
  const [first, ...rest] = found
  if (!first || !top?.text || !first.value.startsWith(top.text)) return found
  const stamped = stamp(top, source) + first.value.slice(top.text.length)
  return [{ name: first.name, value: stamped }, ...rest]
}

const stamp = (top: Via, { host, port }: Peer): string => {
  const wantsPort = top.params.has('rport')
  const bare = top.text
    .replaceAll(/;\s*received\s*=\s*[^;,\s]+/gi, '')
    .replaceAll(/;\s*rport(?:\s*=\s*\d*)?(?=\s*(?:;|$))/gi, '')
  const isElsewhere = top.host !== host
  return [
    bare,
    ...(isElsewhere || wantsPort ? [`;received=${host}`] : []),
    ...(wantsPort ? [`;rport=${port}`] : []),
  ].join('')
}

/** Where a response goes: the packet's address, and over UDP without rport the port the sender named (§18.2.2). */
export const replyPeer = (top: Via | undefined, source: Peer): Peer => {
  if (source.transport === 'tcp' || !top || top.params.has('rport')) return source
  return { ...source, port: top.port ?? 5060 }
}
