import type { DeviceSummary } from '#contract/devices'
import type { UserSummary } from '#contract/users'
import type { BoardRow } from '../board/board-state.ts'
import { nameOf } from '../board/row-order.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `Reception, Ada Lovelace’s phone`, as far as it is known. */
const phoneText = (
  { deviceId, userName }: BoardRow,
  devices: readonly DeviceSummary[],
  users: readonly UserSummary[],
): string | undefined => {
  const device = devices.find(({ id }) => id === deviceId)
  if (!device) return userName
  const owner = users.find(({ id }) => id === device.owner_id)
  return owner ? `${device.name} of ${owner.first_name} ${owner.last_name}` : device.name
}

const decibel = (value: number, what: string) =>
  value === 0 ? [] : [`${what} ${value > 0 ? '+' : '−'}${Math.abs(value)} dB`]

/** What a participant is, in tags, and who calls from where since when, in a sentence. */
export const personFacts = (
  row: BoardRow,
  devices: readonly DeviceSummary[],
  users: readonly UserSummary[],
): { roles: readonly string[]; sentence: string } => {
  const { number, isModerator, isGhost, joinedMs, more, participantId } = row
  const phone = phoneText(row, devices, users)
  const direction =
    more === undefined ? 'joined' : more.direction === 'outgoing' ? 'was called' : 'called in'
  const parts = [
    ...(number !== '' && number !== nameOf(row) ? [number] : []),
    `${direction} ${clock.format(joinedMs)}`,
    ...(phone === undefined ? [] : [phone]),
    ...(more ? decibel(more.gainInDb, 'speaks at') : []),
    ...(more ? decibel(more.gainOutDb, 'hears at') : []),
    ...(more?.onHold === true ? ['on hold'] : []),
  ]
  return {
    roles: [
      ...(isModerator ? ['moderator'] : []),
      ...(isGhost ? ['hidden'] : []),
      `participant ${participantId}`,
    ],
    sentence: parts.join(' · '),
  }
}
