import type { EngineEvent, PlayOptions } from '../port.ts'

/**
 * What plays to one target, a room or a leg: queued plays one after the other, the others mixed with them. Pulled
 * once a tick; nothing happens in it but by its calls, and all of them are of the same thread.
 */
export type Playlist = {
  readonly add: (play: Omit<PlayOptions, 'to'>) => void
  /** At once, with a fade of 5 ms that the next `pull` brings. False: no such play. */
  readonly stop: (playId: string) => boolean
  /** Whether it plays or waits. */
  readonly has: (playId: string) => boolean
  /** Nothing plays, waits or fades: need not be pulled. */
  readonly isIdle: () => boolean
  /**
   * The next 20 ms at the rate that the length of `into` means (160 or 320 samples); the rate may change at any time.
   * True: `into` was written over. False: silence, `into` is as it was.
   */
  readonly pull: (into: Int16Array) => boolean
  /** Ticks in which something was to play and the disk had not brought it yet. */
  readonly underruns: () => number
  /** Stops everything, reported as stopped. */
  readonly close: () => void
}

export type PlayDone = Extract<EngineEvent, { event: 'play-done' }>
