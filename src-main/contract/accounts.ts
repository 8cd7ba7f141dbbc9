import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'

export const AccountInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 128 }),
  realm: Type.Optional(Type.String({ minLength: 4, maxLength: 253 })),
  language: Type.Optional(Type.String()),
})

export const AccountDocument = Type.Object({
  ...AccountInput.properties,
  id: Type.String(),
  realm: Type.String(),
  api_key: Type.Optional(
    Type.String({ description: 'Shown once, in the answer to the creation.' }),
  ),
})

export const UserAuthInput = Type.Object({
  credentials: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'Hex md5 or sha1 of "username_in_lower_case:password".',
  }),
  method: Type.Optional(Type.Enum(['md5', 'sha', 'sha1'], { default: 'md5' })),
  account_name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  account_realm: Type.Optional(Type.String({ minLength: 4, maxLength: 253 })),
  phone_number: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
})

const ApiAuthInput = Type.Object({
  api_key: Type.String({ minLength: 64, maxLength: 64 }),
})

export const Session = Type.Object({
  account_id: Type.String(),
  account_name: Type.String(),
  owner_id: Type.Optional(Type.String()),
  is_master_account: Type.Boolean(),
  is_reseller: Type.Boolean(),
  reseller_id: Type.String(),
  language: Type.String(),
  cluster_id: Type.String(),
  apps: Type.Array(Type.Unknown()),
  capabilities: Type.Record(Type.String(), Type.Unknown()),
  ui_config: Type.Record(Type.String(), Type.Unknown()),
})

export type AccountInput = Static<typeof AccountInput>
export type AccountDocument = Static<typeof AccountDocument>
export type UserAuthInput = Static<typeof UserAuthInput>
export type Session = Static<typeof Session>

const tag = 'accounts'

export const userAuth = endpoint('PUT', '/v2/user_auth', {
  tag,
  access: 'open',
  status: 201,
  body: 'envelope',
  summary: 'Log in with a user’s credentials; the envelope’s auth_token is the token',
  data: UserAuthInput,
  reply: Session,
})
export const tokenInfo = endpoint('GET', '/v2/user_auth/{token}', {
  tag,
  access: 'account',
  summary: 'Whose token this is',
  reply: Session,
})
export const apiAuth = endpoint('PUT', '/v2/api_auth', {
  tag,
  access: 'open',
  status: 201,
  body: 'envelope',
  summary: 'Log in with an API key',
  data: ApiAuthInput,
  reply: Session,
})
export const create = endpoint('PUT', '/v2/accounts', {
  tag,
  access: 'admin',
  status: 201,
  body: 'envelope',
  summary: 'Create an account; the answer shows its API key once',
  data: AccountInput,
  reply: AccountDocument,
})
export const list = endpoint('GET', '/v2/accounts', {
  tag,
  access: 'admin',
  summary: 'List accounts',
  reply: Type.Array(AccountDocument),
})
export const get = endpoint('GET', '/v2/accounts/{account_id}', {
  tag,
  access: 'account',
  summary: 'The account',
  reply: AccountDocument,
})
export const apiKey = endpoint('GET', '/v2/accounts/{account_id}/api_key', {
  tag,
  access: 'account',
  summary: 'The account’s API key',
  reply: Type.Object({ api_key: Type.String() }),
})
