import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Scope } from '../platform/scope.ts'
import type { Header, SipRequest, SipResponse } from './message/message.ts'

export type {
  Header,
  NameAddr,
  Params,
  SipRequest,
  SipResponse,
  SipUri,
  Uri,
} from './message/message.ts'

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
  handle: (method: string, handler: RequestHandler) => () => void
  /** Sends a request outside dialogs and waits for its final response; never rejects. */
  request: (request: OutgoingRequest) => Promise<Outcome>
}

/** May answer later; what it throws is logged and answered 500. */
export type RequestHandler = (incoming: IncomingRequest) => void | Promise<void>

/** A request that passed every rule of RFC 3261 §8.2 up to the method's own. Retransmissions are absorbed. */
export type IncomingRequest = {
  readonly request: SipRequest
  /** Where the packet came from, which is not what a phone behind NAT writes into Via and Contact. */
  readonly source: Peer
  /**
   * Digest (RFC 7616): the user name whose password the request proves to know. When it proves nothing, undefined:
   * the request has then been answered (401 with a challenge, 403, or 503 with Retry-After for a source that
   * failed too often) and there is nothing left to do.
   */
  authenticate: (passwordOf: (username: string) => string | undefined) => string | undefined
  /**
   * Answers. Via, From, To with a tag, Call-ID, CSeq, Server and Content-Length are added. A final response
   * ends it: a second one throws, because two handlers then disagree.
   */
  respond: (status: number, answer?: Answer) => void
}

export type Answer = {
  /** The standard phrase of the status when missing. */
  reason?: string
  headers?: readonly Header[]
  body?: Buffer
}

export type Transport = 'udp' | 'tcp'

/** An address on the network; the host is an IP literal. */
export type Peer = {
  readonly transport: Transport
  readonly host: string
  readonly port: number
}

export type OutgoingRequest = {
  method: string
  /** Request-URI: `sip:100@127.0.0.1:5062;transport=tcp`. */
  uri: string
  /** To; the Request-URI when missing. As written into the header: `"Ann" <sip:ann@example.com>`. */
  to?: string
  /** From without its tag. */
  from: string
  /**
   * Where to send it instead of the Request-URI's host: a registered phone's `source`. An open TCP
   * connection to it is used again.
   */
  target?: Peer
  headers?: readonly Header[]
  body?: Buffer
  /** Answers one 401 or 407. */
  credentials?: { username: string; password: string }
}

/** How a request ended. 408 and 503 without a response are what RFC 3261 §8.1.3.1 makes of silence and of a dead transport. */
export type Outcome = { status: number; reason: string; response: SipResponse | undefined }

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
  failureWindowMs: number
}

/** Starts listening. Rejects when the address is taken or not of this machine; nothing is left running then. */
export type CreateSip = (options: SipOptions) => Promise<Sip>
