/**
 * Who talks, as FreeSWITCH's conference_loop.c decides it, in frames of 20 ms: what is above the energy level opens the
 * gate. Talking starts with a frame 400 above it or after five open frames, and stops after 40 closed ones.
 */
export type Talk = {
  /** From a start to a stop. */
  talking: boolean
  /** Smoothed score. */
  energy: number
  /** Frames towards a start, and towards a stop. */
  opened: number
  closed: number
}

const START_FRAMES = 5
const STOP_FRAMES = 40
const START_AT_ONCE = 400
const MOST_ENERGY = 25_000

export const createTalk = (): Talk => ({ talking: false, energy: 0, opened: 0, closed: 0 })

/** As if nothing had ever been said. */
export const resetTalk = (talk: Talk): void => {
  talk.talking = false
  talk.energy = 0
  talk.opened = 0
  talk.closed = 0
}

/** Mean absolute sample, whole. */
export const scoreOf = (samples: Int16Array): number => {
  const { length } = samples
  let sum = 0
  for (let i = 0; i < length; i += 1) {
    const sample = samples[i] ?? 0
    // The magnitude without a branch, which noise would mislead at every second sample.
    const sign = sample >> 31
    sum = (sum + ((sample ^ sign) - sign)) | 0
  }
  return Math.trunc(sum / length)
}

const open = (talk: Talk, above: number): void => {
  if (talk.closed > 0) talk.closed -= 1
  talk.opened += 1
  if (above < START_AT_ONCE && talk.opened < START_FRAMES) return
  talk.opened = 0
  talk.closed = 0
  talk.talking = true
}

const close = (talk: Talk): void => {
  if (talk.opened > 0) talk.opened -= 1
  if (!talk.talking) return
  talk.closed += 1
  if (talk.closed < STOP_FRAMES) return
  talk.opened = 0
  talk.closed = 0
  talk.talking = false
}

/** Of a frame with that score; 0 where none came. */
export const hear = (talk: Talk, score: number, energyLevel: number): void => {
  talk.energy = Math.min(MOST_ENERGY, Math.trunc((score + 4 * talk.energy) / 5))
  if (score > energyLevel) open(talk, score - energyLevel)
  else close(talk)
}
