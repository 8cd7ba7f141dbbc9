const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size in decimal units with three significant digits at most: `812 B`, `43.1 kB`, `1.5 MB`. */
export const bytesText = (bytes: number): string => {
  const exponent = units.findLastIndex(
    (_, power) => bytes >= 1000 ** power - (power ? 0.5 * 1000 ** (power - 1) : 0),
  )
  const power = Math.max(0, exponent)
  const value = bytes / 1000 ** power
  const digits = power === 0 || value >= 99.95 ? 0 : 1
  return `${value.toFixed(digits)} ${units[power] ?? 'B'}`
}
