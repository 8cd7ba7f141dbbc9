import type { Log } from '../../platform/log.ts'
import type { createDigestServer } from '../digest/server.ts'
import type { Header, SipRequest } from '../message/message.ts'
import { copiedFields, replyPeer, responseTo, type ResponseParts } from '../message/response.ts'
import type { RefusedReading } from '../message/parse.ts'
import { serialise, statusLine } from '../message/serialise.ts'
import type { After } from '../transaction/run.ts'
import type { ServerTransaction, Transactions } from '../transaction/transactions.ts'
import type { Peer } from '../transport/peer.ts'
import { tagOf } from './ids.ts'
import { openIncoming, type Incoming } from './incoming.ts'
import { allowHeader, callMethods, inspect, sessionType, supported } from './inspect.ts'
import type { IncomingRequest, RequestHandler } from './types.ts'

/** Seconds an overloaded stack asks to be left alone. */
const overloadS = '5'

/** Holds on to nothing, unlike a function made where a request is at hand. */
const nothing = () => undefined

type Taker = (incoming: Incoming) => void | Promise<void>

export type CoreServer = {
  /** INVITEs outside dialogs go there; the returned function stops that. */
  readonly takeInvites: (taker: Taker) => () => void
  readonly handle: (method: string, handler: RequestHandler) => () => void
  readonly takeRequest: (request: SipRequest, source: Peer, transaction: ServerTransaction) => void
  readonly refuseMerged: (request: SipRequest, source: Peer) => void
  readonly refuseOverload: (request: SipRequest, source: Peer) => void
  /** Answers what could not be read. */
  readonly refuseReading: (reading: RefusedReading, source: Peer) => void
}

/** Receives requests (RFC 3261 §8.2): applies the rules of all methods, then asks whoever handles the method. */
export const createServer = (deps: {
  log: Log
  send: (bytes: Buffer, to: Peer, connect: boolean) => void
  after: After
  transactions: () => Transactions
  digest: ReturnType<typeof createDigestServer>
  product: string
  /** Takes a request of a dialog; false when there is no such dialog. */
  takeWithin: (incoming: Incoming) => boolean
}): CoreServer => {
  const { log, send } = deps
  const handlers = new Map<string, RequestHandler>()
  /** The INVITEs that a CANCEL may be about. */
  const invites = new WeakMap<ServerTransaction, Pick<Incoming, 'tag' | 'cancel'>>()
  const server: Header = { name: 'Server', value: deps.product }

  let inviteTaker: Taker | undefined

  const methods = (): string[] => [
    ...new Set([...handlers.keys(), 'OPTIONS', ...(inviteTaker ? callMethods : [])]),
  ]

  const stateless = (request: SipRequest, source: Peer, parts: ResponseParts) => {
    if (request.method === 'ACK') return
    const toTag = tagOf(request.via[0]?.text ?? '')
    const headers = [server, ...(parts.headers ?? [])]
    const bytes = responseTo(request, source, { toTag, ...parts, headers })
    send(bytes, replyPeer(request.via[0], source), false)
  }

  const takeCancel = (request: SipRequest, source: Peer, transaction: ServerTransaction) => {
    const invite = invites.get(deps.transactions().inviteOf(request) ?? transaction)
    // With the tag of the INVITE (RFC 3261 §9.2).
    const incoming = openIncoming({ ...deps, request, source, transaction, tag: invite?.tag })
    incoming.respond(invite ? 200 : 481)
    invite?.cancel()
  }

  const answerOptions = ({ respond }: IncomingRequest) =>
    respond(200, {
      headers: [
        allowHeader(methods()),
        { name: 'Accept', value: sessionType },
        { name: 'Accept-Encoding', value: 'identity' },
        { name: 'Supported', value: supported.join(', ') },
      ],
    })

  const handlerOf = (method: string): Taker => {
    const own = handlers.get(method)
    if (own) return own
    if (method === 'OPTIONS') return answerOptions
    if (method === 'INVITE' && inviteTaker) return inviteTaker
    // BYE, PRACK and the like without a dialog.
    return ({ respond }) => respond(481)
  }

  const run = async (handler: Taker, incoming: Incoming, isOpen: () => boolean) => {
    try {
      await handler(incoming)
    } catch (error) {
      log.error('sip handler failed', { method: incoming.request.method, error })
      if (isOpen()) incoming.respond(500)
    }
  }

  return {
    takeInvites: (taker) => {
      if (inviteTaker) throw new Error('calls have a handler already')
      inviteTaker = taker
      return () => (inviteTaker = undefined)
    },
    handle: (method, handler) => {
      if (/^(?:INVITE|ACK|CANCEL)$/.test(method)) throw new Error(`${method} belongs to calls`)
      if (handlers.has(method)) throw new Error(`${method} has a handler already`)
      handlers.set(method, handler)
      return () => void handlers.delete(method)
    },
    takeRequest: (request, source, transaction) => {
      if (request.method === 'CANCEL') {
        takeCancel(request, source, transaction)
        return
      }
      // The transaction lives on for half a minute; the call it was for should not.
      const ended = (tag: string) => {
        if (request.method === 'INVITE') invites.set(transaction, { tag, cancel: nothing })
      }
      const incoming = openIncoming({ ...deps, request, source, transaction, ended })
      if (request.method === 'INVITE' && transaction.isOpen()) invites.set(transaction, incoming)
      // Within a call everything of calls is allowed, also where only outgoing ones are wanted.
      const isWithin = request.to.params.has('tag')
      const refusal = inspect(request, isWithin ? [...methods(), ...callMethods] : methods())
      if (refusal) {
        const { status, ...answer } = refusal
        incoming.respond(status, answer)
        return
      }
      if (isWithin) {
        if (!deps.takeWithin(incoming)) incoming.respond(481)
        return
      }
      void run(handlerOf(request.method), incoming, transaction.isOpen)
    },
    refuseMerged: (request, source) => stateless(request, source, { status: 482 }),
    refuseOverload: (request, source) =>
      stateless(request, source, {
        status: 503,
        headers: [{ name: 'Retry-After', value: overloadS }],
      }),
    refuseReading: ({ status, reason, headers, via }, source) => {
      const copied = copiedFields(headers, via, source)
      const bytes = serialise(statusLine(status, reason), { headers: [...copied, server] })
      send(bytes, replyPeer(via, source), false)
    },
  }
}
