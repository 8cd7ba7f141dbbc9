import type { Scope } from '../../platform/scope.ts'
import type { Peer } from '../../sip/sip.ts'
import type { SipDevice } from '../devices/devices.ts'

/**
 * Legs: a SIP call and what it sounds like, as one thing. Owns offer and answer, hold, symmetric RTP, the timeout of a phone
 * that vanished, and that ending one side ends the other. Whatever a leg started ends with its scope.
 */
export type Legs = {
  /**
   * Takes incoming calls; the last handler standing. Calls come authenticated where the settings demand it, and from
   * allowed addresses only; what is offered to the handler can be answered (its description is acceptable).
   */
  readonly take: (handler: (call: IncomingLeg) => void) => void
  /** Places a call. */
  readonly place: (placing: Placing) => PlacedLeg
  /** Whether a call that lives or is being placed has this Call-ID: it cannot be given to another one. */
  readonly hasCall: (callId: string) => boolean
  /** Those that live, and those that are being answered or placed. */
  readonly count: () => number
}

/** Who is at the other end. */
export type Party = { readonly name: string; readonly number: string }

export type IncomingLeg = {
  readonly callId: string
  /** The account the called domain stands for. */
  readonly accountId: string
  /** User part of the called address, decoded: a number, an extension or an id. */
  readonly dialled: string
  readonly caller: Party
  /** Whose phone it proved to be, when it had to or wanted to. */
  readonly device: SipDevice | undefined
  /** Aborted when it ended without an answer: the caller gave up, or SIP stops. */
  readonly gone: AbortSignal
  readonly ring: () => void
  /**
   * Rejects with a `LegError` when the caller gave up meanwhile, or when it cannot be answered (the caller then heard why).
   */
  readonly answer: () => Promise<Leg>
  /** A final status from 400 on. */
  readonly reject: (status: number, reason?: string) => void
}

export type Leg = {
  /** Its id in the engine. */
  readonly legId: string
  /** SIP Call-ID. */
  readonly callId: string
  readonly accountId: string
  readonly direction: 'incoming' | 'outgoing'
  readonly party: Party
  readonly device: SipDevice | undefined
  /** Disposed when the leg has ended: timers, plays and listeners of the leg belong here. */
  readonly scope: Scope
  /** Digits the other side dials: RFC 4733, or SIP INFO. The returned function stops listening. */
  readonly onDigit: (listener: (digit: string) => void) => () => void
  readonly isOnHold: () => boolean
  /**
   * Idempotent. The reason is sent along (RFC 3326): a cause of FreeSWITCH, which then is that of the end, or words.
   */
  readonly hangUp: (reason?: string) => void
  readonly ended: Promise<LegEnd>
}

export type LegEnd = {
  readonly by: 'local' | 'remote' | 'failed'
  /** A hang-up cause of FreeSWITCH: `NORMAL_CLEARING`, `MEDIA_TIMEOUT`, … */
  readonly cause: string
}

export type Placing = {
  readonly accountId: string
  readonly to: Destination
  readonly from: Party
  /** For the whole attempt, until it is answered. */
  readonly timeoutMs: number
  /** SIP Call-ID to use; a fresh one when missing. One that is no Call-ID or in use fails the call. */
  readonly callId?: string
  /** Who the other side will be, once it answered. */
  readonly party: Party
  readonly device?: SipDevice
  readonly onRinging?: () => void
}

/** Where a call goes. */
export type Destination = {
  /** Request-URI. */
  readonly uri: string
  /** Where to send it when not to what the URI names: the source of a registration, a trunk. */
  readonly target?: Peer
  readonly credentials?: { readonly username: string; readonly password: string }
  /** From domain; the account's when missing. */
  readonly domain?: string
}

export type PlacedLeg = {
  readonly callId: string
  /** Idempotent; hangs up even when the answer is on its way. Later, it changes nothing. */
  readonly cancel: () => void
  /** Never rejects. */
  readonly outcome: Promise<
    | { readonly kind: 'answered'; readonly leg: Leg }
    /** A hang-up cause of FreeSWITCH: `USER_BUSY`, `NO_ANSWER`, `ORIGINATOR_CANCEL`, … */
    | { readonly kind: 'failed'; readonly cause: string; readonly status: number | undefined }
  >
}

/** Against floods. Sources are IP addresses. */
export type LegLimits = {
  /** Legs at once; more are answered 503, or fail with SWITCH_CONGESTION. */
  legs: number
  /** Incoming calls of one source that wait for an answer; more are answered 503. */
  waitingPerSource: number
  /** Calls of one source that were refused within `windowMs` before it is answered 503. */
  refusedPerSource: number
  windowMs: number
  /** An incoming call nobody answered for so long is answered 480. */
  ringingMs: number
  /** A phone that was silent while it held is hung up when it is so long silent afterwards. */
  resumeMs: number
}

/** Why there is no leg. */
export class LegError extends Error {
  /** `gone`: the caller gave up; `unavailable`: there was no port, or no agreement. */
  readonly code: 'gone' | 'unavailable'
  constructor(code: LegError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'LegError'
    this.code = code
  }
}
