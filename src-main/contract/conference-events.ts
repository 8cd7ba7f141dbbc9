import { Type, type Static } from 'typebox'
import { CustomChannelVars, Participant } from './participants.ts'

/** About one participant. */
export const participantEvents = [
  'add-member',
  'del-member',
  'start-talking',
  'stop-talking',
  'mute-member',
  'unmute-member',
  'deaf-member',
  'undeaf-member',
] as const

/** About the whole conference: the first two begin and end a run of it. */
export const roomEvents = ['conference-create', 'conference-destroy', 'lock', 'unlock'] as const

/** About a leg that a dial action calls: this installation's own. */
export const dialEvents = ['dial-started', 'dial-ringing', 'dial-answered', 'dial-failed'] as const

const common = {
  account_id: Type.String(),
  conference_id: Type.String(),
}

/** What happened to a participant, told as KAZOO does; what it adds on the wire is added where it is published. */
export const ParticipantEvent = Type.Object({
  event: Type.Enum([...participantEvents]),
  ...common,
  instance_id: Type.String({ description: 'The conference_uuid of the run.' }),
  participant_id: Type.Integer(),
  call_id: Type.String(),
  caller_id_name: Type.String(),
  caller_id_number: Type.String(),
  channel_presence_id: Type.Optional(Type.String({ description: 'user name @ realm.' })),
  ...Type.Pick(Participant, [
    'floor',
    'hear',
    'speak',
    'talking',
    'mute_detect',
    'video',
    'energy_level',
    'current_energy',
    'is_moderator',
    'conference_channel_vars',
    'custom_application_vars',
  ]).properties,
  custom_channel_vars: CustomChannelVars,
  is_ghost: Type.Optional(Type.Boolean({ description: 'Of who joins.' })),
  direction: Type.Optional(
    Type.Enum(['incoming', 'outgoing'], {
      description: 'Of who joins: whether they called or were called.',
    }),
  ),
})

export const RoomEvent = Type.Object({
  event: Type.Enum([...roomEvents]),
  ...common,
  instance_id: Type.String(),
})

export const DialEvent = Type.Object({
  event: Type.Enum([...dialEvents]),
  ...common,
  job_id: Type.String({ description: 'As the request named it, or as its answer will.' }),
  endpoint_id: Type.String(),
  call_id: Type.String(),
  cause: Type.Optional(Type.String({ description: 'Hang-up cause, when it failed.' })),
})

/** One thing that happened to a conference. */
export const ConferenceEvent = Type.Union([ParticipantEvent, RoomEvent, DialEvent])

export type ParticipantEvent = Static<typeof ParticipantEvent>
export type RoomEvent = Static<typeof RoomEvent>
export type DialEvent = Static<typeof DialEvent>
export type ConferenceEvent = ParticipantEvent | RoomEvent | DialEvent

/** Who talks and who is heard first: in a crowd so many that they are kept and shown apart from everything else. */
export const talkEvents: ReadonlySet<string> = new Set([
  'start-talking',
  'stop-talking',
  'floor-change',
  'mute-detect',
])
