/** Short sounds in tenths of a second (`2.7 s`), longer ones as a clock (`3:05`, `1:02:09`). */
export const durationText = (durationMs: number): string => {
  // Rounded first, so that 59.96 s does not become "60.0 s".
  const tenths = Math.round(durationMs / 100)
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`
  return clockText(durationMs)
}

/** A position or length as a clock: `0:07`, `12:30`, `1:02:09`. */
export const clockText = (durationMs: number): string => {
  const seconds = Math.round(durationMs / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`
}
