import { createHash } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import type { Header, SipResponse } from '../message/message.ts'
import { responseTo } from '../message/response.ts'
import { requestBytes, requestOf, responseOf } from '../test/requests.ts'
import { answerChallenge } from './client.ts'
import { digestOf } from './hash.ts'
import { createDigestServer, type Verdict } from './server.ts'

const uri = 'sip:example.com'
const source = '192.0.2.1'
const limits = { failuresPerSource: 3, challengesPerSource: 5, failureWindowMs: 60_000 }
let now: number
let check: ReturnType<typeof createDigestServer>

beforeEach(() => {
  now = Date.UTC(2026, 10, 21)
  check = createDigestServer({
    ...{ realm: 'patchbay', nowMs: () => now, limits },
    algorithms: ['SHA-256', 'MD5'],
  })
})

const passwordOf = (name: string) => (name === 'änn' ? 'geheim' : undefined)
const register = (authorization?: Header, uriText = uri) =>
  requestOf(
    requestBytes('REGISTER', authorization ? { [authorization.name]: authorization.value } : {}, {
      uri: uriText,
    }),
  )
const judge = (authorization?: Header, from = source): Verdict =>
  check(register(authorization), from, passwordOf)
const summary = (verdict: Verdict) =>
  verdict.kind === 'accepted' ? verdict.username : verdict.status

/** A challenge as the client gets it. */
const challenged = (verdict: Verdict = judge(), only?: RegExp): SipResponse => {
  if (verdict.kind === 'accepted') throw new Error('no challenge')
  const headers = verdict.headers.filter(({ value }) => only?.test(value) ?? true)
  return responseOf(
    responseTo(
      register(),
      { transport: 'udp', host: source, port: 5060 },
      {
        status: verdict.status,
        headers,
      },
    ),
  )
}
const proof = (response = challenged(), username = 'änn', password = 'geheim') =>
  answerChallenge(response, { method: 'REGISTER', uri }, { username, password })!

