import type { Playable, Rate } from '../../engine/port.ts'

/**
 * What callers hear, ready for the engine: prompts, media, URLs, tones and numbers as raw samples in files that are
 * made once per content and rate.
 */
export type Playback = {
  /**
   * The first of the alternatives that can be played. Nothing is ever silence by accident: what is missing or cannot be
   * decoded is listed with a reason for people, and its place in `items` is taken by a short tone.
   */
  readonly prepare: (request: {
    accountId: string
    /** Prompts are looked up in it, then as KAZOO falls back. */
    language: string
    rate: Rate
    items: readonly Audible[]
    signal?: AbortSignal
  }) => Promise<Prepared>
}

export type Prepared = {
  readonly items: readonly Playable[]
  readonly problems: readonly { readonly what: string; readonly message: string }[]
  /** Ends the use of its files: they may be removed when nobody uses them. Idempotent. */
  readonly release: () => void
}

/** Something to be heard, as documents and requests name it. */
export type Audible =
  | { readonly kind: 'prompt'; readonly promptId: string }
  /** As a document names it: a media id, `/ACCOUNT/MEDIA_ID`, `prompt://…`, `tone_stream://…`, `silence_stream://MS`, a URL. */
  | { readonly kind: 'media'; readonly reference: string }
  | { readonly kind: 'tones'; readonly text: string }
  /** A number from 0 to 9,999, said by prompts or by the speech engine. */
  | { readonly kind: 'number'; readonly value: number }
  /** Raw samples on disk, such as a recorded name. */
  | { readonly kind: 'file'; readonly path: string; readonly rate: Rate }
