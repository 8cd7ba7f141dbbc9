/** A level with a real minus sign; silence has no level. */
export const decibelText = (level: number | undefined, unit = 'dBFS'): string => {
  if (level === undefined || !Number.isFinite(level) || level <= -120) return '−∞'
  const rounded = Math.round(level * 10) / 10
  return `${rounded < 0 ? '−' : ''}${Math.abs(rounded).toFixed(1)} ${unit}`
}
