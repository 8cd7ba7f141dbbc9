import type { Units } from './types.ts'

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Digits in groups of three, apart by a thin space that does not break. */
export const groupedText = (value: number): string =>
  grouped.format(Math.round(value)).replaceAll(',', ' ')

const two = (value: number) => String(value).padStart(2, '0')

/** "0:01.240", with hours where there are some. */
export const clockText = (seconds: number, decimals: number): string => {
  const unit = 10 ** decimals
  const total = Math.round(seconds * unit)
  const whole = Math.floor(total / unit)
  const fraction = decimals > 0 ? `.${String(total % unit).padStart(decimals, '0')}` : ''
  const hours = Math.floor(whole / 3600)
  const tail = `${two(whole % 60)}${fraction}`
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`
}

/** A position or length with its unit, as people say it: "1.240 s", "54 684 samples", "0:01.240". */
export const timeText = (frames: number, sampleRateHz: number, units: Units): string => {
  if (units === 'samples') return `${groupedText(frames)} samples`
  const seconds = frames / sampleRateHz
  return units === 'seconds' ? `${seconds.toFixed(3)} s` : clockText(seconds, 3)
}
