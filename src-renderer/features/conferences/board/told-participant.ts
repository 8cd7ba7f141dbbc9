import type { ParticipantEvent } from '#contract/conference-events'
import { isolated } from '../timeline/names.ts'
import { keyOf, type BoardRow, type Level } from './board-state.ts'
import { talkedMsAt } from './talk-time.ts'

type Told = Pick<
  ParticipantEvent,
  | 'participant_id'
  | 'call_id'
  | 'instance_id'
  | 'caller_id_name'
  | 'caller_id_number'
  | 'speak'
  | 'hear'
  | 'talking'
  | 'floor'
  | 'mute_detect'
  | 'energy_level'
  | 'is_moderator'
  | 'custom_channel_vars'
> &
  Partial<Pick<ParticipantEvent, 'is_ghost' | 'direction'>>

/** What every event about a participant and the whole answer have in common. */
const factsOf = (told: Told) => ({
  key: keyOf(told.instance_id, told.call_id),
  participantId: told.participant_id,
  callId: told.call_id,
  instanceId: told.instance_id,
  name: isolated(told.caller_id_name.trim()),
  number: told.caller_id_number,
  isModerator: told.is_moderator,
  speak: told.speak,
  hear: told.hear,
  talking: told.talking,
  floor: told.floor,
  muteDetect: told.mute_detect,
  energyLevel: told.energy_level,
  deviceId: told.custom_channel_vars.authorizing_id,
  userName: told.custom_channel_vars.username,
})

/** Who joined just now. */
export const joinedRow = (told: Told, nowMs: number): BoardRow => ({
  ...factsOf(told),
  isGhost: told.is_ghost ?? false,
  joinedMs: nowMs,
  showsTalking: told.talking,
  talkedMs: 0,
  talkingSinceMs: told.talking ? nowMs : null,
  quietSinceMs: null,
  more: told.direction && {
    ...{ gainInDb: 0, gainOutDb: 0, onHold: false, direction: told.direction },
  },
})

const talkAfter = (
  row: BoardRow,
  { talking }: Told,
  at: { level: Level | undefined; nowMs: number },
) => {
  if (talking === row.talking) return {}
  if (talking) return { talkingSinceMs: at.nowMs, showsTalking: true }
  return {
    talkedMs: talkedMsAt(row, at.level, at.nowMs),
    talkingSinceMs: null,
    quietSinceMs: at.nowMs,
  }
}

export const isSameRow = (a: BoardRow, b: BoardRow): boolean =>
  (Object.keys(b) as (keyof BoardRow)[]).every(
    (name) =>
      a[name] === b[name] || (name === 'more' && JSON.stringify(a.more) === JSON.stringify(b.more)),
  )

/** A row after an event about it; the same one where nothing is different. */
export const toldRow = (
  row: BoardRow,
  told: Told,
  at: { level: Level | undefined; nowMs: number },
): BoardRow => {
  const next = { ...row, ...factsOf(told), ...talkAfter(row, told, at) }
  return isSameRow(row, next) ? row : next
}
