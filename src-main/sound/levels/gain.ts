import type { LevelMetric } from '#contract/edit-list'
import type { Measures } from '#contract/measures'

export type WantedLevel = {
  metric: LevelMetric
  /** dBFS, LUFS or dBov, as the metric says. */
  level: number
  /** No true peak may end above this, dBTP. */
  ceiling?: number
}

export type Gain = {
  gainDb: number
  /** What was measured: speech level instead of loudness where the sound is too short for that. */
  metric: LevelMetric
  /** How much the ceiling keeps it below the wanted level, dB; 0 when it is reached. */
  missingDb: number
}

/** The gain that brings audio to a level. Undefined where there is nothing to measure. */
export const gainFor = (_measures: Measures, _wanted: WantedLevel): Gain | undefined => {
  throw new Error('being written')
}
