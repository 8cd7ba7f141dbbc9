import type { SipRequest, SipResponse } from '../message/message.ts'

const cookie = 'z9hG4bK'

/**
 * Which server transaction a request belongs to (RFC 3261 §17.2.3): branch, sent-by and method, where an ACK belongs
 * to its INVITE. A branch without the cookie, or with nothing behind it, is from before the RFC and says little.
 */
export const serverKey = (request: SipRequest, method = request.method): string => {
  const [top] = request.via
  const branch = top?.params.get('branch') ?? ''
  const named = method === 'ACK' ? 'INVITE' : method
  if (branch.startsWith(cookie) && branch.length > cookie.length) {
    return ['3261', branch, top?.host, top?.port ?? 5060, named].join(' ')
  }
  // The To tag of an ACK is ours and not yet in the INVITE, so it cannot be part of the key.
  const { uri, from, callId, cseq } = request
  return ['2543', uri.text, from.params.get('tag'), callId, cseq.number, top?.text, named].join(' ')
}

/** The same request that came another way: same origin, another branch (§8.2.2.2). */
export const mergeKey = ({ from, callId, cseq }: SipRequest): string =>
  [callId, from.params.get('tag'), cseq.number, cseq.method].join(' ')

/** Which client transaction a response belongs to (§17.1.3). */
export const clientKey = (response: SipResponse): string =>
  `${response.via[0]?.params.get('branch') ?? ''} ${response.cseq.method}`
