import type { AskedBy } from '#contract/live-conferences'
import type { BoardEntry, BoardRelation, BoardRow, ParticipantKey } from '../board/board-state.ts'
import { byText, type Names } from '../timeline/names.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** When a relation was set and by whom, as far as the board heard it. */
export const setWhenText = (
  { key, otherKey, relationship }: BoardRelation,
  participants: ReadonlyMap<ParticipantKey, BoardRow>,
  entries: readonly BoardEntry[],
  names: Pick<Names, 'isYou'>,
): string => {
  const [one, other] = [participants.get(key), participants.get(otherKey)]
  const setting = entries.findLast(
    (entry) =>
      entry.kind === 'event' &&
      entry.event.event === 'command' &&
      entry.event.application_name === 'relate_participants' &&
      entry.event.instance_id === one?.instanceId &&
      entry.event.participant_id === one?.participantId &&
      entry.event.other_participant === other?.participantId &&
      entry.event.relationship === relationship,
  )
  if (setting?.kind !== 'event') return 'Set before this page was opened.'
  const by = setting.event.by as AskedBy | undefined
  const who = by ? ` ${byText(by, names)}` : ''
  return `Set${who} at ${clock.format(setting.atMs)}.`
}
