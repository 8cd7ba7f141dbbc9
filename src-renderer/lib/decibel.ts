import { levelText } from '#sound/levels/level-text'

/** A level with a real minus sign; silence has no level. */
export const decibelText = (level: number | undefined, unit = 'dBFS'): string => {
  if (level === undefined || !Number.isFinite(level) || level <= -120) return '−∞'
  return `${levelText(level)} ${unit}`
}