it('computes what RFC 7616 §3.9.1 computes', () => {
  const parts = {
    username: 'Mufasa',
    realm: 'http-auth@example.org',
    password: 'Circle of Life',
    method: 'GET',
    uri: '/dir/index.html',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    auth: { nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
  }
  expect(digestOf({ ...parts, algorithm: 'MD5' })).toBe('8ca523f5e9506fed4657c9700eebdbec')
  expect(digestOf({ ...parts, algorithm: 'SHA-256' })).toBe(
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  )
})

it('lets in who knows the password, with either algorithm, in the order they are offered', () => {
  const challenge = challenged()
  expect(
    challenge.headers.filter(({ name }) => name === 'WWW-Authenticate').map(({ value }) => value),
  ).toMatchObject([expect.stringContaining('SHA-256'), expect.stringContaining('MD5')])
  expect(proof(challenge).value).toContain('algorithm=SHA-256')
  expect(summary(judge(proof(challenge)))).toBe('änn')
  expect(summary(judge(proof(challenged(judge(), /MD5/))))).toBe('änn')
})

it('challenges what proves nothing: no credentials, another scheme or realm, a made-up nonce', () => {
  const right = proof()
  const changed = (from: RegExp, to: string) => ({ ...right, value: right.value.replace(from, to) })
  const none = [
    undefined,
    { name: 'Authorization', value: 'NoOneKnowsThisScheme opaque-data=here' },
    changed(/realm="[^"]*"/, 'realm="other"'),
  ]
  expect(none.map((header) => summary(judge(header)))).toEqual([401, 401, 401])
  expect(summary(judge(changed(/nonce="[^"]*"/, 'nonce="AAAA"'), '192.0.2.2'))).toBe(401)
  expect(summary(judge(changed(/qop=auth/, 'qop=auth-int'), '192.0.2.2'))).toBe(401)
})

it('takes no algorithm that is not offered', () => {
  const sha256 = proof()
  check = createDigestServer({
    ...{ realm: 'patchbay', nowMs: () => now, limits, algorithms: ['MD5'] },
  })
  expect(JSON.stringify(judge())).not.toContain('SHA-256')
  expect(summary(judge(sha256))).toBe(401)
  expect(summary(judge(proof()))).toBe('änn')
})

it('refuses a wrong password and an unknown name alike', () => {
  const wrong = judge(proof(challenged(), 'änn', 'wrong'))
  const unknown = judge(proof(challenged(), 'bob', 'geheim'))
  expect([wrong, unknown]).toEqual([
    { kind: 'refused', status: 403, headers: [] },
    { kind: 'refused', status: 403, headers: [] },
  ])
})

it('takes a proof only once, and only for the address and method it was made for', () => {
  const used = proof()
  expect(summary(judge(used))).toBe('änn')
  const again = judge(used)
  expect(again).toMatchObject({ status: 401 })
  expect(JSON.stringify(again)).toContain('stale=true')

  expect(summary(check(register(proof(), 'sip:other.example'), source, passwordOf))).toBe(403)
  const invite = requestOf(requestBytes('INVITE', { Authorization: proof().value }, { uri }))
  expect(summary(check(invite, source, passwordOf))).toBe(403)
})

it('lets a client count on with one nonce, upwards', () => {
  const response = challenged()
  const nonce = /nonce="([^"]+)"/.exec(
    response.headers.find(({ name }) => name === 'WWW-Authenticate')!.value,
  )![1]!
  const counted = (count: number): Header => {
    const nc = count.toString(16).padStart(8, '0')
    const md5 = (text: string) => createHash('md5').update(text).digest('hex')
    const said = md5(
      `${md5('änn:patchbay:geheim')}:${nonce}:${nc}:c:auth:${md5(`REGISTER:${uri}`)}`,
    )
    return {
      name: 'Authorization',
      value: `Digest username="änn",realm="patchbay",nonce="${nonce}",uri="${uri}",qop=auth,nc=${nc},cnonce="c",response="${said}"`,
    }
  }
  expect([1, 2, 10, 9, 10, 11].map((count) => summary(judge(counted(count))))).toEqual([
    ...['änn', 'änn', 'änn', 401, 401, 'änn'],
  ])
})

it('says that a proof is late only to who knows the password', () => {
  const late = proof()
  const wrong = proof(challenged(), 'änn', 'wrong')
  now += 301_000
  expect(JSON.stringify(judge(late))).toContain('stale=true')
  expect(summary(judge(wrong))).toBe(403)
})

it('shuts out a source that fails too often, until the window is over, and no other', () => {
  for (let n = 0; n < 3; n += 1) judge(proof(challenged(judge(undefined, 'c')), 'änn', 'wrong'))
  now += 20_000
  expect(judge(proof(challenged(judge(undefined, 'b'))))).toEqual({
    kind: 'refused',
    status: 503,
    headers: [{ name: 'Retry-After', value: '40' }],
  })
  expect(summary(judge(undefined, 'd'))).toBe(401)
  now += 40_000
  expect(summary(judge(proof()))).toBe('änn')
})

it('shuts out a source that only ever asks, but not one with many phones', () => {
  for (let n = 0; n < 20; n += 1) expect(summary(judge(proof()))).toBe('änn')
  const pending = proof()
  const statuses = Array.from({ length: 5 }, () => summary(judge()))
  expect(statuses).toEqual([401, 401, 401, 401, 503])
  // Whoever was challenged before may still prove it, and makes room.
  expect(summary(judge(pending))).toBe('änn')
  expect(summary(judge())).toBe(401)
})

it('answers challenges of others as they were meant', () => {
  const answer = (challenge: string, status = 401) =>
    answerChallenge(
      responseOf(
        responseTo(
          register(),
          { transport: 'udp', host: source, port: 5060 },
          {
            status,
            headers: [
              {
                name: status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate',
                value: challenge,
              },
            ],
          },
        ),
      ),
      { method: 'INVITE', uri },
      { username: 'a"b', password: 'p' },
    )
  expect(answer('Digest realm="r\\"x", nonce="n", opaque="o"', 407)).toMatchObject({
    name: 'Proxy-Authorization',
    value: expect.stringMatching(/username="a\\"b", realm="r\\"x".*opaque="o"$/),
  })
  expect(answer('Digest realm="r", nonce="n"')?.value).not.toContain('qop')
  expect(answer('Digest realm="r", nonce="n", qop="auth-int, auth"')?.value).toContain('qop=auth,')
  expect(answer('Digest realm="r", nonce="n", qop="auth-int"')).toBeUndefined()
  expect(answer('Digest realm="r", nonce="n", algorithm=SHA-512-256')).toBeUndefined()
  expect(answer('Basic realm="r"')).toBeUndefined()
})
