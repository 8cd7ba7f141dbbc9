import { GREGORIAN_OFFSET_S } from '#contract/envelope'

/** Document times are Gregorian seconds. */
export const gregorianToDate = (seconds: number): Date =>
  new Date((seconds - GREGORIAN_OFFSET_S) * 1000)

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** The time of today, the day of this year, day and year of another. */
export const whenText = (seconds: number, now = new Date()): string => {
  const date = gregorianToDate(seconds)
  if (date.toDateString() === now.toDateString()) return clock.format(date)
  return (date.getFullYear() === now.getFullYear() ? day : dayAndYear).format(date)
}

/** Day, year and time, for where there is room. */
export const whenFullText = (seconds: number): string => {
  const date = gregorianToDate(seconds)
  return `${dayAndYear.format(date)}, ${clock.format(date)}`
}
