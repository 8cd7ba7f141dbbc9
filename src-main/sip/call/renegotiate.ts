import type { IncomingRequest } from '../core/types.ts'
import { refusalOfOffer, type Exchange } from '../dialog/glare.ts'
import { agreeAsServer, leastS, type SessionTimer } from '../dialog/session-timer.ts'
import type { Header } from '../message/message.ts'
import { sessionHeaders } from './session-headers.ts'
import type { CallOwner } from './types.ts'

/** Takes re-INVITE and UPDATE of the other side: a new offer, a wish for one, or just a sign of life. */
export const createRenegotiation = (deps: {
  owner: CallOwner
  random: () => number
  contact: Header
  exchange: () => Exchange
  /** A 2xx of ours waits for its ACK. */
  isWaiting: () => boolean
  agree: (timer: SessionTimer | undefined) => void
  /** What is described from now on. */
  describe: (description: Buffer) => void
  /** Answers an INVITE with it. */
  answer: (incoming: IncomingRequest, headers: readonly Header[]) => void
}): ((incoming: IncomingRequest) => void) => {
  const { owner, contact, agree } = deps

  /** 491 or 500 while another offer is open (RFC 3261 §14.2, RFC 3311 §5.2). */
  const refuseMeeting = ({ request, respond }: IncomingRequest): boolean => {
    const isInvite = request.method === 'INVITE'
    const refusal = isInvite && deps.isWaiting() ? 500 : refusalOfOffer(deps.exchange())
    if (refusal === undefined || (!isInvite && request.body.length === 0)) return false
    const wait = { name: 'Retry-After', value: String(Math.floor(deps.random() * 10)) }
    respond(refusal, refusal === 500 ? { headers: [wait] } : {})
    return true
  }

  return (incoming) => {
    const { request, respond } = incoming
    if (refuseMeeting(incoming)) return
    const isInvite = request.method === 'INVITE'
    const offer = request.body.length > 0 ? request.body : undefined
    const terms = agreeAsServer(request)
    if (terms === 'refused') {
      respond(422, { headers: [{ name: 'Min-SE', value: String(leastS) }] })
      return
    }
    if (!isInvite && !offer) {
      agree(terms.timer)
      respond(200, { headers: [contact, ...terms.headers] })
      return
    }
    const described = owner.onOffer(offer)
    if (!Buffer.isBuffer(described)) {
      const { status, ...answer } = described
      respond(status, answer)
      return
    }
    agree(terms.timer)
    deps.describe(described)
    if (isInvite) deps.answer(incoming, terms.headers)
    else respond(200, { headers: [contact, ...sessionHeaders, ...terms.headers], body: described })
  }
}
