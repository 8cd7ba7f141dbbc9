import type { Columns } from '#sound/edit-list/peaks'
import { levelText } from '#sound/levels/level-text'

/** "−9.3 dB", with a real minus sign; silence has no number. */
export const decibelText = (decibels: number): string => {
  if (decibels <= -120) return 'silent'
  return `${levelText(decibels)} dB`
}

/** The peak of all channels at a column; undefined where nothing is known. */
export const peakText = (columns: Columns | undefined, column: number): string | undefined => {
  if (!columns || column < 0 || column >= columns.columns) return undefined
  if (columns.missing[column] === 1) return undefined
  let peak = 0
  for (let channel = 0; channel < columns.channels; channel++) {
    const at = column * columns.channels + channel
    peak = Math.max(peak, Math.abs(columns.min[at] ?? 0), Math.abs(columns.max[at] ?? 0))
  }
  return decibelText(20 * Math.log10(Math.max(1e-9, peak)))
}
