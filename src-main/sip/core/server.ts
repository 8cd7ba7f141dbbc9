import type { Log } from '../../platform/log.ts'
import type { createDigestServer } from '../digest/server.ts'
import type { Header, SipRequest } from '../message/message.ts'
import { copiedFields, replyPeer, responseTo, type ResponseParts } from '../message/response.ts'
import type { RefusedReading } from '../message/parse.ts'
import { serialise, statusLine } from '../message/serialise.ts'
import type { After } from '../transaction/run.ts'
import { callMethods } from '../call/methods.ts'
import type { CallHandler } from '../call/types.ts'
import type { ServerTransaction, Transactions } from '../transaction/transactions.ts'
import type { Peer } from '../transport/peer.ts'
import { tagOf } from './ids.ts'
import { openIncoming, type Incoming } from './incoming.ts'
import { allowHeader, inspect, sessionType, supported } from './inspect.ts'
import type { IncomingRequest, RequestHandler } from './types.ts'

/** Seconds an overloaded stack asks to be left alone. */
const overloadS = '5'

type CallSink = {
  readonly take: (incoming: Incoming) => boolean
  readonly takeInvite: (incoming: Incoming, handler: CallHandler) => Promise<void>
}

export type CoreServer = {
  /** Takes calls from now on. */
  readonly answer: (handler: CallHandler) => () => void
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
  /** Who has the dialogs, and takes INVITEs for the handler. */
  calls: () => CallSink
}): CoreServer => {
  const { log, send } = deps
  const handlers = new Map<string, RequestHandler>()
  /** What a CANCEL does to an INVITE. */
  const cancels = new WeakMap<ServerTransaction, () => void>()
  const server: Header = { name: 'Server', value: deps.product }

  let callHandler: CallHandler | undefined

  const methods = (): string[] => [
    ...new Set([...handlers.keys(), 'OPTIONS', ...(callHandler ? callMethods : [])]),
  ]

  const stateless = (request: SipRequest, source: Peer, parts: ResponseParts) => {
    if (request.method === 'ACK') return
    const toTag = tagOf(request.via[0]?.text ?? '')
    const headers = [server, ...(parts.headers ?? [])]
    const bytes = responseTo(request, source, { toTag, ...parts, headers })
    send(bytes, replyPeer(request.via[0], source), false)
  }

  const takeCancel = (incoming: IncomingRequest) => {
    const invite = deps.transactions().inviteOf(incoming.request)
    incoming.respond(invite ? 200 : 481)
    if (invite) cancels.get(invite)?.()
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

  const handlerOf = (method: string): ((incoming: Incoming) => void | Promise<void>) => {
    const own = handlers.get(method)
    if (own) return own
    if (method === 'OPTIONS') return answerOptions
    const takesCall = callHandler
    if (method === 'INVITE' && takesCall) {
      return (incoming) => deps.calls().takeInvite(incoming, takesCall)
    }
    // BYE, PRACK and the like without a dialog.
    return ({ respond }) => respond(481)
  }

  const run = async (
    handler: (incoming: Incoming) => void | Promise<void>,
    incoming: Incoming,
    isOpen: () => boolean,
  ) => {
    try {
      await handler(incoming)
    } catch (error) {
      log.error('sip handler failed', { method: incoming.request.method, error })
      if (isOpen()) incoming.respond(500)
    }
  }

  return {
    answer: (handler) => {
      if (callHandler) throw new Error('calls have a handler already')
      callHandler = handler
      return () => (callHandler = undefined)
    },
    handle: (method, handler) => {
      if (/^(?:INVITE|ACK|CANCEL)$/.test(method)) throw new Error(`${method} belongs to calls`)
      if (handlers.has(method)) throw new Error(`${method} has a handler already`)
      handlers.set(method, handler)
      return () => void handlers.delete(method)
    },
    takeRequest: (request, source, transaction) => {
      const incoming = openIncoming({ ...deps, request, source, transaction })
      cancels.set(transaction, incoming.cancel)
      if (request.method === 'CANCEL') {
        takeCancel(incoming)
        return
      }
      // Within a call everything of calls is allowed, also where only outgoing ones are wanted.
      const isWithin = request.to.params.has('tag')
      const refusal = inspect(request, isWithin ? [...methods(), ...callMethods] : methods())
      if (refusal) {
        const { status, ...answer } = refusal
        incoming.respond(status, answer)
        return
      }
      if (isWithin) {
        if (!deps.calls().take(incoming)) incoming.respond(481)
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
