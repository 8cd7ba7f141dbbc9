import type { Units } from '../../audio/edit-view/types.ts'

const two = (value: number) => String(value).padStart(2, '0')

const secondsPart = (frames: number, sampleRateHz: number) =>
  (Math.round((frames / sampleRateHz) * 1000) / 1000).toFixed(3)

const clockPart = (frames: number, sampleRateHz: number) => {
  const ms = Math.round((frames / sampleRateHz) * 1000)
  const seconds = Math.floor(ms / 1000)
  const fraction = String(ms % 1000).padStart(3, '0')
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const tail = `${two(seconds % 60)}.${fraction}`
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${tail}` : `${minutes}:${tail}`
}

/** A number of frames in a unit, without the unit's name. */
export const framesText = (frames: number, sampleRateHz: number, unit: Units): string => {
  switch (unit) {
    case 'seconds':
      return secondsPart(frames, sampleRateHz)
    case 'samples':
      return String(Math.round(frames))
    case 'clock':
      return clockPart(frames, sampleRateHz)
  }
}

/** The same as people say it, for labels that are read out: `1.240 s`, `54684 samples`. */
export const spokenFrames = (frames: number, sampleRateHz: number, unit: Units): string => {
  const text = framesText(frames, sampleRateHz, unit)
  if (unit === 'clock') return text
  return unit === 'seconds' ? `${text} s` : `${text} samples`
}

const clockPattern = /^(?:(\d+):)?(\d+):(\d+(?:\.\d*)?)$/
const plainPattern = /^(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|samples?|frames?)?$/

const clockSeconds = (text: string): number | undefined => {
  const [, hours = '0', minutes = '0', seconds = '0'] = clockPattern.exec(text) ?? []
  if (!clockPattern.test(text)) return undefined
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

const absolute = (text: string, sampleRateHz: number, unit: Units): number | undefined => {
  const clock = clockSeconds(text)
  if (clock !== undefined) return Math.round(clock * sampleRateHz)
  const [, digits, suffix] = plainPattern.exec(text) ?? []
  if (digits === undefined) return undefined
  const value = Number(digits)
  if (suffix === 'ms') return Math.round((value / 1000) * sampleRateHz)
  if (suffix === 's') return Math.round(value * sampleRateHz)
  if (suffix !== undefined || unit === 'samples') return Math.round(value)
  return Math.round(value * sampleRateHz)
}

/**
 * Frames from what was typed: a number in the unit, or one that names its own (`250 ms`, `1.5 s`,
 * `441 samples`, `1:02.5`), with `+` or `-` before it counted from `current`. Undefined for anything
 * else, and for what is below 0.
 */
export const parseFrames = (
  typed: string,
  { sampleRateHz, unit, current }: { sampleRateHz: number; unit: Units; current: number },
): number | undefined => {
  // Spaces between groups of digits, and the comma of many keyboards.
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/(\d)\s+(?=\d)/g, '$1')
    .replace(',', '.')
  const sign = /^[+\-−]/.exec(text)?.[0]
  const value = absolute(sign === undefined ? text : text.slice(1).trim(), sampleRateHz, unit)
  if (value === undefined || sign === undefined) return value
  const moved = sign === '+' ? current + value : current - value
  return moved < 0 ? undefined : moved
}
