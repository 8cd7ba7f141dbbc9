import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'

const participantFlags = [
  'mute',
  'deaf',
  'distribute_dtmf',
  'is_moderator',
  'disable_moh',
  'ghost',
  'join_existing',
  'video_mute',
] as const

/** Crossbar: schema for conferences.dial. Other keys are those of a conference that is made by dialling. */
export const Dial = Type.Object({
  endpoints: Type.Array(
    Type.Unsafe<string | Record<string, unknown>>({
      type: ['string', 'object'],
      minLength: 1,
      maxLength: 1024,
      description: 'Id of a device or user, number, sip: URI, or a device as an object.',
    }),
    { minItems: 1, maxItems: 100 },
  ),
  caller_id_name: Type.Optional(Type.String({ maxLength: 128 })),
  caller_id_number: Type.Optional(Type.String({ maxLength: 128 })),
  participant_flags: Type.Array(Type.Enum([...participantFlags]), { default: [] }),
  profile_name: Type.Optional(
    Type.String({ description: 'For a conference that is made by dialling.' }),
  ),
  target_call_id: Type.Optional(
    Type.String({ description: 'Ignored: there is one media server to place the call at.' }),
  ),
  timeout: Type.Integer({
    minimum: 1,
    maximum: 600,
    default: 20,
    description: 'Seconds each leg may take until it answers.',
  }),
  outbound_call_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 120,
      description:
        'Call-ID of the leg that is called; for the first, where there are several, and with -2, -3, … for the others.',
    }),
  ),
  job_id: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: 'For the answer and the events.' }),
  ),
  custom_application_vars: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'] }),
      { maxProperties: 100, description: 'Shown with the participant, as strings.' },
    ),
  ),
})
export type Dial = Static<typeof Dial>

const Succeeded = Type.Object({
  status: Type.Literal('success'),
  endpoint_id: Type.String({ description: 'Id of the device, number or URI that was called.' }),
  call_id: Type.String(),
  job_id: Type.String(),
  message: Type.String({ examples: ['dial resulted in call id 522bb682-da03-11e7-8ce9'] }),
})

const Failed = Type.Object({
  status: Type.Literal('error'),
  endpoint_id: Type.String(),
  job_id: Type.String(),
  message: Type.String({ description: 'Hang-up cause.', examples: ['USER_BUSY'] }),
})

/** What became of a dial: one entry for each phone that was to be called. */
export const DialReply = Type.Object({
  endpoint_responses: Type.Array(Type.Union([Succeeded, Failed])),
})
export type DialReply = Static<typeof DialReply>
export type EndpointResponse = DialReply['endpoint_responses'][number]

/** What a dial calls is told by its events: `job_id`, and the `call_id` of each call. */
export const cancelDial = endpoint(
  'POST',
  '/studio/conferences/{conference_id}/dials/{job_id}/cancel',
  {
    tag: 'conferences',
    access: 'account',
    body: 'envelope',
    summary: 'Call off a dial, or one of its calls, while it rings',
    description:
      'Whether or not the conference runs. Phones stop ringing (CANCEL); one that answers in the same moment is hung up. Who has answered stays. The dial answers, and `dial-failed` tells, `ORIGINATOR_CANCEL`, with `by` who called it off. 404 where no dial with this `job_id` goes on, or it calls nobody with this `call_id`; 409 where nothing of it rings any more.',
    refuses: ['conflict'],
    data: Type.Object({
      call_id: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 128,
          description: 'As `dial-started` told it; missing: everything that rings.',
        }),
      ),
    }),
    example: { call_id: '522bb682-da03-11e7-8ce9' },
    reply: Type.Object({
      call_ids: Type.Array(Type.String(), { description: 'What was called off.' }),
    }),
  },
)
