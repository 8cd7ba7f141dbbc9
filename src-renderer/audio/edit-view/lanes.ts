import { labelHeight } from './hit.ts'

/** One channel's part of a picture; device pixels. */
export type Lane = {
  top: number
  height: number
  /** Where zero is. */
  middle: number
  /** From zero to full scale. */
  reach: number
}

const padding = 6

/** Equal lanes below a strip for the heads of markers. */
export const lanesOf = (
  { height, ratio }: { height: number; ratio: number },
  channels: number,
): Lane[] => {
  const strip = Math.round(labelHeight * ratio)
  const each = Math.max(1, (height - strip) / channels)
  return Array.from({ length: channels }, (_, channel) => {
    const top = Math.round(strip + channel * each)
    const bottom = Math.round(strip + (channel + 1) * each)
    const middle = Math.round((top + bottom) / 2)
    const air = Math.min(padding * ratio, (bottom - top) / 8)
    return { top, height: bottom - top, middle, reach: Math.max(1, (bottom - top) / 2 - air) }
  })
}

/** How channels are called: nothing for one, sides for two, numbers for more. */
export const channelName = (channel: number, channels: number): string => {
  if (channels === 1) return ''
  if (channels === 2) return channel === 0 ? 'L' : 'R'
  return String(channel + 1)
}
