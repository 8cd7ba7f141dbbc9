/**
 * What participants do with their keys while they are in a room (FreeSWITCH: caller controls). A control changes what
 * an API call could change as well, through the same door: whoever has the room implements the target.
 */
export type ControlTarget = {
  /** As they are at this moment. */
  readonly settings: () => ControlSettings
  /**
   * What is not named stays; only what becomes different is named. `settings` tells the new values as soon as this was
   * called. Everybody is told as if the API had done it, and the participant hears it: the controls play nothing.
   */
  readonly change: (change: Partial<ControlSettings>) => Promise<void>
  readonly hangUp: () => void
}

/** Of the participant, but for the lock, which is the room's. */
export type ControlSettings = {
  readonly speak: boolean
  readonly hear: boolean
  /** 0 to 1,800. */
  readonly energyLevel: number
  /** What others hear of the participant, decibels: −12 to 12. */
  readonly gainInDb: number
  /** What the participant hears, decibels: −12 to 12. */
  readonly gainOutDb: number
  readonly isLocked: boolean
}
