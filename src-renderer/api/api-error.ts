import type { Endpoint } from '#contract/endpoint'
import type { Violations } from '#contract/errors'

type ApiErrorFacts = {
  /** HTTP status; 0 when no answer came. */
  status: number
  /** The token in the envelope's `message`, or `unreachable`. */
  code: string
  /** A sentence for people. */
  message: string
  violations?: Violations | undefined
  /** Which of several causes a conflict has, where the endpoint tells them apart. */
  reason?: string | undefined
}

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly violations: Violations
  readonly reason: string | undefined

  constructor({ status, code, message, violations, reason }: ApiErrorFacts) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.violations = violations ?? {}
    this.reason = reason
  }
}

/** A login changes nothing that could be looked up. */
const isRead = ({ method, access }: Pick<Endpoint, 'method' | 'access'>) =>
  method === 'GET' || access === 'open'

/** No answer came. What was to be changed may have been: the answer may be what was lost. */
export const unreachable = (asked: Pick<Endpoint, 'method' | 'access'>) =>
  new ApiError({
    status: 0,
    code: 'unreachable',
    message: isRead(asked)
      ? 'The backend does not answer.'
      : 'No answer came: it may or may not have been done. Reload to see.',
  })

export const sessionEnded = () =>
  new ApiError({ status: 401, code: 'session_ended', message: 'Your login has ended.' })

/** Where a person is helped more by another sentence than the API's own. */
const sentences: Record<string, string> = {
  invalid_credentials: 'The account name, user name or password is not right.',
  forbidden: 'This account may not do that.',
  not_found: 'It does not exist (any more).',
  bad_identifier: 'It does not exist (any more).',
  datastore_conflict: 'Somebody changed it in the meantime. Look at the new version and try again.',
  insufficient_storage: 'The disk of the data folder is full. Make room and try again.',
  unspecified_fault: 'The backend met an error it did not expect. Its log says more.',
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRules = (value: unknown): value is Violations[string] =>
  isRecord(value) &&
  Object.values(value).every((rule) => isRecord(rule) && typeof rule.message === 'string')

const violationsOf = (data: unknown): Violations => {
  if (!isRecord(data)) return {}
  return Object.fromEntries(
    Object.entries(data).flatMap(([property, rules]) =>
      isRules(rules) ? [[property, rules]] : [],
    ),
  )
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What a field shows beside itself; undefined while it breaks no rule. */
export const violationText = (violations: Violations, property: string): string | undefined => {
  const messages = Object.values(violations[property] ?? {}).map(({ message }) =>
    capitalised(message),
  )
  return messages.length > 0 ? messages.join('. ') : undefined
}

/** What was sent as a whole is no field that a person could have filled in wrong. */
const isWhole = (property: string) => property === 'file'

const asSentence = (violations: Violations): string | undefined => {
  const parts = Object.keys(violations).map((property) => {
    const text = violationText(violations, property) ?? ''
    return isWhole(property) ? text : `${property}: ${text}`
  })
  return parts.length > 0 ? parts.join(' · ') : undefined
}

/** Turns a refusal, whatever its body looks like, into an error a person can read. */
export const toApiError = (status: number, body: unknown): ApiError => {
  const envelope = isRecord(body) ? body : {}
  const code = typeof envelope.message === 'string' ? envelope.message : `http_${status}`
  const data = envelope.data
  const violations = violationsOf(data)
  const told = isRecord(data) && typeof data.message === 'string' ? data.message : undefined
  const message =
    asSentence(violations) ?? sentences[code] ?? told ?? `The backend answered ${status}.`
  const reason = isRecord(data) && typeof data.cause === 'string' ? data.cause : undefined
  return new ApiError({ status, code, message, violations, reason })
}
