import { randomBytes } from 'node:crypto'
import { parseAuth } from '../message/auth.ts'
import { valuesOf } from '../message/headers.ts'
import type { Header, SipResponse } from '../message/message.ts'
import { algorithmOf, digestOf } from './hash.ts'

/**
 * The header field that answers a 401 or 407; undefined when none of its challenges can be answered. The first one that
 * can is taken, as its sender ordered them (RFC 8760 §2.4).
 */
export const answerChallenge = (
  response: SipResponse,
  request: { method: string; uri: string },
  credentials: { username: string; password: string },
): Header | undefined => {
  const isProxy = response.status === 407
  const challenges = valuesOf(response, isProxy ? 'proxy-authenticate' : 'www-authenticate')
  for (const value of challenges) {
    const answer = answerOne(value, request, credentials)
    if (answer) return { name: isProxy ? 'Proxy-Authorization' : 'Authorization', value: answer }
  }
  return undefined
}

const escape = (text: string) => text.replaceAll(/["\\]/g, '\\$&')

const answerOne = (
  value: string,
  { method, uri }: { method: string; uri: string },
  { username, password }: { username: string; password: string },
): string | undefined => {
  const challenge = parseAuth(value)
  const realm = challenge?.params.get('realm')
  const nonce = challenge?.params.get('nonce')
  const algorithm = algorithmOf(challenge?.params.get('algorithm'))
  if (challenge?.scheme !== 'digest' || realm === undefined || !nonce || !algorithm)
    return undefined
  const qop = challenge.params.get('qop')
  if (qop !== undefined && !/(?:^|,)\s*auth\s*(?:,|$)/i.test(qop)) return undefined
  const auth =
    qop === undefined ? undefined : { nc: '00000001', cnonce: randomBytes(12).toString('hex') }
  const parts = { algorithm, username, realm, password, method, uri, nonce, auth }
  const opaque = challenge.params.get('opaque')
  return [
    `Digest username="${escape(username)}"`,
    `realm="${escape(realm)}"`,
    `nonce="${escape(nonce)}"`,
    `uri="${uri}"`,
    `response="${digestOf(parts)}"`,
    `algorithm=${algorithm}`,
    ...(auth ? [`qop=auth`, `nc=${auth.nc}`, `cnonce="${auth.cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${escape(opaque)}"`]),
  ].join(', ')
}
