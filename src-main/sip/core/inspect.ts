import { listOf, valuesOf } from '../message/headers.ts'
import type { Header, SipRequest } from '../message/message.ts'
import { isKnownMethod } from '../message/methods.ts'
import { isSipUri } from '../message/uri.ts'

/** Why a request cannot be worked on, as its answer. */
export type Refusal = {
  readonly status: number
  readonly reason?: string
  readonly headers?: readonly Header[]
}

/** Option tags this stack understands. */
export const supported: readonly string[] = ['100rel', 'timer']
export const sessionType = 'application/sdp'

/** What may be sent within a call. */
export const callMethods: readonly string[] = [
  ...['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'PRACK', 'UPDATE', 'INFO'],
]

/** What may be sent here. */
export const allowHeader = (methods: readonly string[]): Header => ({
  name: 'Allow',
  value: methods.join(', '),
})

/**
 * The rules every user agent server applies before a method's own (RFC 3261 §8.2): method, Request-URI, extensions
 * asked for, content. `methods` are those somebody handles.
 */
export const inspect = (request: SipRequest, methods: readonly string[]): Refusal | undefined => {
  const { method, uri } = request
  if (!methods.includes(method)) {
    return { status: isKnownMethod(method) ? 405 : 501, headers: [allowHeader(methods)] }
  }
  if (!isSipUri(uri)) return { status: 416 }
  if (method === 'REGISTER' && !isSipUri(request.to.uri)) {
    return { status: 400, reason: 'To is no SIP address' }
  }
  return inspectExtensions(request) ?? inspectContent(request)
}

const inspectExtensions = (request: SipRequest): Refusal | undefined => {
  // A CANCEL must not be refused for what its INVITE required (§9.1).
  if (request.method === 'CANCEL') return undefined
  const unknown = listOf(request, 'require').filter((tag) => !supported.includes(tag.toLowerCase()))
  if (unknown.length === 0) return undefined
  return { status: 420, headers: [{ name: 'Unsupported', value: unknown.join(', ') }] }
}

const inspectContent = (request: SipRequest): Refusal | undefined => {
  const encodings = listOf(request, 'content-encoding').map((name) => name.toLowerCase())
  if (encodings.some((name) => name !== 'identity')) {
    return { status: 415, headers: [{ name: 'Accept-Encoding', value: 'identity' }] }
  }
  if (!/^(?:INVITE|UPDATE|PRACK)$/.test(request.method)) return undefined
  const [type = sessionType] = valuesOf(request, 'content-type').map(mediaType)
  if (request.body.length > 0 && type !== sessionType) {
    return { status: 415, headers: [{ name: 'Accept', value: sessionType }] }
  }
  return accepts(request, sessionType) ? undefined : { status: 406 }
}

const mediaType = (value: string): string =>
  (value.split(';', 1)[0] ?? '').replaceAll(/\s/g, '').toLowerCase()

/** Without Accept, an INVITE accepts a session description (§20.1). */
const accepts = (request: SipRequest, type: string): boolean => {
  if (valuesOf(request, 'accept').length === 0) return true
  const all = listOf(request, 'accept').map(mediaType)
  return all.some((one) => one === type || one === '*/*' || one === `${type.split('/', 1)[0]}/*`)
}
