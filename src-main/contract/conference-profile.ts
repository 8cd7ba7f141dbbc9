import { Type, type Static } from 'typebox'

const sound = (description: string) => Type.Optional(Type.String({ description }))

/**
 * How the engine runs a conference (Crossbar: schema for conferences.profile; ranges of mod_conference). Sounds are what
 * `media_id` of a play is: a media id, a prompt id, a tone string, a URL. What is missing is as in KAZOO's default profile.
 */
export const ConferenceProfile = Type.Object(
  {
    'alone-sound': sound('Heard once by somebody who is alone.'),
    'announce-count': Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'From more members than this the room is told how many; 0: never.',
      }),
    ),
    'caller-controls': sound('Name of a group of digits; "default" and "none" exist.'),
    'comfort-noise': Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10_000,
        description: 'White noise: more is softer; 0: none.',
      }),
    ),
    'energy-level': Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1800,
        description: 'What is below is no talking and heard by nobody.',
      }),
    ),
    'enter-sound': sound('Heard by the room when somebody enters.'),
    'exit-sound': sound('Heard by the room when somebody leaves.'),
    interval: Type.Optional(
      Type.Integer({ minimum: 10, maximum: 120, description: 'Milliseconds per frame.' }),
    ),
    'locked-sound': sound('Heard by who is turned away because it is locked.'),
    'max-members': Type.Optional(Type.Integer({ minimum: 2 })),
    'max-members-sound': sound('Heard by who is turned away because it is full.'),
    'moderator-controls': sound('Name of a group of digits, for moderators.'),
    'moh-sound': sound('Heard, again and again, by somebody who is alone.'),
    'muted-sound': sound('Heard by who was muted.'),
    rate: Type.Optional(
      Type.Enum([8000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000], {
        description: 'Samples per second. Rooms run at 8,000 or 16,000.',
      }),
    ),
    'unmuted-sound': sound('Heard by who is muted no more.'),
  },
  { description: 'Unknown keys are kept.' },
)
export type ConferenceProfile = Static<typeof ConferenceProfile>
