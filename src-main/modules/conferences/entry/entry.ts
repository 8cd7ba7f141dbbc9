import type { Audible } from '../../playback/playback.ts'
import type { ConferenceDocument } from '#contract/conferences'

/**
 * How somebody gets into a conference, from the answered call to a seat or a goodbye (spec: kazoo.md §4.7). Pure: what
 * happened goes in, what is to be done comes out.
 */
export type EntryState = { readonly phase: string }

export type Role = 'member' | 'moderator'

/** What is known when a call arrives. */
export type EntryFacts = {
  readonly conference: ConferenceDocument
  /** Undefined: the conference was called by its id, or by a number of no role. */
  readonly roleByNumber: Role | undefined
  /** Does the room run, is it locked, how many are in it, is a moderator there: asked when it matters. */
  readonly room: { isLocked: boolean; participants: number; hasModerator: boolean }
}

export type EntryEvent =
  | { readonly kind: 'answered' }
  | { readonly kind: 'digit'; readonly digit: string }
  | { readonly kind: 'timer' }
  | { readonly kind: 'played' }
  | { readonly kind: 'recorded'; readonly path: string; readonly ms: number }
  /** The room changed while somebody waits: unlocked, a moderator came, a seat is free. */
  | { readonly kind: 'room'; readonly room: EntryFacts['room'] }

export type EntryCommand =
  /** Ends with `played`, unless another `play` or `hush` comes first. */
  | { readonly kind: 'play'; readonly items: readonly Audible[]; readonly loop?: true }
  | { readonly kind: 'hush' }
  /** One timer; setting it again replaces it. */
  | { readonly kind: 'timer'; readonly ms: number | undefined }
  /** Records the caller until a digit or `maximumMs`; ends with `recorded`. */
  | { readonly kind: 'record-name'; readonly maximumMs: number }
  | { readonly kind: 'stop-recording' }
  | { readonly kind: 'admit'; readonly role: Role; readonly namePath: string | undefined }
  | { readonly kind: 'hang-up'; readonly cause: string }
  /** For the timeline, in words. */
  | { readonly kind: 'note'; readonly text: string }
