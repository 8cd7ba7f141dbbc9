import type { ConferenceSummary } from '#contract/conferences'
import type { Participant } from '#contract/participants'

/** A conference as the list shows it, and since when it runs, in milliseconds since 1970. */
export type ConferenceRow = ConferenceSummary & { sinceMs: number }

export const titleOf = ({ id, name }: Pick<ConferenceSummary, 'id' | 'name'>): string =>
  name ?? `Conference ${id.slice(0, 8)}`

/** Whom one dials to get in, the plain numbers first. */
export const numbersOf = ({ conference_numbers, member, moderator }: ConferenceSummary): string =>
  [...new Set([...conference_numbers, ...member.numbers, ...moderator.numbers])].join(', ')

export const headCount = ({ members, moderators }: ConferenceSummary): number =>
  members + moderators

/** As people look for names: without case, and room 2 before room 10. */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** What runs comes first. */
export const sorted = <C extends ConferenceSummary>(conferences: readonly C[]): C[] =>
  [...conferences].sort(
    (a, b) =>
      Number(b._read_only.is_running) - Number(a._read_only.is_running) ||
      byName.compare(titleOf(a), titleOf(b)),
  )

/** Every word is somewhere in the name or the numbers. */
export const fits = (conference: ConferenceSummary, search: string): boolean => {
  const text = `${titleOf(conference)} ${numbersOf(conference)}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Who it is: the name a phone gives, or the number, or what is left. */
export const callerText = ({ caller_id_name: name, caller_id_number: number }: Participant) =>
  name !== '' ? name : number !== '' ? number : 'Unknown caller'

/** How a participant stands, in words, the most telling first. */
export const stateText = (participant: Participant): string => {
  const { talking, speak, hear, mute_detect: triesToTalk } = participant
  const words = [
    ...(talking && speak ? ['Talking'] : []),
    ...(speak ? [] : [triesToTalk ? 'Muted, talks' : 'Muted']),
    ...(hear ? [] : ['Deaf']),
  ]
  return words.length > 0 ? words.join(', ') : 'Listening'
}
