import type { Header, SipRequest, SipResponse } from '../message/message.ts'
import type { Peer } from '../transport/peer.ts'

/** May answer later; what it throws is logged and answered 500. */
export type RequestHandler = (incoming: IncomingRequest) => void | Promise<void>

/** A request that passed every rule of RFC 3261 §8.2 up to the method's own. Retransmissions are absorbed. */
export type IncomingRequest = {
  readonly request: SipRequest
  /** Where the packet came from, which is not what a phone behind NAT writes into Via and Contact. */
  readonly source: Peer
  /** Aborted when the sender of an INVITE cancels it; it has been answered 487 then. */
  readonly cancelled: AbortSignal
  /**
   * Digest (RFC 7616): the user name whose password the request proves to know. When it proves nothing, undefined:
   * the request has then been answered (401 with a challenge, 403, or 503 with Retry-After for a source that
   * failed too often) and there is nothing left to do.
   */
  readonly authenticate: (
    passwordOf: (username: string) => string | undefined,
  ) => string | undefined
  /**
   * Answers. Via, From, To with a tag, Call-ID, CSeq, Server and Content-Length are added. A final response
   * ends it: a second one throws, because two handlers then disagree. After a CANCEL nothing is sent any more.
   */
  readonly respond: (status: number, answer?: Answer) => void
}

export type Answer = {
  /** The standard phrase of the status when missing. */
  reason?: string
  headers?: readonly Header[]
  body?: Buffer
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
