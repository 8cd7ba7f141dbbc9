import type { EditList } from '#contract/edit-list'
import type { Law } from '#sound/telephone/caller-path'

/** The same frames twice, an array a channel: as they are, and as a caller hears them. */
export type Sound = { plain: readonly Float32Array[]; caller: readonly Float32Array[] }

/** Frames [from, to) of a list; silence behind its end. */
export type RenderSound = (
  list: EditList,
  range: { from: number; to: number },
  law: Law,
) => Promise<Sound>

/** A loudspeaker with a clock, fed with sounds at times of that clock (seconds). */
export type Output = {
  sampleRateHz: number
  /** What it does differently from the list, in words. */
  note: string | null
  /** Up to where the machine has fetched samples. */
  now: () => number
  /** What leaves the loudspeaker at this moment. */
  heard: () => number
  resume: () => Promise<void>
  /** Plays a sound at a time; `fadeS` softens both its ends. The answer takes it back. */
  play: (sound: Sound, at: number, fadeS?: number) => () => void
  /** Fades out in a moment whatever sounds, and forgets it. */
  hush: () => void
  /** Which of the two is heard, changed within 10 ms. */
  setCaller: (isCaller: boolean) => void
  /** Makes what the caller hears louder by this many decibels. */
  setMatch: (db: number) => void
  close: () => void
}

export type OpenOutput = (sampleRateHz: number) => Output
