import { GREGORIAN_OFFSET_S } from '#contract/envelope'

/** The only source of wall time, so that tests can hold it still. */
export type Clock = {
  /** Milliseconds since 1970. */
  nowMs: () => number
}

export const systemClock: Clock = { nowMs: () => Date.now() }

/** Gregorian seconds: what Crossbar documents and events carry. */
export const gregorianNow = (clock: Clock): number =>
  Math.floor(clock.nowMs() / 1000) + GREGORIAN_OFFSET_S
