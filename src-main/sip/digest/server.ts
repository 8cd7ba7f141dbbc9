import { randomBytes, timingSafeEqual } from 'node:crypto'
import { parseAuth } from '../message/auth.ts'
import { valuesOf } from '../message/headers.ts'
import type { Header, Params, SipRequest, Uri } from '../message/message.ts'
import { parseUri } from '../message/uri.ts'
import { algorithmOf, digestOf, type Algorithm } from './hash.ts'
import { createLimiter } from './limiter.ts'
import { createNonces } from './nonces.ts'

/** Who a request comes from, or what to answer it with. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly username: string }
  | { readonly kind: 'refused'; readonly status: number; readonly headers: readonly Header[] }

export type DigestLimits = {
  /** Wrong passwords and unknown names of one source within the window. */
  failuresPerSource: number
  /** Challenges one source left unanswered within the window. */
  challengesPerSource: number
  failureWindowMs: number
}

/**
 * Digest authentication of requests (RFC 7616, RFC 8760). An unknown name
 * takes as long and is answered like a wrong password.
 */
export const createDigestServer = (deps: {
  realm: string
  nowMs: () => number
  limits: DigestLimits
  /** A challenge for each, in this order. Only these are accepted. */
  algorithms: readonly Algorithm[]
}) => {
  const { realm, nowMs, limits, algorithms } = deps
  const windowMs = limits.failureWindowMs
  const nonces = createNonces(nowMs)
  const failures = createLimiter({ most: limits.failuresPerSource, windowMs, nowMs })
  const challenges = createLimiter({ most: limits.challengesPerSource, windowMs, nowMs })
  /** Compared with when there is no such user. */
  const nobody = randomBytes(16).toString('hex')

  const later = (waitS: number): Verdict => ({
    kind: 'refused',
    status: 503,
    headers: [{ name: 'Retry-After', value: String(waitS) }],
  })

  const challenge = (source: string, isStale: boolean): Verdict => {
    const waitS = challenges.waitS(source)
    if (waitS > 0) return later(waitS)
    challenges.add(source)
    const nonce = nonces.create()
    const rest = `qop="auth"${isStale ? ', stale=true' : ''}`
    const headers = algorithms.map((algorithm) => ({
      name: 'WWW-Authenticate',
      value: `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, ${rest}`,
    }))
    return { kind: 'refused', status: 401, headers }
  }

  const isProved = (given: Credentials, method: string, password: string): boolean => {
    const { algorithm, username, uri, nonce, nc, cnonce } = given
    const auth = { nc, cnonce }
    const due = digestOf({ algorithm, username, realm, password, method, uri, nonce, auth })
    const said = Buffer.from(given.response)
    const expected = Buffer.from(due)
    return said.length === expected.length && timingSafeEqual(said, expected)
  }

  return (
    request: SipRequest,
    source: string,
    passwordOf: (username: string) => string | undefined,
  ): Verdict => {
    const waitS = failures.waitS(source)
    if (waitS > 0) return later(waitS)
    const given = credentialsOf(request, realm)
    if (!given || !algorithms.includes(given.algorithm)) return challenge(source, false)
    const nc = Number.parseInt(given.nc, 16)
    const judged = nonces.judge(given.nonce, nc)
    if (judged === 'foreign') return challenge(source, false)
    const password = passwordOf(given.username)
    const isRight = isProved(given, request.method, password ?? nobody)
    if (!isRight || password === undefined || !isAbout(given.uri, request.uri)) {
      failures.add(source)
      return { kind: 'refused', status: 403, headers: [] }
    }
    // Only who knows the password is told that it was right but late.
    if (judged === 'stale') return challenge(source, true)
    nonces.use(given.nonce, nc)
    challenges.forgive(source)
    return { kind: 'accepted', username: given.username }
  }
}

type Credentials = {
  readonly algorithm: Algorithm
  readonly username: string
  readonly uri: string
  readonly nonce: string
  readonly nc: string
  readonly cnonce: string
  readonly response: string
}

/** The credentials for our realm; those of other schemes, realms and algorithms are none. */
const credentialsOf = (request: SipRequest, realm: string): Credentials | undefined =>
  valuesOf(request, 'authorization')
    .map(parseAuth)
    .filter((auth) => auth?.scheme === 'digest' && auth.params.get('realm') === realm)
    .map((auth) => auth && readCredentials(auth.params))
    .find((found) => found !== undefined)

const readCredentials = (params: Params): Credentials | undefined => {
  const algorithm = algorithmOf(params.get('algorithm'))
  const names = ['username', 'uri', 'nonce', 'nc', 'cnonce', 'response']
  const [username, uri, nonce, nc, cnonce, response] = names.map((name) => params.get(name) ?? '')
  if (!algorithm || params.get('qop') !== 'auth' || !/^[0-9a-f]{8}$/i.test(nc ?? ''))
    return undefined
  if (!username || !uri || !nonce || !nc || !cnonce || !response) return undefined
  return { algorithm, username, uri, nonce, nc, cnonce, response: response.toLowerCase() }
}

/** The digest covers what its `uri` says, so that must be where the request goes. */
const isAbout = (text: string, uri: Uri): boolean => {
  if (text === uri.text) return true
  const said = parseUri(text)
  if (!said || !('host' in said) || !('host' in uri)) return false
  return said.user === uri.user && said.host === uri.host && said.port === uri.port
}
