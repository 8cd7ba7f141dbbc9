import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Scope } from '../platform/scope.ts'
import type { CallHandler, InviteRequest, OutgoingCall } from './call/types.ts'
import { findPeer } from './core/exchange.ts'
import { sentByOf } from './core/outgoing.ts'
import { createStack, type Stack } from './stack.ts'
import type { Outcome, OutgoingRequest, RequestHandler } from './core/types.ts'
import type { Peer } from './transport/peer.ts'
import { addressesOf, openWire } from './transport/transport.ts'

export type {
  Call,
  CallEnd,
  CallOwner,
  IncomingCall,
  InviteRequest,
  OutgoingCall,
} from './call/types.ts'
export { createLimiter } from './digest/limiter.ts'
export type { IncomingRequest, Outcome, OutgoingRequest, RequestHandler } from './core/types.ts'
export { parseAddresses } from './message/address.ts'
export { valuesOf } from './message/headers.ts'
export { quote } from './message/scanner.ts'
export { escapeUser, hostText, parseUri } from './message/uri.ts'
export { answerOffer, createOffer, readAnswer } from './sdp/negotiate.ts'
export type { AgreedAudio, LocalAudio, Refused } from './sdp/negotiate.ts'
export type { CodecName } from './sdp/audio.ts'
export type { Header, NameAddr, SipRequest, SipUri, Uri } from './message/message.ts'
export type { Peer } from './transport/peer.ts'

/**
 * The SIP stack: messages, transactions and dialogs over UDP and TCP (RFC 3261). It knows no audio, no
 * database and no HTTP. What it starts is owned by the scope it was given.
 */
export type Sip = {
  /** `127.0.0.1:5060`: where both transports listen. */
  readonly address: string
  readonly port: number
  /**
   * Takes requests of one method that belong to no dialog (`REGISTER`, `SUBSCRIBE`, …). The returned function
   * takes it away again. A second handler for a method throws. OPTIONS is answered by the stack itself
   * unless there is a handler; a method nobody handles gets 405 or 501 with Allow.
   */
  readonly handle: (method: string, handler: RequestHandler) => () => void
  /**
   * Sends a request outside dialogs and waits for its final response, or for what stands for one; when the stack
   * stops, that is 503. Rejects only for INVITE, ACK and CANCEL, which belong to calls.
   */
  readonly request: (request: OutgoingRequest) => Promise<Outcome>
  /** Takes incoming calls; the returned function stops that. A second handler throws. */
  readonly answer: (handler: CallHandler) => () => void
  /** Places a call. */
  readonly invite: (request: InviteRequest) => OutgoingCall
  /**
   * Where a request would go, and the address of this machine that is seen from there: what a description has to be
   * written for. An outcome when it cannot go anywhere.
   */
  readonly route: (to: {
    uri: string
    target?: Peer | undefined
  }) => Promise<{ peer: Peer; host: string } | Outcome>
  /** All IP addresses of a host, none when it has none. */
  readonly addressesOf: (host: string) => Promise<readonly string[]>
}

export type SipOptions = {
  scope: Scope
  log: Log
  clock: Clock
  /** One address for both transports; port 0 picks a free one. */
  bind: { host: string; port: number }
  /** Protection realm of digest authentication. */
  realm: string
  /** Server and User-Agent. */
  product: string
  /**
   * A digest challenge for each, in this order; MD5 alone when missing, because many phones, baresip and SIPp
   * among them, give up at the first challenge they do not know.
   */
  algorithms?: readonly ('MD5' | 'SHA-256')[]
  limits?: Partial<SipLimits>
}

/** Against floods. Sources are IP addresses. */
export type SipLimits = {
  /** TCP connections at once, and of one source. */
  connections: number
  connectionsPerSource: number
  /** A TCP connection without a byte for so long is closed. */
  idleMs: number
  /** Transactions at once; more are answered 503. */
  transactions: number
  /** Failed authentications of one source within `failureWindowMs` before it is refused with 503. */
  failuresPerSource: number
  /** Challenges one source may leave unanswered within `failureWindowMs`. */
  challengesPerSource: number
  failureWindowMs: number
}

const usualLimits: SipLimits = {
  connections: 1_000,
  connectionsPerSource: 200,
  // Longer than an hour's registration, whose phone is called through its connection.
  idleMs: 4_200_000,
  // Each lives 32 s after its answer and takes about 3 KB: 750 calls a second.
  transactions: 50_000,
  failuresPerSource: 20,
  challengesPerSource: 2_000,
  failureWindowMs: 60_000,
}

/** Starts listening. Rejects when the address is taken or not of this machine; nothing is left running then. */
export const createSip = async (options: SipOptions): Promise<Sip> => {
  const { log, clock, bind, realm, product, algorithms = ['MD5'] } = options
  const limits = { ...usualLimits, ...options.limits }
  const scope = options.scope.child('sip')
  const above: { stack?: Stack } = {}
  const wire = await openWire({
    ...{ scope, log, bind, limits },
    events: {
      received: (bytes, from) => above.stack?.received(bytes, from),
      failed: (to, why) => above.stack?.failed(to, why),
    },
  })
  const stack = createStack({
    ...{ wire, log, realm, product, limits, algorithms },
    nowMs: clock.nowMs,
    after: (ms, run) => scope.timeout(run, ms),
    stopped: scope.signal,
  })
  above.stack = stack
  const { handle, request, answer, invite } = stack
  const route: Sip['route'] = async (to) => {
    const peer = await findPeer(wire, to)
    return 'status' in peer ? peer : { peer, host: await wire.localHost(peer) }
  }
  const address = sentByOf(wire)
  return { address, port: wire.port, handle, request, answer, invite, route, addressesOf }
}
