import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'

/** Strings that callers and scripts attach to a call. */
const Vars = Type.Record(Type.String(), Type.String())

/** Whose phone it is; what is not known is missing. */
export const CustomChannelVars = Type.Object({
  account_id: Type.String(),
  authorizing_id: Type.Optional(Type.String({ description: 'Id of the device.' })),
  authorizing_type: Type.Optional(Type.String({ description: '"device".' })),
  owner_id: Type.Optional(Type.String({ description: 'Id of the user the device belongs to.' })),
  username: Type.Optional(Type.String({ description: 'SIP user name of the device.' })),
  realm: Type.Optional(Type.String()),
  presence_id: Type.Optional(Type.String({ description: 'user name @ realm.' })),
  bridge_id: Type.Optional(Type.String({ description: 'Call-ID.' })),
  call_interaction_id: Type.Optional(
    Type.String({ description: 'Gregorian seconds of the joining and eight digits of the leg.' }),
  ),
  fetch_id: Type.Optional(Type.String({ description: 'Id of the leg.' })),
  precedence: Type.Optional(Type.Integer({ description: 'Always 5, as KAZOO has it for phones.' })),
})

const state = {
  floor: Type.Boolean({ description: 'Talks with the loudest voice of all.' }),
  hear: Type.Boolean({ description: 'Not deaf.' }),
  speak: Type.Boolean({ description: 'Not muted.' }),
  talking: Type.Boolean(),
  mute_detect: Type.Boolean({ description: 'Talks while it is muted.' }),
  energy_level: Type.Integer({ description: 'What is below is no talking.' }),
  current_energy: Type.Integer(),
  video: Type.Boolean({ description: 'False: there is no video here.' }),
}

/** Somebody in a conference: flat as the documentation of Crossbar has it, and nested as its source answers. */
export const Participant = Type.Object({
  call_id: Type.String({ description: 'SIP Call-ID.' }),
  conference_name: Type.String({ description: 'Id of the conference.' }),
  conference_uuid: Type.String({ description: 'A new one for every run of the conference.' }),
  switch_hostname: Type.String(),
  ...state,
  participant_id: Type.Integer(),
  is_moderator: Type.Boolean(),
  is_ghost: Type.Boolean({ description: 'Not counted.' }),
  join_time: Type.Integer({ description: 'Gregorian seconds.' }),
  duration: Type.Integer({ description: 'Seconds since then.' }),
  caller_id_name: Type.String(),
  caller_id_number: Type.String(),
  conference_channel_vars: Type.Object({
    ...state,
    is_moderator: Type.Boolean(),
    member_id: Type.Integer(),
  }),
  custom_channel_vars: CustomChannelVars,
  custom_application_vars: Vars,
})
export type Participant = Static<typeof Participant>
export type CustomChannelVars = Static<typeof CustomChannelVars>

const Id = Type.Unsafe<number | string>({ type: ['integer', 'string'] })

/** Crossbar: schema for conferences relate. The conference is that of the path. */
export const Relate = Type.Object({
  participant_id: Id,
  other_participant: Id,
  relationship: Type.Enum(['deaf', 'clear', 'mute'], {
    default: 'clear',
    description: '`mute`: the first is not heard by the other; `deaf`: it does not hear the other.',
  }),
})

export type Relate = Static<typeof Relate>

const inner = 'What the action needs; may also stand beside `action`.'

const ParticipantsAction = Type.Object({
  action: Type.Optional(
    Type.String({
      description:
        'mute, unmute, deaf, undeaf, kick, play or relate. May also stand in the envelope.',
    }),
  ),
  data: Type.Optional(Type.Unknown({ description: inner })),
})

const ParticipantAction = Type.Object({
  action: Type.Optional(
    Type.String({
      description: 'mute, unmute, deaf, undeaf, kick or play. May also stand in the envelope.',
    }),
  ),
  data: Type.Optional(Type.Unknown({ description: inner })),
})

/** Ids of participants begin again with every run: who acts on what it saw says in which one. */
export const OfRun = Type.Object({
  instance_id: Type.Optional(
    Type.String({
      description:
        'The run that is meant, by its conference_uuid; nothing is done in another one, which is refused with 404. Of this installation.',
    }),
  ),
})

const tag = 'conferences'
const access = 'account'
const base = '/v2/accounts/{account_id}/conferences/{conference_id}/participants'
const refuses = ['faulty_request'] as const

export const list = endpoint('GET', base, {
  tag,
  access,
  summary: 'Who is in the conference; nobody while it does not run',
  reply: Type.Array(Participant),
})
export const actOnAll = endpoint('PUT', base, {
  tag,
  access,
  refuses,
  body: 'envelope',
  summary: 'Do something to all participants, moderators included, or relate two of them',
  description:
    'mute, unmute, deaf, undeaf and kick answer "ok"; so does play, which takes `media_id`. relate takes `participant_id`, `other_participant` and `relationship` and answers "relating participants". A conference that does not run is refused with 404, and so are ids nobody has.',
  query: OfRun,
  data: ParticipantsAction,
  example: {
    action: 'relate',
    data: { participant_id: 23, other_participant: 24, relationship: 'deaf' },
  },
  reply: Type.String(),
})
export const get = endpoint('GET', `${base}/{participant_id}`, {
  tag,
  access,
  summary: 'One participant',
  reply: Participant,
})
export const act = endpoint('PUT', `${base}/{participant_id}`, {
  tag,
  access,
  refuses,
  body: 'envelope',
  summary: 'Do something to one participant',
  description:
    'Answers "ok" once it is done. A participant that is not there, or no longer, is refused with 404. play takes `media_id`.',
  query: OfRun,
  data: ParticipantAction,
  example: { action: 'mute' },
  reply: Type.String(),
})
