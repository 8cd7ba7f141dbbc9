import type { Refusal } from '../core/inspect.ts'
import type { Answer, IncomingRequest, Outcome } from '../core/types.ts'
import type { Header, NameAddr, SipRequest, SipResponse } from '../message/message.ts'
import type { Peer } from '../transport/peer.ts'

/** A call that was answered, from either side. */
export type Call = {
  readonly callId: string
  /** Who is at the other end, as From or To named them. */
  readonly remote: NameAddr
  /**
   * Offers another description (hold, another address). 491 is tried again, as RFC 3261 §14.1 wants it; 491 without a
   * response means that another offer is still open. The answer is the response's body.
   */
  readonly offer: (description: Buffer) => Promise<Outcome>
  /** Sends INFO. */
  readonly info: (contentType: string, body: Buffer) => Promise<Outcome>
  /** Hangs up. Idempotent; `onEnd` is told once. */
  readonly bye: (headers?: readonly Header[]) => void
  /** Resolves once both sides know that it is over, or the other one cannot be told. */
  readonly settled: Promise<void>
}

/** What the owner of a call does for it. */
export type CallOwner = {
  /**
   * Answers an offer of the other side with our description, or refuses it (488). Without an offer the other
   * side wants one: the description is ours then, and `onAnswer` gets what comes back.
   */
  readonly onOffer: (offer: Buffer | undefined) => Buffer | Refusal
  /** The answer to a description that was an offer of ours and went out in a response; undefined when its ACK had none. */
  readonly onAnswer?: (answer: Buffer | undefined) => void
  /** Answers INFO with a status; 415 when missing. */
  readonly onInfo?: (request: SipRequest) => number
  /** The call is over; nothing is called after it. */
  readonly onEnd: (end: CallEnd) => void
}

export type CallEnd = {
  /** `failed`: an ACK that never came, a session that expired, a peer that is gone. */
  readonly by: 'local' | 'remote' | 'failed'
  readonly reason: string
  /** The BYE of the other side. */
  readonly request?: SipRequest
}

/** An INVITE that waits for an answer. */
export type IncomingCall = Pick<IncomingRequest, 'request' | 'source' | 'authenticate'> & {
  /** Aborted when it ended unanswered: the caller gave up, or never acknowledged that it rings (RFC 3262). */
  readonly cancelled: AbortSignal
  /** The address of this machine that the caller sees. */
  readonly host: string
  /** Undefined when the caller wants an offer: then the description given to `accept` is one. */
  readonly offer: Buffer | undefined
  /** 180, 183 …: sent reliably (RFC 3262) when the caller demands it, or can and gets a body. */
  readonly ring: (status: number, answer?: Answer) => void
  /** Answers 200. A 2xx waits until reliable provisional responses have arrived. */
  readonly accept: (description: Buffer, owner: CallOwner, headers?: readonly Header[]) => Call
  /** Any final status from 300 on. */
  readonly reject: (status: number, answer?: Answer) => void
}

export type CallHandler = (call: IncomingCall) => void | Promise<void>

export type InviteRequest = {
  /** Request-URI. */
  uri: string
  /** A new one when missing. */
  callId?: string
  to?: string
  /** From without its tag. */
  from: string
  target?: Peer
  headers?: readonly Header[]
  /** The offer. */
  description: Buffer
  /** Answers one 401 or 407 to the INVITE, and to each request within the call. */
  credentials?: { username: string; password: string }
  owner: CallOwner
  /** Every provisional response above 100, with a description when it has one. */
  onProgress?: (response: SipResponse) => void
}

export type OutgoingCall = {
  /** Ends before it was answered: 487 then. Later, it changes nothing. The header fields go into the CANCEL. */
  readonly cancel: (headers?: readonly Header[]) => void
  readonly outcome: Promise<CallOutcome>
}

export type CallOutcome =
  | { readonly kind: 'answered'; readonly call: Call; readonly response: SipResponse }
  | ({ readonly kind: 'failed' } & Outcome)
