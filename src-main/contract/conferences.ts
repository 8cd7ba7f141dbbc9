import { Type, type Static } from 'typebox'
import { ConferenceProfile } from './conference-profile.ts'
import { DialReply } from './dialling.ts'
import { endpoint } from './endpoint.ts'
import { OfRun, Participant } from './participants.ts'

const digits = (maxLength: number, description: string) =>
  Type.Array(Type.String({ pattern: '^[0-9]+$', minLength: 1, maxLength }), {
    uniqueItems: true,
    maxItems: 1000,
    default: [],
    description,
  })

const longestNumber = 64
/** What callers are let type. */
const longestPin = 16

const tone = (description: string) =>
  Type.Optional(
    Type.Unsafe<boolean | string>({ type: ['boolean', 'string'], minLength: 1, description }),
  )

const toneRule =
  'true: the default tone; false: none; a string: a tone string such as "tone_stream://%(200,0,500)", or media.'

/** What is different for members and moderators. */
const roleOf = (who: string, isMuted: boolean) => ({
  join_deaf: Type.Boolean({ default: false, description: `A ${who} joins unable to hear.` }),
  join_muted: Type.Boolean({ default: isMuted, description: `A ${who} joins muted.` }),
  numbers: digits(longestNumber, `What a ${who} dials.`),
  pins: digits(longestPin, `What a ${who} then types; without any, nothing is asked for.`),
})

/** A conference as a client writes it (Crossbar: schema for conferences). Unknown keys are kept. */
export const ConferenceInput = Type.Object({
  name: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'A friendly name.',
      examples: ['Weekly'],
    }),
  ),
  owner_id: Type.Optional(
    Type.String({ minLength: 32, maxLength: 32, description: 'Id of the user who manages it.' }),
  ),
  conference_numbers: digits(
    longestNumber,
    'What members or moderators dial: the PIN tells which.',
  ),
  member: Type.Object(
    {
      ...roleOf('member', true),
      play_entry_prompt: Type.Optional(
        Type.Boolean({ description: 'Whether a member hears that it joins.' }),
      ),
    },
    { default: {} },
  ),
  moderator: Type.Object(roleOf('moderator', false), { default: {} }),
  max_participants: Type.Optional(
    Type.Integer({ minimum: 0, description: 'How many may join; 0 or missing: any number.' }),
  ),
  max_members_media: Type.Optional(
    Type.String({ description: 'Heard by who is turned away because it is full.' }),
  ),
  play_entry_tone: tone(toneRule),
  play_exit_tone: tone(toneRule),
  play_name: Type.Boolean({
    default: false,
    description: 'Callers say their name, and the room hears it.',
  }),
  play_welcome: Type.Optional(
    Type.Boolean({ description: 'Whether callers are welcomed; missing: true.' }),
  ),
  language: Type.Optional(
    Type.String({ description: 'Of prompts; missing: the account’s, then that of the settings.' }),
  ),
  wait_for_moderator: Type.Optional(
    Type.Boolean({ description: 'Members wait until a moderator is there.' }),
  ),
  require_moderator: Type.Optional(
    Type.Boolean({ description: 'It ends for everybody when its last moderator leaves.' }),
  ),
  profile: Type.Optional(ConferenceProfile),
  profile_name: Type.Optional(Type.String()),
  caller_controls: Type.Optional(
    Type.String({ description: 'Name of a group of digits; its own, `default` or `none`.' }),
  ),
  moderator_controls: Type.Optional(
    Type.String({ description: 'Name of a group of digits, for moderators.' }),
  ),
  controls: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'Groups of digits by name.' }),
  ),
  flags: Type.Optional(
    Type.Array(Type.String(), { description: 'Set by other applications. Stored only.' }),
  ),
  domain: Type.Optional(Type.String({ description: 'Stored only.' })),
  bridge_username: Type.Optional(Type.String({ description: 'Stored only.' })),
  bridge_password: Type.Optional(Type.String({ description: 'Stored only.' })),
  focus: Type.Optional(
    Type.String({ description: 'The media server it runs on. Read-only: not taken.' }),
  ),
})

/** What is so at this moment: all zero and false while it does not run. */
const live = {
  members: Type.Integer({ description: 'Participants who are no moderators; no ghosts.' }),
  moderators: Type.Integer(),
  admins: Type.Integer({ description: 'The moderators, under the name of Crossbar’s documents.' }),
  duration: Type.Integer({ description: 'Seconds it runs.' }),
  is_locked: Type.Boolean(),
}

export const ConferenceLive = Type.Object({
  ...live,
  is_running: Type.Boolean(),
  is_recording: Type.Boolean(),
  is_ad_hoc: Type.Boolean({
    description: 'Made by dialling, without a document; gone with its last participant.',
  }),
})

