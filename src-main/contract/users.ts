import { Type, type Static } from 'typebox'
import { CallerId } from './devices.ts'
import { endpoint } from './endpoint.ts'

/** A user as a client writes it (Crossbar: schema for users). Unknown keys are kept. */
export const UserInput = Type.Object({
  first_name: Type.String({ minLength: 1, maxLength: 128, examples: ['Ada'] }),
  last_name: Type.String({ minLength: 1, maxLength: 128, examples: ['Lovelace'] }),
  username: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 256,
      pattern: '^[^:\\x00-\\x1f]+$',
      description: 'What the user logs in with; unique in the account, whatever its case.',
    }),
  ),
  password: Type.Optional(
    Type.String({
      minLength: 6,
      maxLength: 256,
      description: 'Kept only as a salted hash and never answered.',
    }),
  ),
  email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
  enabled: Type.Boolean({ default: true, description: 'When false nobody logs in as this user.' }),
  priv_level: Type.Enum(['user', 'admin'], {
    default: 'user',
    description: 'Only administrators log in: a token of the account acts on all of it.',
  }),
  language: Type.Optional(Type.String()),
  caller_id: Type.Optional(CallerId),
})

export const UserDocument = Type.Object({
  ...UserInput.properties,
  id: Type.String(),
  _read_only: Type.Optional(
    Type.Object({
      created: Type.Integer({ description: 'Gregorian seconds.' }),
      modified: Type.Integer({ description: 'Gregorian seconds.' }),
      deleted: Type.Optional(Type.Boolean()),
    }),
  ),
})

export const UserSummary = Type.Object({
  id: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  username: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  priv_level: Type.String(),
  enabled: Type.Boolean(),
})

export type UserInput = Static<typeof UserInput>
export type UserDocument = Static<typeof UserDocument>
export type UserSummary = Static<typeof UserSummary>

const exampleUser: UserInput = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  email: 'ada@example.com',
  enabled: true,
  priv_level: 'user',
}

const tag = 'users'
const access = 'account'
const base = '/v2/accounts/{account_id}/users'

const rules =
  'A username that another user of the account has is refused with 400 under `username.unique`. A password needs a username, and a new username needs the password again, because what is kept is a hash of both.'

export const list = endpoint('GET', base, {
  tag,
  access,
  paged: true,
  filtered: true,
  summary: 'List users, newest first',
  reply: Type.Array(UserSummary),
})
export const create = endpoint('PUT', base, {
  tag,
  access,
  status: 201,
  body: 'envelope',
  summary: 'Create a user',
  description: rules,
  data: UserInput,
  example: exampleUser,
  reply: UserDocument,
})
export const get = endpoint('GET', `${base}/{user_id}`, {
  tag,
  access,
  summary: 'The user',
  reply: UserDocument,
})
export const update = endpoint('POST', `${base}/{user_id}`, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Replace the user; without a password the old one stays',
  description: rules,
  data: UserInput,
  example: exampleUser,
  reply: UserDocument,
})
export const patch = endpoint('PATCH', `${base}/{user_id}`, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Merge into the user; null removes a key',
  description: rules,
  data: Type.Record(Type.String(), Type.Unknown()),
  example: { last_name: 'King', email: null },
  reply: UserDocument,
})
export const remove = endpoint('DELETE', `${base}/{user_id}`, {
  tag,
  access,
  body: 'envelope',
  refuses: ['conflict'],
  summary: 'Delete softly, or for good with should_soft_delete=false; its devices stay',
  description: 'The last administrator who can log in is not deleted: 400 under `id.forbidden`.',
  reply: UserDocument,
})
