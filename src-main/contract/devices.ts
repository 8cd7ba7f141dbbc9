import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'

const CallerIdPart = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 35 })),
  number: Type.Optional(Type.String({ maxLength: 35 })),
})

/** Who a call is said to be from, by the kind of call. */
export const CallerId = Type.Object({
  internal: Type.Optional(CallerIdPart),
  external: Type.Optional(CallerIdPart),
  emergency: Type.Optional(CallerIdPart),
})

const DeviceSip = Type.Object(
  {
    username: Type.Optional(
      Type.String({
        minLength: 2,
        maxLength: 32,
        pattern: "^[A-Za-z0-9_.!~*'()&=+$-]+$",
        description: 'What the phone registers as; unique in the account, whatever its case.',
        examples: ['1001'],
      }),
    ),
    password: Type.Optional(
      Type.String({
        minLength: 5,
        maxLength: 32,
        pattern: '^[\\x20-\\x7e]+$',
        description:
          'What the phone proves to know. Whoever holds a token of the account can read it, as in Crossbar; it is never logged.',
      }),
    ),
    method: Type.Enum(['password', 'ip'], {
      default: 'password',
      description: 'How calls from the device are known; only "password" can register.',
    }),
    ip: Type.Optional(Type.String({ description: 'Address of a device with method "ip".' })),
    realm: Type.Optional(
      Type.String({ minLength: 4, maxLength: 253, description: 'Stored only.' }),
    ),
    expire_seconds: Type.Integer({
      minimum: 1,
      default: 300,
      description: 'The registration period to configure in the phone.',
    }),
    invite_format: Type.Enum(['username', 'npan', '1npan', 'e164', 'route', 'contact'], {
      default: 'contact',
      description: 'Stored only: a call goes to the contact the device registered.',
    }),
  },
  { default: {} },
)

/** A device as a client writes it (Crossbar: schema for devices). Unknown keys are kept. */
export const DeviceInput = Type.Object({
  name: Type.String({
    minLength: 1,
    maxLength: 128,
    description: 'A friendly name.',
    examples: ['Reception'],
  }),
  owner_id: Type.Optional(
    Type.String({ minLength: 32, maxLength: 32, description: 'Id of the user it belongs to.' }),
  ),
  device_type: Type.Optional(
    Type.String({ maxLength: 64, description: 'Free text; "sip_device" or "softphone" mostly.' }),
  ),
  enabled: Type.Boolean({ default: true, description: 'When false it cannot register.' }),
  mac_address: Type.Optional(Type.String({ maxLength: 64 })),
  language: Type.Optional(Type.String({ description: 'Language tag of what it hears.' })),
  caller_id: Type.Optional(CallerId),
  sip: DeviceSip,
})

const exampleDevice: Static<typeof DeviceInput> = {
  name: 'Reception',
  device_type: 'sip_device',
  enabled: true,
  sip: {
    username: '1001',
    password: 'x7k2m9qd4wzt8rhc',
    method: 'password',
    expire_seconds: 300,
    invite_format: 'contact',
  },
}

/** A contact a device registered, and how it reached us. Times in Gregorian seconds. */
export const Registration = Type.Object({
  contact: Type.String({ description: 'The URI a call is sent to.' }),
  source: Type.String({ description: 'Address and port the request came from.' }),
  transport: Type.String({ description: 'udp or tcp.' }),
  user_agent: Type.Optional(Type.String()),
  registered: Type.Integer({ description: 'Since when; refreshing keeps it.' }),
  expires: Type.Integer({ description: 'When it ends unless it is refreshed.' }),
})

export const DeviceDocument = Type.Object({
  ...DeviceInput.properties,
  id: Type.String(),
  _read_only: Type.Optional(
    Type.Object({
      registered: Type.Boolean(),
      registrations: Type.Array(Registration),
      created: Type.Integer({ description: 'Gregorian seconds.' }),
      modified: Type.Integer({ description: 'Gregorian seconds.' }),
      deleted: Type.Optional(Type.Boolean()),
    }),
  ),
})

export const DeviceSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  enabled: Type.Boolean(),
  device_type: Type.Optional(Type.String()),
  mac_address: Type.Optional(Type.String()),
  owner_id: Type.Optional(Type.String()),
  username: Type.Optional(Type.String({ description: 'Its SIP user name.' })),
  registered: Type.Boolean(),
})

export const DeviceStatus = Type.Object({
  device_id: Type.String(),
  registered: Type.Boolean(),
  registrations: Type.Array(Registration),
})

export type DeviceInput = Static<typeof DeviceInput>
export type Registration = Static<typeof Registration>
export type DeviceDocument = Static<typeof DeviceDocument>
export type DeviceSummary = Static<typeof DeviceSummary>
export type DeviceStatus = Static<typeof DeviceStatus>

const tag = 'devices'
const access = 'account'
const base = '/v2/accounts/{account_id}/devices'

const usernameTaken =
  'A SIP user name that another device of the account has is refused with 400: `{"sip.username":{"unique":{"message":"SIP credentials already in use","cause":"1001"}}}`. An owner that is no user of the account is refused under `owner_id.not_found`.'

export const list = endpoint('GET', base, {
  tag,
  access,
  paged: true,
  filtered: true,
  summary: 'List devices, newest first',
  reply: Type.Array(DeviceSummary),
})
export const create = endpoint('PUT', base, {
  tag,
  access,
  status: 201,
  body: 'envelope',
  summary: 'Create a device',
  description: usernameTaken,
  data: DeviceInput,
  example: exampleDevice,
  reply: DeviceDocument,
})
export const status = endpoint('GET', `${base}/status`, {
  tag,
  access,
  summary: 'The devices that are registered, with their contacts; those that are not are left out',
  reply: Type.Array(DeviceStatus),
})
export const get = endpoint('GET', `${base}/{device_id}`, {
  tag,
  access,
  summary: 'The device, with its registrations under _read_only',
  reply: DeviceDocument,
})
export const update = endpoint('POST', `${base}/{device_id}`, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Replace the device',
  description: usernameTaken,
  data: DeviceInput,
  example: exampleDevice,
  reply: DeviceDocument,
})
export const patch = endpoint('PATCH', `${base}/{device_id}`, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Merge into the device; null removes a key',
  description: usernameTaken,
  data: Type.Record(Type.String(), Type.Unknown()),
  example: { name: 'Front desk', sip: { password: 'another-password' }, owner_id: null },
  reply: DeviceDocument,
})
export const remove = endpoint('DELETE', `${base}/{device_id}`, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Delete softly, or for good with should_soft_delete=false; its registrations end',
  reply: DeviceDocument,
})
export const ofUser = endpoint('GET', '/v2/accounts/{account_id}/users/{user_id}/devices', {
  tag,
  access,
  paged: true,
  filtered: true,
  summary: 'Devices that belong to a user',
  reply: Type.Array(DeviceSummary),
})
