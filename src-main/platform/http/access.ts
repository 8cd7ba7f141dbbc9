import type { Access } from '#contract/endpoint'
import { AppError } from '../errors.ts'
import type { Principal, RawQuery } from './route.ts'

/** What the server must know of accounts; the accounts module provides it. */
export type Authority = {
  /** Whose token it is; undefined when unknown or expired. */
  authenticate: (token: string) => Principal | undefined
  accountExists: (accountId: string) => boolean
}

const fromAuthorization = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined
  const [scheme = '', value] = header.trim().split(/\s+/, 2)
  if (value === undefined) return scheme
  if (scheme.toLowerCase() !== 'basic') return value
  return Buffer.from(value, 'base64').toString().split(':').at(-1)
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** The caller's token, in Crossbar's order of precedence (spec: auth). */
export const tokenOf = (request: {
  headers: Readonly<Record<string, string | string[] | undefined>>
  query: RawQuery
  envelope?: Readonly<Record<string, unknown>>
}): string | undefined =>
  text(request.headers['x-auth-token']) ??
  text(request.query.auth_token) ??
  text(request.envelope?.auth_token) ??
  fromAuthorization(text(request.headers.authorization))

const anonymous: Principal = { accountId: '', ownerId: undefined, isAdmin: false, token: '' }

export type AccessRequest = {
  access: Access
  token: string | undefined
  /** Account named by the path. */
  accountId: string | undefined
  /** The path or `target` names the system library. */
  isSystem: boolean
}

/** Who calls, and on which account; throws 401, 403 or 404 when it must not be. */
export const authorise = (
  authority: Authority,
  request: AccessRequest,
): { principal: Principal; accountId: string } => {
  const { access, token, accountId, isSystem } = request
  if (access === 'open') return { principal: anonymous, accountId: '' }
  const principal = token === undefined ? undefined : authority.authenticate(token)
  if (!principal) throw new AppError('invalid_credentials')
  if ((access === 'admin' || isSystem) && !principal.isAdmin) {
    throw new AppError('forbidden', { message: 'only the administrator may do this' })
  }
  if (isSystem) return { principal, accountId: 'system' }
  if (accountId === undefined) return { principal, accountId: principal.accountId }
  if (accountId === principal.accountId) return { principal, accountId }
  const unknown = () =>
    new AppError('bad_identifier', { message: 'invalid account_id', cause: accountId })
  if (!/^[0-9a-f]{32}$/.test(accountId)) throw unknown()
  // An unknown account and somebody else's answer alike, so that ids cannot be probed.
  if (!principal.isAdmin) throw new AppError('forbidden')
  if (!authority.accountExists(accountId)) throw unknown()
  return { principal, accountId }
}