export const ConferenceDocument = Type.Object({
  ...ConferenceInput.properties,
  id: Type.String(),
  _read_only: Type.Optional(
    Type.Object({
      ...ConferenceLive.properties,
      participants: Type.Array(Participant),
      created: Type.Optional(Type.Integer({ description: 'Gregorian seconds.' })),
      modified: Type.Optional(Type.Integer({ description: 'Gregorian seconds.' })),
      deleted: Type.Optional(Type.Boolean()),
    }),
  ),
})

export const ConferenceSummary = Type.Object({
  id: Type.String(),
  ...Type.Pick(ConferenceInput, [
    'name',
    'owner_id',
    'conference_numbers',
    'member',
    'moderator',
    'flags',
  ]).properties,
  ui_flags: Type.Optional(Type.Unknown()),
  ...live,
  _read_only: ConferenceLive,
})

export type ConferenceInput = Static<typeof ConferenceInput>
export type ConferenceLive = Static<typeof ConferenceLive>
export type ConferenceDocument = Static<typeof ConferenceDocument>
export type ConferenceSummary = Static<typeof ConferenceSummary>

const example = {
  name: 'Weekly',
  conference_numbers: ['4000'],
  member: { join_muted: false, join_deaf: false, numbers: [], pins: ['1234'] },
  moderator: { join_muted: false, join_deaf: false, numbers: ['4001'], pins: ['9876'] },
  play_entry_tone: true,
  play_exit_tone: true,
  play_name: false,
} satisfies ConferenceInput

/** An action and what it needs, in any of the shapes Crossbar takes. */
const ConferenceAction = Type.Object({
  action: Type.Optional(
    Type.String({
      description: 'lock, unlock, play, record or dial. May also stand in the envelope.',
    }),
  ),
  data: Type.Optional(
    Type.Unknown({ description: 'What the action needs; may also stand beside `action`.' }),
  ),
})

const tag = 'conferences'
const access = 'account'
const base = '/v2/accounts/{account_id}/conferences'
const one = `${base}/{conference_id}`

const rules =
  'A number another conference of the account has is refused with 400: `{"numbers":{"unique":{"message":"Numbers already in use","cause":"4000,4001"}}}`. An owner that is no user of the account is refused under `owner_id.not_found`.'

export const list = endpoint('GET', base, {
  tag,
  access,
  paged: true,
  filtered: true,
  summary: 'List conferences with their live figures, newest first',
  description:
    'Conferences that were made by dialling, or deleted while they run, stand before the others on the first page while they run, unless the list is filtered.',
  reply: Type.Array(ConferenceSummary),
})
export const create = endpoint('PUT', base, {
  tag,
  access,
  status: 201,
  body: 'envelope',
  summary: 'Create a conference; nothing is required',
  description: rules,
  data: ConferenceInput,
  example,
  reply: ConferenceDocument,
})
export const get = endpoint('GET', one, {
  tag,
  access,
  summary: 'The conference, and who is in it under _read_only',
  description:
    'The envelope has the live figures under `metadata` too. A conference that was made by dialling is answered while it runs.',
  reply: ConferenceDocument,
})
export const update = endpoint('POST', one, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Replace the conference; one that runs keeps what it began with',
  description: rules,
  data: ConferenceInput,
  example,
  reply: ConferenceDocument,
})
export const patch = endpoint('PATCH', one, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Merge into the conference; null removes a key',
  description: rules,
  data: Type.Record(Type.String(), Type.Unknown()),
  example: { name: 'Daily', member: { pins: ['4321'] }, owner_id: null },
  reply: ConferenceDocument,
})
export const remove = endpoint('DELETE', one, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Delete softly, or for good with should_soft_delete=false; who is in it stays',
  reply: ConferenceDocument,
})
export const act = endpoint('PUT', one, {
  tag,
  access,
  body: 'envelope',
  refuses: ['faulty_request'],
  summary: 'Lock, unlock, play to, record or dial out from a conference',
  description:
    'lock and unlock answer "ok", and so does play with `media_id`: a media id, a URL, a prompt or a tone string. record with `action` start or stop answers "starting recording" or "stopping recording". dial takes `endpoints` and what stands in `conferences.dial`, runs until every leg answered or failed, and tells for each what became of it; dialling an id without a document makes a conference of that id, unless that is the id of one that was deleted. All but dial are refused with 404 while the conference does not run.',
  query: OfRun,
  data: ConferenceAction,
  example: {
    action: 'dial',
    data: {
      endpoints: ['5f0d7b3f1c9e4a6d8b2a1c3e5d7f9a0b', '1001', 'sip:ada@example.com'],
      caller_id_name: 'Weekly',
      participant_flags: ['mute'],
    },
  },
  reply: Type.Union([Type.String(), DialReply]),
})
