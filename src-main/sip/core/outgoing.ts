import type { Header, SipResponse } from '../message/message.ts'
import { requestLine, serialise } from '../message/serialise.ts'
import { hostText, isSipUri, parseUri } from '../message/uri.ts'
import type { Peer, Transport } from '../transport/peer.ts'

/** Everything a request says, before it is bytes. */
export type RequestParts = {
  readonly method: string
  readonly uri: string
  readonly transport: Transport
  /** `host:port` of this stack, for Via. */
  readonly sentBy: string
  readonly branch: string
  /** With its tag. */
  readonly from: string
  readonly to: string
  readonly callId: string
  readonly cseq: number
  readonly headers: readonly Header[]
  readonly body?: Buffer | undefined
}

export const requestOfParts = (parts: RequestParts): Buffer => {
  const { method, transport, sentBy, branch, callId, cseq, headers, body } = parts
  const own = [
    { name: 'Via', value: `SIP/2.0/${transport.toUpperCase()} ${sentBy};branch=${branch};rport` },
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: parts.from },
    { name: 'To', value: parts.to },
    { name: 'Call-ID', value: callId },
    { name: 'CSeq', value: `${cseq} ${method}` },
  ]
  return serialise(requestLine(method, parts.uri), { headers: [...own, ...headers], body })
}

/** The ACK of a refusal: the request's own Via, and To as the response has it (RFC 3261 §17.1.1.3). */
export const ackOf = (parts: RequestParts, response: SipResponse): Buffer =>
  requestOfParts({
    ...parts,
    method: 'ACK',
    to: response.to.text,
    headers: parts.headers.filter(({ name }) => /^route$/i.test(name)),
    body: undefined,
  })

/**
 * Where a request to a URI goes (RFC 3263 without NAPTR and SRV, which local phones and configured trunks do not
 * need). Undefined for what is no SIP URI, and for `sips`, as there is no TLS.
 */
export const placeOf = (
  uriText: string,
): { transport: Transport; host: string; port: number } | undefined => {
  const uri = parseUri(uriText)
  if (!uri || !isSipUri(uri) || uri.scheme === 'sips') return undefined
  const wanted = uri.params.get('transport')?.toLowerCase() ?? 'udp'
  if (wanted !== 'udp' && wanted !== 'tcp') return undefined
  const { port = 5060, host } = uri
  // Of the grammar, but nobody can be there.
  return port === 0 ? undefined : { transport: wanted, host: uri.params.get('maddr') ?? host, port }
}

export const sentByOf = ({ host, port }: Pick<Peer, 'host' | 'port'>): string =>
  `${hostText(host)}:${port}`
