import { GREGORIAN_OFFSET_S } from '#contract/envelope'
import type { LiveConference } from '#contract/live-conferences'
import type { Participant as ParticipantView } from '#contract/participants'
import type { Participant, Room } from './types.ts'

/** Rooms and participants as the API shows them. Values in, values out. */

/** When it is looked at, and by what name this machine is known. */
export type Looking = { readonly nowMs: number; readonly hostname: string }

const gregorian = (ms: number): number => Math.floor(ms / 1000) + GREGORIAN_OFFSET_S

const secondsSince = (thenMs: number, nowMs: number): number =>
  Math.max(0, Math.floor((nowMs - thenMs) / 1000))

/** What KAZOO tells of a participant with every event, and in lists flat and as `conference_channel_vars`. */
export const stateOf = (participant: Participant) => ({
  floor: participant.hasFloor,
  hear: participant.hear,
  speak: participant.speak,
  talking: participant.talking,
  mute_detect: participant.muteDetect,
  energy_level: participant.energyLevel,
  current_energy: Math.round(participant.currentEnergy),
  video: false,
})

export const conferenceVarsOf = (participant: Participant) => ({
  ...stateOf(participant),
  is_moderator: participant.isModerator,
  member_id: participant.participantId,
})

export const toParticipantView = (
  { conference, instanceId }: Pick<Room, 'conference' | 'instanceId'>,
  participant: Participant,
  { nowMs, hostname }: Looking,
): ParticipantView => {
  const { leg, joinedMs } = participant
  return {
    call_id: leg.callId,
    conference_name: conference.id,
    conference_uuid: instanceId,
    switch_hostname: hostname,
    ...stateOf(participant),
    participant_id: participant.participantId,
    is_moderator: participant.isModerator,
    is_ghost: participant.isGhost,
    join_time: gregorian(joinedMs),
    duration: secondsSince(joinedMs, nowMs),
    caller_id_name: leg.party.name,
    caller_id_number: leg.party.number,
    conference_channel_vars: conferenceVarsOf(participant),
    custom_channel_vars: participant.channelVars,
    custom_application_vars: { ...participant.customApplicationVars },
  }
}

/** Ghosts are not counted. */
export const countsOf = (participants: readonly Participant[]) => {
  const counted = participants.filter(({ isGhost }) => !isGhost)
  const moderators = counted.filter(({ isModerator }) => isModerator).length
  return { members: counted.length - moderators, moderators }
}

export const toLiveConference = (room: Room, looking: Looking): LiveConference => {
  const { conference, participants } = room
  const { name } = conference.document
  return {
    conference_id: conference.id,
    instance_id: room.instanceId,
    ...(name !== undefined && { name }),
    is_ad_hoc: conference.isAdHoc,
    is_locked: room.isLocked,
    is_recording: room.isRecording,
    started: gregorian(room.startedMs),
    duration: secondsSince(room.startedMs, looking.nowMs),
    ...countsOf(participants),
    participants: participants.map((each) => toParticipantView(room, each, looking)),
  }
}
