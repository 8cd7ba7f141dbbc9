import { lineOf, type EventLine } from './event-line.ts'
import type { Gap, Moment } from './moment.ts'
import { callerName, type Names } from './names.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** The time of today (as `toDateString` has it), the day and minute of another day. */
export const timeText = (atMs: number, today: string): string =>
  new Date(atMs).toDateString() === today
    ? clock.format(atMs)
    : `${day.format(atMs)} ${clock.format(atMs).slice(0, 5)}`

export const fullTimeText = (atMs: number): string => full.format(atMs)

const MOST_NAMED = 5

/** Who was there before and is not after, by name as far as a sentence bears it. */
const goneText = ({ gone }: Gap): string => {
  if (gone.length === 0) return ''
  const names = gone
    .slice(0, MOST_NAMED)
    .map(({ name, number }) => callerName({ caller_id_name: name, caller_id_number: number }))
  const more = gone.length > MOST_NAMED ? ` and ${gone.length - MOST_NAMED} more` : ''
  return ` Not there any more: ${names.join(', ')}${more}.`
}

/** What is not known, and what is known again. */
export const gapText = (gap: Gap): string => {
  const { fromMs, atMs, reason, missed } = gap
  const span = `between ${timeText(fromMs, new Date(atMs).toDateString())} and ${clock.format(atMs)}`
  if (reason === 'restart')
    return `The server was started anew ${span}; its calls ended with it.${goneText(gap)}`
  const count = missed === undefined ? 'Events' : missed === 1 ? 'One event' : `${missed} events`
  return `${count} may have been missed ${span}. Everything was read again.${goneText(gap)}`
}

/** A moment in words. What was done because somebody asked says who did. */
export const momentLine = (moment: Moment, names: Names): EventLine => {
  if (moment.kind === 'gap') return { group: 'problems', tone: 'warn', text: gapText(moment.gap) }
  const { event, asked } = moment
  const line = lineOf(event, names)
  if (!asked) return line
  const text = asked.application_name === 'kick' ? 'was removed' : line.text
  return { ...line, text, by: lineOf(asked, names).by ?? 'on request' }
}

/** Whether a moment's sentence has these words in it, whatever their case. */
export const says = (moment: Moment, names: Names, words: string): boolean =>
  sentenceOf(momentLine(moment, names)).toLowerCase().includes(words.trim().toLowerCase())

/** All of it in one sentence, for a title, a report and a screen reader. */
export const sentenceOf = ({ who, text, by, detail }: EventLine): string => {
  const sentence = [who, text, by].filter((part) => part !== undefined).join(' ')
  return detail === undefined ? sentence : `${sentence}. ${detail}`
}
