import type { LevelMetric } from '#contract/edit-list'
import type { Measures } from '#contract/measures'

export type WantedLevel = {
  metric: LevelMetric
  /** dBFS, LUFS or dBov, as the metric says. */
  level: number
  /** No true peak may end above this, dBTP. */
  ceiling?: number | undefined
}

export type Gain = {
  gainDb: number
  /** What was measured: speech level instead of loudness where the sound is too short for that. */
  metric: LevelMetric
  /** How much the ceiling keeps it below the wanted level, dB; 0 when it is reached. */
  missingDb: number
}

/** The level by that metric, and the metric that it is by. For speech both differ by half a decibel. */
const measured = (measures: Measures, metric: LevelMetric) => {
  if (metric === 'peak') return { metric, level: measures.peak_dbfs }
  if (metric === 'loudness' && measures.loudness_lufs !== null) {
    return { metric, level: measures.loudness_lufs }
  }
  return { metric: 'active_level' as const, level: measures.active_level_dbov }
}

const rounded = (decibels: number): number => Math.round(decibels * 100) / 100 || 0

/**
 * The gain that brings audio to a level, or as near to it as the ceiling lets it come; what is already
 * above the ceiling is brought down to it. Undefined where there is nothing to measure.
 */
export const gainFor = (measures: Measures, wanted: WantedLevel): Gain | undefined => {
  const { metric, level } = measured(measures, wanted.metric)
  if (level === null) return undefined
  const needed = wanted.level - level
  const { ceiling = Infinity } = wanted
  const room = ceiling - (measures.true_peak_dbtp ?? -Infinity)
  // Down, always: rounding must not lift a peak over the ceiling.
  const gainDb = room < needed ? Math.floor(room * 100) / 100 : rounded(needed)
  return { gainDb, metric, missingDb: rounded(Math.max(0, needed - gainDb)) }
}
