import type { LevelMetric } from '#contract/edit-list'

/** How levels are written wherever people read one. */

export const unitOf: Readonly<Record<LevelMetric, string>> = {
  peak: 'dBFS',
  loudness: 'LUFS',
  active_level: 'dBov',
}

/** One decimal with a real minus sign: "−17.6". What rounds to nothing has no sign. */
export const levelText = (decibels: number): string => {
  const text = Math.abs(decibels).toFixed(1)
  return decibels < 0 && Number(text) !== 0 ? `−${text}` : text
}

/** A gain, or a change of level: shows its sign either way: "+3.0", "−1.2". */
export const gainText = (decibels: number): string => {
  const text = levelText(decibels)
  return decibels > 0 && Number(text) !== 0 ? `+${text}` : text
}
