import type { ConferenceSummary } from '#contract/conferences'

/** A conference as the list shows it, and since when it runs, in milliseconds since 1970. */
export type ConferenceRow = ConferenceSummary & { sinceMs: number }

export const titleOf = ({ id, name }: Pick<ConferenceSummary, 'id' | 'name'>): string =>
  name ?? `Conference ${id.slice(0, 8)}`

/** Whom one dials to get in, the plain numbers first. */
export const numbersOf = ({ conference_numbers, member, moderator }: ConferenceSummary): string =>
  [...new Set([...conference_numbers, ...member.numbers, ...moderator.numbers])].join(', ')

/** What is dialled to get in, by what it makes of a caller; nothing where there is no number. */
export const byNumber = (
  conference: Pick<ConferenceSummary, 'conference_numbers' | 'member' | 'moderator'>,
): readonly { who: string; numbers: readonly string[] }[] =>
  [
    { who: 'To get in, dial', numbers: conference.conference_numbers },
    { who: 'As a member, dial', numbers: conference.member.numbers },
    { who: 'As a moderator, dial', numbers: conference.moderator.numbers },
  ].filter(({ numbers }) => numbers.length > 0)

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

/** What a supervisor wants to see first: where most people are, else the first of the list. */
export const firstToOpen = <C extends ConferenceSummary>(
  conferences: readonly C[],
): C | undefined => {
  const [first, ...rest] = sorted(conferences)
  // Of those with as many people the list's first.
  return rest.reduce(
    (best, each) => (best && headCount(each) > headCount(best) ? each : best),
    first,
  )
}

/** Every word is somewhere in the name or the numbers. */
export const fits = (conference: ConferenceSummary, search: string): boolean => {
  const text = `${titleOf(conference)} ${numbersOf(conference)}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
