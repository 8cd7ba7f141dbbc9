import type { ConferenceDocument } from '#contract/conferences'
import type { Audible } from '../../playback/playback.ts'

/** Where somebody is on the way into a conference. */
export type EntryState =
  | { readonly phase: 'ringing' | 'refused' | 'over'; readonly facts: EntryFacts }
  | WelcomeState
  | PinState
  | NameState
  | SeatState

export type WelcomeState = {
  readonly phase: 'welcome'
  readonly facts: EntryFacts
  readonly role: Role
}

export type PinState = {
  readonly phase: 'pin'
  readonly facts: EntryFacts
  readonly typed: string
  readonly failed: number
}

/** The name is asked for, and recorded. */
export type NameState = {
  readonly phase: 'naming' | 'recording'
  readonly facts: EntryFacts
  readonly role: Role
}

/** Waits for a moderator, hears that it joins, is being seated. */
export type SeatState = {
  readonly phase: 'waiting' | 'joining' | 'admitting'
  readonly facts: EntryFacts
  readonly role: Role
  readonly namePath: string | undefined
}

export type Role = 'member' | 'moderator'

/** What is known when a call arrives. */
export type EntryFacts = {
  /** With all defaults. */
  readonly conference: ConferenceDocument
  /** Undefined: the conference was called by its id, or by a number of no role, or of both. */
  readonly roleByNumber: Role | undefined
  /** As it is now. */
  readonly room: EntryRoom
}

/** A room that does not run is unlocked and empty. Ghosts are no participants. */
export type EntryRoom = {
  readonly isLocked: boolean
  readonly participants: number
  readonly hasModerator: boolean
}

export type Refusal = 'locked' | 'full' | 'too_many_attempts'

export type EntryEvent =
  | { readonly kind: 'answered' }
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'timer' }
  | { readonly kind: 'played' }
  /** Without a path when nothing could be recorded. */
  | { readonly kind: 'recorded'; readonly path: string | undefined; readonly ms: number }
  /** The room changed: unlocked, a moderator came, a seat is free. */
  | { readonly kind: 'room'; readonly room: EntryRoom }
  /** Too many wrong PINs were typed lately, in this call and others: nothing that is typed counts any more. */
  | { readonly kind: 'blocked' }
  /** The room refused the seat: it changed a moment ago. */
  | { readonly kind: 'refused'; readonly refusal: 'locked' | 'full' }

export type EntryCommand =
  /** Instead of what plays. Ends with `played`, unless another `play` or `hush` comes first. */
  | { readonly kind: 'play'; readonly items: readonly Audible[]; readonly loop?: true }
  | { readonly kind: 'hush' }
  /** One timer; setting it again replaces it. */
  | { readonly kind: 'timer'; readonly ms: number | undefined }
  /** Records the caller until `stop-recording` or `maximumMs`; ends with `recorded`. */
  | { readonly kind: 'record-name'; readonly maximumMs: number }
  | { readonly kind: 'stop-recording' }
  /** Somebody guessed. */
  | { readonly kind: 'wrong-pin' }
  | { readonly kind: 'admit'; readonly role: Role; readonly namePath: string | undefined }
  | { readonly kind: 'hang-up'; readonly cause: string }
  /** For the timeline, in words. */
  | { readonly kind: 'note'; readonly text: string }

export type Step = { readonly state: EntryState; readonly commands: readonly EntryCommand[] }
