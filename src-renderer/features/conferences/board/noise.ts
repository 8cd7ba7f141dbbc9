/**
 * Who talks all the time without pausing as people do: an open microphone, or music on hold (spec: noise finder). One sample
 * a second is kept for a minute.
 */
export type NoiseTrack = {
  /** Energies, oldest first, one a second. */
  readonly energies: readonly number[]
  /** Talked in this run, at the same moments. */
  readonly talkedMs: readonly number[]
}

export type NoiseFinding = {
  /** Part of the time that was observed in which it talked, 0 to 1. */
  readonly share: number
  /** How much its energy goes up and down: deviation in parts of the mean. Speech has 0.6 and more. */
  readonly unrest: number
  readonly observedMs: number
}

const samples = 60
const everyMs = 1000
/** Nobody is accused for a sentence. */
const leastObservedMs = 20_000
const constantShare = 0.8
const steadyUnrest = 0.35

export const emptyTrack: NoiseTrack = { energies: [], talkedMs: [] }

export const sampled = (track: NoiseTrack, energy: number, talkedMs: number): NoiseTrack => ({
  energies: [...track.energies, energy].slice(-samples),
  talkedMs: [...track.talkedMs, talkedMs].slice(-samples),
})

const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (!(mean > 0)) return Infinity
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return Math.sqrt(square) / mean
}

export const findingOf = ({ energies, talkedMs }: NoiseTrack): NoiseFinding => {
  const observedMs = Math.max(0, talkedMs.length - 1) * everyMs
  const talked = (talkedMs.at(-1) ?? 0) - (talkedMs[0] ?? 0)
  return {
    share: observedMs === 0 ? 0 : Math.min(1, talked / observedMs),
    unrest: deviation(energies),
    observedMs,
  }
}

/** Talks nearly all the time and evenly, or all the time however it sounds. */
export const isNoise = ({ share, unrest, observedMs }: NoiseFinding): boolean =>
  observedMs >= leastObservedMs &&
  ((share >= constantShare && unrest <= steadyUnrest) ||
    (share >= 0.98 && observedMs >= (samples - 2) * everyMs))
