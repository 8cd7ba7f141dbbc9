import type { ConferenceDocument } from '#contract/conferences'
import type { CustomChannelVars } from '#contract/participants'
import type { Member } from '../../../engine/port.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { Admission, Participant } from './types.ts'

/** A participant as its room keeps it: what others may read, and what only the room needs. */
export type Seat = {
  readonly participant: { -readonly [K in keyof Participant]: Participant[K] }
  readonly scope: Scope
  readonly namePath: string | undefined
  readonly wantsMusic: boolean
  readonly distributesDigits: boolean
  /** False until the engine has it in the room. */
  isSeated: boolean
}

/** KAZOO's default profile. */
export const energyLevelOf = ({ profile }: ConferenceDocument): number =>
  profile?.['energy-level'] ?? 20

/** Who called in joins as its role does, who was called as the flags say: an operator who dials wants to be heard. */
const joins = ({ leg, isModerator, conference, flags }: Admission) => {
  const { member, moderator } = conference.document
  const role = isModerator ? moderator : member
  const isIncoming = leg.direction === 'incoming'
  return {
    speak: !flags.includes('mute') && !(isIncoming && role.join_muted),
    hear: !flags.includes('deaf') && !(isIncoming && role.join_deaf),
  }
}

export const createSeat = (facts: {
  admission: Admission
  participantId: number
  joinedMs: number
  channelVars: CustomChannelVars
  scope: Scope
}): Seat => {
  const { admission, scope, ...own } = facts
  const { leg, isModerator, flags, conference, customApplicationVars, namePath } = admission
  return {
    participant: {
      ...own,
      ...{ leg, isModerator, customApplicationVars },
      isGhost: flags.includes('ghost'),
      ...joins(admission),
      talking: false,
      hasFloor: false,
      muteDetect: false,
      energyLevel: energyLevelOf(conference.document),
      currentEnergy: 0,
      ...{ talkedMs: 0, quietSinceMs: undefined, gainInDb: 0, gainOutDb: 0 },
    },
    ...{ scope, namePath },
    wantsMusic: !flags.includes('disable_moh'),
    distributesDigits: flags.includes('distribute_dtmf'),
    isSeated: false,
  }
}

export const memberOf = (seat: Seat): Member => {
  const { speak, hear, energyLevel, gainInDb, gainOutDb, isGhost } = seat.participant
  return {
    ...{ speak, hear, energyLevel, gainInDb, gainOutDb },
    distributeDigits: seat.distributesDigits,
    canHaveFloor: !isGhost,
  }
}
