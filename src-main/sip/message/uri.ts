import type { OtherUri, Params, SipUri, Uri } from './message.ts'

/** A sip or sips URI; false for `tel:` and everything opaque. */
export const isSipUri = (uri: Uri): uri is SipUri => uri.scheme === 'sip' || uri.scheme === 'sips'

const shape = /^([A-Za-z][A-Za-z0-9+.-]*):(.+)$/
const unreserved = "A-Za-z0-9\\-_.!~*'()"
const escaped = '%[0-9A-Fa-f]{2}'
const made = (more: string) => new RegExp(`^(?:[${unreserved}${more}]|${escaped})+$`)
/** `#` is not in the grammar, but phones dial it. */
const userPattern = made('&=+$,;?/#')
const passwordPattern = made('&=+$,')
const paramPattern = made('[\\]/:&+$')
const headersPattern = made('[\\]/?:+$&=')
const opaquePattern = /^[\x21\x23-\x3b\x3d\x3f-\x7e]+$/

/**
 * Parses a URI (RFC 3261 §19.1, §25.1). Undefined when it is none: white space, angle brackets, an empty host, a
 * port above 65535 and unescaped characters that the grammar does not allow.
 */
export const parseUri = (text: string): Uri | undefined => {
  const [, name = '', rest = ''] = shape.exec(text) ?? []
  const scheme = name.toLowerCase()
  if (scheme === '') return undefined
  if (scheme === 'sip' || scheme === 'sips') return parseSip(scheme, rest, text)
  return opaquePattern.test(text) ? ({ scheme, text } satisfies OtherUri) : undefined
}

const parseSip = (scheme: 'sip' | 'sips', rest: string, text: string): SipUri | undefined => {
  // Users may hold `;` and `?`; an `@` is always escaped, so the first one ends the user.
  const at = rest.indexOf('@')
  const person = at < 0 ? { user: undefined, password: undefined } : parseUser(rest.slice(0, at))
  const [, hostPort = '', paramText = '', headers] =
    /^([^;?]*)((?:;[^?]*)?)(?:\?(.*))?$/s.exec(rest.slice(at + 1)) ?? []
  const place = parseHostPort(hostPort)
  const params = parseUriParams(paramText)
  if (!person || !place || !params) return undefined
  if (headers !== undefined && !headersPattern.test(headers)) return undefined
  return { scheme, ...person, ...place, params, headers, text }
}

const parseUser = (text: string): Pick<SipUri, 'user' | 'password'> | undefined => {
  const colon = text.indexOf(':')
  const user = colon < 0 ? text : text.slice(0, colon)
  const password = colon < 0 ? '' : text.slice(colon + 1)
  if (!userPattern.test(user)) return undefined
  if (password !== '' && !passwordPattern.test(password)) return undefined
  return { user: unescape(user), password: colon < 0 ? undefined : unescape(password) }
}

const parseUriParams = (text: string): Params | undefined => {
  const params = new Map<string, string>()
  for (const part of text.split(';').slice(1)) {
    const [name = '', value] = part.split(/=(.*)/s)
    if (!paramPattern.test(name)) return undefined
    if (value !== undefined && !paramPattern.test(value)) return undefined
    const key = unescape(name).toLowerCase()
    const said = unescape(value ?? '')
    // A parameter must not appear twice (§19.1.1); baresip does it, and says the same both times.
    if ((params.get(key) ?? said) !== said) return undefined
    params.set(key, said)
  }
  return params
}

const longestHost = 255
const name =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.?$/
const ipv6 = /^\[([0-9A-Fa-f:.]{2,45})\]$/

/** `host[:port]`; the host in lower case, an IPv6 address without brackets. */
export const parseHostPort = (
  text: string,
): { host: string; port: number | undefined } | undefined => {
  const [, hostText = '', portText] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? []
  const port = portText === undefined ? undefined : Number(portText)
  if (port !== undefined && port > 65_535) return undefined
  const bracketed = ipv6.exec(hostText)?.[1]
  if (bracketed !== undefined) return { host: bracketed.toLowerCase(), port }
  if (hostText.length > longestHost) return undefined
  return name.test(hostText) ? { host: hostText.toLowerCase(), port } : undefined
}

/** `%41` → `A`; bytes that are not UTF-8 become the replacement character. */
const unescape = (text: string): string =>
  text.includes('%')
    ? text.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
        Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
      )
    : text

/** A text as the user of a SIP URI: everything the grammar does not allow there is escaped. */
export const escapeUser = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const char = String.fromCharCode(byte)
      return /[A-Za-z0-9\-_.!~*'()&=+$,;?/]/.test(char)
        ? char
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

/** A host as written in URIs and Via: IPv6 addresses get their brackets. */
export const hostText = (host: string): string => (host.includes(':') ? `[${host}]` : host)
