import type { Member, Rate } from '../port.ts'
import type { Sound } from './sound.ts'

/** A leg in a room. */
export type Seat = {
  /** Samples of 20 ms at the codec's rate: filled by the caller before a tick, and changed by the tick. */
  readonly input: Int16Array
  /** Whether there is anything in `input`; a tick takes it back. */
  hasInput: boolean
  /** What the leg hears, once a tick was. */
  readonly output: Sound
  /** Is heard, and said so with `start-talking`. */
  readonly talking: boolean
  /** Smoothed mean absolute sample of what comes from it, after its gain. */
  readonly energy: number
  /** Talked so long since it was seated. */
  readonly talkedMs: number
  /** What is not named stays. */
  readonly set: (change: Partial<Member>) => void
  /** A digit was pressed: others hear it as a tone if the member's digits are distributed. */
  readonly addTone: (digit: string, ms: number) => void
  /** 20 ms that this leg alone hears in the next tick, deaf or not. Several are mixed. */
  readonly addPrivate: (samples: Int16Array, rate: Rate) => void
}
