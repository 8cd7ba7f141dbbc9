import { Type, type Static } from 'typebox'
import { ConferenceDocument } from './conferences.ts'
import { endpoint } from './endpoint.ts'

/** Saving is refused with these. */
const problemCodes = {
  invalid:
    'Breaks the schema, names media tones nobody can play, or an owner who is no user: in the words of the refusal. Of a list `cause` is the item.',
  number_taken:
    'Another conference of the account has the number, which is `cause`; `conference_id` says which.',
} as const

/** It can be saved; callers, or who set it up, would be surprised. */
const warningCodes = {
  no_number: 'It has no number: it can be called by its id only, or call people itself.',
  number_in_both_roles:
    'A number of a role stands in another list too, so that it decides no role. `cause` is the number.',
  number_is_phone:
    'A phone has the number as its SIP user name: who dials it gets the conference. `cause` is the number.',
  pin_in_both_roles: 'A PIN of both roles makes a member. `cause` is the PIN.',
  pin_begins_other:
    'Who pauses in the middle of a longer PIN gets the other role by this one. `cause` is the PIN.',
  pins_needless: 'No number asks for these PINs.',
  pins_of_one_role: 'Only one role has PINs; the message says what follows for the other.',
  weak_pin:
    'Strangers may call, and this PIN is shorter than six digits. `cause` is the PIN. Told of the shortest of each role.',
  moderator_without_pin: 'Strangers may call, and this number alone makes them moderators.',
  no_moderator_can_come:
    'It waits for a moderator, or ends without one, and no number lets one in.',
  muted_without_key: 'Who comes in muted has no key to speak.',
  room_for_one: 'Only one may join.',
  without_effect: 'Another setting takes its effect away; the message says which.',
  controls: 'A group of keys is not there, or binds what is no action or no keys.',
  prompts_missing:
    'Callers would hear a low tone for these prompts, in none of the languages. `cause` lists them, with commas.',
  prompts_in_other_language:
    'These prompts are heard in another language than the one chosen. `cause` lists them, with commas.',
  media_missing:
    'A sound that cannot be played: media that is not there or has no file, or a reference nobody can play. `cause` is the reference.',
} as const

export const findingCodes = [
  ...(Object.keys(problemCodes) as (keyof typeof problemCodes)[]),
  ...(Object.keys(warningCodes) as (keyof typeof warningCodes)[]),
] as const

const meanings = Object.entries({ ...problemCodes, ...warningCodes })
  .map(([code, meaning]) => `- \`${code}\`: ${meaning}`)
  .join('\n')

/** One thing to know before a conference is saved. */
export const Finding = Type.Object({
  field: Type.String({
    description:
      'Dotted path of the field it belongs beside, such as `member.pins`; of an item of a list the list. A field of the schema.',
    examples: ['member.pins'],
  }),
  severity: Type.Enum(['problem', 'warning'], {
    description: 'problem: saving would be refused; warning: it would not.',
  }),
  code: Type.Enum([...findingCodes]),
  cause: Type.Optional(Type.String({ description: 'What in the field it is about.' })),
  conference_id: Type.Optional(
    Type.String({ description: 'Of the conference that has the number.' }),
  ),
  message: Type.String({ description: 'What is so and what follows, in sentences for people.' }),
})

export const ConferenceCheck = Type.Object({
  conference_id: Type.Optional(
    Type.String({
      description:
        'The conference that is to be changed: `conference` is merged into it as PATCH does, and null removes a key. Its own numbers are not taken. One that is not there is as none.',
    }),
  ),
  conference: Type.Record(Type.String(), Type.Unknown(), {
    description:
      'What would be sent to create or patch it: any part of a conference, as far as it is typed. What is missing has its default.',
  }),
})

export type Finding = Static<typeof Finding>
export type FindingCode = Finding['code']
export type ConferenceCheck = Static<typeof ConferenceCheck>

/** Every list full takes 240 kB. It is read while somebody types, in the thread that answers. */
const mostDraftBytes = 300_000

const tag = 'conferences'
const access = 'account'

/**
 * Made to be called while somebody types: nothing is changed, fetched or decoded. Problems come first; warnings are given
 * about fields that are valid. Of one kind about one field the first twenty are told.
 */
export const check = endpoint('POST', '/studio/conferences/check', {
  tag,
  access,
  body: 'envelope',
  mostBytes: mostDraftBytes,
  summary: 'What is wrong or surprising about a conference before it is saved',
  description: `Nothing is changed, and no URL is asked. Of one code about one field the first twenty are told. Codes:\n\n${meanings}`,
  data: ConferenceCheck,
  example: { conference: { conference_numbers: ['4000'], moderator: { pins: ['9876'] } } },
  reply: Type.Object({ findings: Type.Array(Finding) }),
})

/**
 * The undo of a soft deletion. Clients are told with the object event `doc_created`. 400 with `numbers.unique`, as when a
 * conference is saved, where another has taken one of its numbers; 400 with `id.invalid` where it is not deleted. Where it
 * still runs it goes on as it was, and is shown as configured again.
 */
export const restore = endpoint('POST', '/studio/conferences/{conference_id}/restore', {
  tag,
  access,
  body: 'envelope',
  summary: 'Undo a soft deletion',
  description:
    'Refused with 400, and nothing is changed, where another conference has taken one of its numbers meanwhile: `{"numbers":{"unique":{"message":"Numbers already in use","cause":"4000,4001"}}}`.',
  reply: ConferenceDocument,
})
