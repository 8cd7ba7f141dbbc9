import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'

/** The way to numbers this installation does not know: somebody else's SIP server. */
const Trunk = Type.Object({
  host: Type.String({
    maxLength: 253,
    pattern: '^[A-Za-z0-9.:_-]*$',
    description:
      'Name or address of the provider; empty: no trunk. Calls from there need no authentication.',
  }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  transport: Type.Enum(['udp', 'tcp']),
  username: Type.String({ maxLength: 128 }),
})

/** How phones reach this installation. Changes take effect at once. */
export const SipSettings = Type.Object({
  enabled: Type.Boolean({ description: 'Whether SIP is listened for at all.' }),
  bind: Type.String({
    minLength: 2,
    maxLength: 45,
    description:
      'The address of this machine to listen on. Anything but loopback demands authenticate_calls or an allow_list.',
  }),
  port: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    description: 'For UDP and TCP; 0 picks a free one. --sip-port wins over it.',
  }),
  realm: Type.String({
    maxLength: 253,
    pattern: '^[A-Za-z0-9.-]*$',
    description: 'What phones authenticate for; empty: the realm of the first account.',
  }),
  authenticate_calls: Type.Boolean({
    description:
      'Whether calls must prove which device they come from, unless they come from the trunk. Registering always must.',
  }),
  allow_list: Type.Array(
    Type.String({ minLength: 2, maxLength: 49, pattern: '^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$' }),
    {
      maxItems: 200,
      description: 'Addresses or networks such as 192.168.1.0/24 that are answered; empty: all.',
    },
  ),
  minimum_expires: Type.Integer({
    minimum: 1,
    maximum: 86_400,
    description: 'Seconds. A phone that wants to register for less is told so with 423.',
  }),
  maximum_expires: Type.Integer({
    minimum: 1,
    maximum: 86_400,
    description: 'Seconds. A phone that wants more, or does not say, gets this.',
  }),
  failures_per_source: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    description: 'Failed authentications of one address within failure_window; then 503.',
  }),
  failure_window: Type.Integer({ minimum: 1, maximum: 86_400, description: 'Seconds.' }),
  trunk: Trunk,
})

export const SipSettingsReply = Type.Object({
  ...SipSettings.properties,
  trunk: Type.Object({ ...Trunk.properties, has_password: Type.Boolean() }),
})

/** What is not named stays. */
export const SipSettingsChange = Type.Partial(
  Type.Object({
    ...SipSettings.properties,
    trunk: Type.Partial(
      Type.Object({
        ...Trunk.properties,
        password: Type.String({
          maxLength: 128,
          description: 'Never answered; empty takes it away.',
        }),
      }),
    ),
  }),
)

/** What a person types into a phone besides its user name and password. */
export const SipServer = Type.Object({
  address: Type.Union([Type.String(), Type.Null()], {
    description: 'Address and port that are listened on, for UDP and TCP; null: nobody listens.',
  }),
  problem: Type.Optional(
    Type.String({ description: 'Why nobody listens, when somebody should; for people.' }),
  ),
  domain: Type.String({
    description:
      'The SIP domain of the account. Phones of the first account may write the address instead.',
  }),
})

export type SipSettings = Static<typeof SipSettings>
export type SipSettingsReply = Static<typeof SipSettingsReply>
export type SipSettingsChange = Static<typeof SipSettingsChange>
export type SipServer = Static<typeof SipServer>

const tag = 'sip'

export const settings = endpoint('GET', '/studio/sip', {
  tag,
  access: 'admin',
  summary: 'How phones reach this installation',
  reply: SipSettingsReply,
})
export const changeSettings = endpoint('PATCH', '/studio/sip', {
  tag,
  access: 'admin',
  body: 'envelope',
  summary: 'Change SIP settings; what is not named stays, and the change takes effect at once',
  description:
    'An address that is not loopback, without authenticate_calls and without an allow_list, is refused with 400 under `bind.forbidden`.',
  data: SipSettingsChange,
  example: {
    bind: '192.168.1.5',
    allow_list: ['192.168.1.0/24'],
    trunk: { host: 'sip.example.com' },
  },
  reply: SipSettingsReply,
})
export const server = endpoint('GET', '/studio/sip/server', {
  tag,
  access: 'account',
  summary: 'Where phones register, or why they cannot',
  reply: SipServer,
})
