import type { CodecName, Rate } from '../port.ts'

/** A tick of the engine: 20 ms. */
export const TICK_MS = 20

/** Samples of a tick. */
export const samplesOf = (rate: Rate): number => rate / 50

/**
 * 20 ms that somebody hears, and what they are on the wire. The same object is given to everybody who hears the same, so
 * that it is encoded once. Valid until the next tick: whoever wants to keep it copies.
 */
export type Sound = {
  readonly rate: Rate
  readonly samples: Int16Array
  /** Silence is known to be silence without looking at the samples. */
  readonly isSilent: boolean
  /** Bytes of the codec at the codec's own rate; made at the first call in a tick. */
  readonly encoded: (codec: CodecName) => Uint8Array
}
