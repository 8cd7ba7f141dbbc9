import type { Rate } from '../port.ts'
import type { Sound } from './sound.ts'

/** A sound that somebody makes, tick by tick. What a tick changes the rate of continues what the tick before it was. */
export type SoundMaker = Sound & {
  /**
   * Begins the next tick and returns its samples, to be filled by the caller; they are zero already when it is silent.
   * `former` is what its listeners heard in the tick before, if that was another sound of the same rate.
   */
  readonly next: (isSilent: boolean, former?: SoundMaker) => Int16Array
  /** This tick at a rate; overwritten by the next one. */
  readonly at: (rate: Rate) => Int16Array
}
