import type { Incoming } from '../core/incoming.ts'
import type { Answer, IncomingRequest } from '../core/types.ts'
import { dialogAsServer } from '../dialog/dialog.ts'
import { agreeAsServer, leastS } from '../dialog/session-timer.ts'
import { listOf } from '../message/headers.ts'
import { establish, type Established } from './established.ts'
import { sessionHeaders } from './session-headers.ts'
import { dialogKey, type CallPort } from './port.ts'
import { createReliable } from './reliable.ts'
import type { IncomingCall } from './types.ts'
import { createWithin, flowOf } from './within.ts'

/** An INVITE as a call; undefined when it has been refused already. */
export const openIncomingCall = (
  port: CallPort,
  incoming: Incoming,
  host: string,
): IncomingCall | undefined => {
  const { request, source, respond } = incoming
  const over = new AbortController()
  const cancelled = over.signal
  const dialog = dialogAsServer(request, incoming.tag)
  const terms = agreeAsServer(request)
  if (!dialog) {
    respond(400, { reason: 'No SIP address in Contact' })
    return undefined
  }
  if (terms === 'refused') {
    respond(422, { headers: [{ name: 'Min-SE', value: String(leastS) }] })
    return undefined
  }
  const within = createWithin(port, { dialog, host, flow: flowOf(request, source), peer: source })
  const contact = { name: 'Contact', value: within.contact }
  const names = (name: string) => listOf(request, name).map((tag) => tag.toLowerCase())
  const demandsReliable = names('require').includes('100rel')
  const canReliable = demandsReliable || names('supported').includes('100rel')
  /** Accepted, and what the caller knows of it. */
  let accepted: Established | undefined
  let answered: Established | undefined

  const reject = (status: number, answer?: Answer) => {
    if (cancelled.aborted) return
    respond(status, answer)
    forget()
  }
  const reliable = createReliable({
    ...{ after: port.after, random: port.random, cseq: request.cseq.number, respond },
    silent: () => {
      reject(504, { reason: 'A provisional response was never acknowledged' })
      over.abort()
    },
  })

  const takeEarly = (message: IncomingRequest) => {
    const { method, body } = message.request
    if (!within.admit(message.request)) message.respond(500)
    else if (method === 'PRACK') reliable.takePrack(message)
    else if (method === 'BYE') {
      message.respond(200)
      incoming.cancel()
    } else if (method === 'UPDATE' && body.length === 0) message.respond(200)
    // An offer while the first one has no answer yet (RFC 3311 §5.2).
    else message.respond(500, { headers: [{ name: 'Retry-After', value: '2' }] })
  }

  const release = port.register(dialogKey(dialog.callId, dialog.localTag, dialog.remoteTag), {
    take: (message) => (answered ? answered.take(message) : takeEarly(message)),
    takeAck: (ack) => answered?.takeAck(ack),
  })
  const forget = () => {
    reliable.stop()
    release()
    if (!answered) accepted?.abandon({ by: 'remote', reason: 'Cancelled' })
  }
  incoming.cancelled.addEventListener('abort', () => {
    forget()
    over.abort()
  })

  return {
    request,
    source,
    host,
    cancelled,
    authenticate: (passwordOf) => {
      const name = incoming.authenticate(passwordOf)
      if (name === undefined) forget()
      return name
    },
    offer: request.body.length > 0 ? request.body : undefined,
    ring: (status, answer = {}) => {
      if (cancelled.aborted) return
      const described = answer.body ? sessionHeaders : []
      const full = { ...answer, headers: [contact, ...described, ...(answer.headers ?? [])] }
      reliable.inTurn(() => {
        if (demandsReliable || (canReliable && answer.body)) reliable.ring(status, full)
        else respond(status, full)
      })
    },
    reject,
    accept: (description, owner, headers = []) => {
      const established = establish(port, {
        ...{ within, owner, description, timer: terms.timer, released: release },
        ...{ remote: request.from, isCaller: false, peerMessage: request },
      })
      accepted = established
      reliable.inTurn(() => {
        if (cancelled.aborted) established.abandon({ by: 'remote', reason: 'Cancelled' })
        else if (established.hasEnded()) {
          reject(480)
          established.abandon({ by: 'local', reason: 'Hung up' })
        } else {
          answered = established
          established.answer(incoming, [...terms.headers, ...headers])
        }
      })
      return established.call
    },
  }
}
