import { isUtf8 } from 'node:buffer'
import { parseAddress, parseAddresses, parseVias } from './address.ts'
import { canonicalName, valuesOf } from './headers.ts'
import type { Header, NameAddr, Parsed, SipMessage, Via } from './message.ts'
import { isKnownMethod } from './methods.ts'
import { isToken } from './scanner.ts'
import { parseUri } from './uri.ts'

/** What bytes turned out to be. */
export type Reading =
  | { readonly kind: 'message'; readonly message: SipMessage }
  | RefusedReading
  /** A response that is wrong, an ACK that is wrong, or nothing that could be answered. */
  | { readonly kind: 'dropped'; readonly why: string }

/** A request that breaks the grammar, with what an answer to it needs. */
export type RefusedReading = {
  readonly kind: 'refused'
  readonly status: number
  readonly reason: string
  /** Its Via, From, To, Call-ID and CSeq as far as it has them. */
  readonly headers: readonly Header[]
  /** The topmost Via, when it can be read. */
  readonly via: Via | undefined
}

const limits = { headers: 200, lineChars: 8_192, headBytes: 32_768 }

/** Why a message is refused; never leaves this file. */
class Malformed extends Error {
  readonly status: number
  constructor(reason: string, status = 400) {
    super(reason)
    this.status = status
  }
}

type Framing = 'datagram' | 'stream'

/**
 * Reads one message: a whole datagram, or what the framer cut from a stream. RFC 3261 §7 and §25, and where those
 * leave a choice, the stricter one: what two programs could read differently is refused.
 */
export const readMessage = (bytes: Buffer, framing: Framing): Reading => {
  const end = bytes.indexOf('\r\n\r\n')
  const headBytes = end < 0 ? bytes : bytes.subarray(0, end)
  const lines = headBytes
    .toString('utf8')
    .replace(/^(?:\r\n)+/, '')
    .split('\r\n')
  const startLine = lines[0] ?? ''
  const isResponse = /^SIP\/\d+\.\d+ /i.test(startLine)
  const { headers, fault } = readHeaders(lines.slice(1))
  try {
    if (end < 0) throw new Malformed('No empty line after the header fields')
    if (headBytes.length > limits.headBytes) throw new Malformed('Message Too Large', 513)
    if (!isUtf8(headBytes)) throw new Malformed('Header fields are not UTF-8')
    if (fault) throw fault
    const start = isResponse ? readStatusLine(startLine) : readRequestLine(startLine)
    const parsed = readParsed(headers, cutBody(bytes.subarray(end + 4), headers, framing))
    if (start.kind === 'response') {
      return { kind: 'message', message: { ...start, ...parsed } }
    }
    if (start.method !== parsed.cseq.method) throw mismatch(start.method)
    return { kind: 'message', message: { ...start, ...parsed } }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    const method = startLine.split(' ', 1)[0]
    if (isResponse || method === 'ACK') return { kind: 'dropped', why: error.message }
    return refusalOf(error, headers)
  }
}

const refusalOf = ({ status, message }: Malformed, all: readonly Header[]): Reading => {
  const copied = (name: string) => {
    const found = all.filter((header) => canonicalName(header.name) === name)
    return name === 'via' ? found : found.slice(0, 1)
  }
  const headers = ['via', 'from', 'to', 'call-id', 'cseq'].flatMap(copied)
  const [top] = copied('via')
  if (!top) return { kind: 'dropped', why: `${message}; no Via to answer to` }
  const via = parseVias(top.value)?.[0]
  return { kind: 'refused', status, reason: message, headers, via }
}

/** Of a method we do not know, 501 says more than 400 (RFC 4475 §3.1.2.18). */
const mismatch = (method: string) =>
  isKnownMethod(method)
    ? new Malformed('CSeq names another method')
    : new Malformed('Not Implemented', 501)

const readHeaders = (lines: readonly string[]) => {
  const headers: Header[] = []
  let fault: Malformed | undefined
  const unfolded: string[] = []
  for (const line of lines) {
    if (!/^[ \t]/.test(line)) unfolded.push(line)
    else if (unfolded.length > 0) unfolded.push(`${unfolded.pop() ?? ''} ${line.trimStart()}`)
    else fault ??= new Malformed('The first header field is folded')
  }
  for (const line of unfolded.slice(0, limits.headers)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).replace(/[ \t]+$/, '')
    const value = line.slice(colon + 1).replaceAll(/^[ \t]+|[ \t]+$/g, '')
    if (!isToken(name)) fault ??= new Malformed('A header field without a name')
    else if (/[\r\n]/.test(value)) fault ??= new Malformed('A bare CR or LF in a header field')
    else headers.push({ name, value })
    if (line.length > limits.lineChars) fault ??= new Malformed('Header field too large', 513)
  }
  if (unfolded.length > limits.headers) fault ??= new Malformed('Too many header fields', 513)
  return { headers, fault }
}

const readRequestLine = (line: string) => {
  const [method = '', uriText = '', version = '', ...more] = line.split(' ')
  if (!isToken(method) || more.length > 0) throw new Malformed('Malformed request line')
  if (/^SIP\/\d+\.\d+$/i.test(version) && !/^SIP\/2\.0$/i.test(version)) {
    throw new Malformed('Version Not Supported', 505)
  }
  if (!/^SIP\/2\.0$/i.test(version)) throw new Malformed('Malformed request line')
  const uri = parseUri(uriText)
  if (!uri) throw new Malformed('Malformed Request-URI')
  if ('headers' in uri && uri.headers !== undefined) {
    throw new Malformed('Request-URI with header fields')
  }
  return { kind: 'request' as const, method, uri }
}

const readStatusLine = (line: string) => {
  const [, status = '', reason = ''] = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(line) ?? []
  if (status === '') throw new Malformed('Malformed status line')
  return { kind: 'response' as const, status: Number(status), reason }
}

const cutBody = (rest: Buffer, headers: readonly Header[], framing: Framing): Buffer => {
  const [text] = single(headers, 'content-length')
  if (text === undefined) {
    // A stream has no other end of a message (§20.14).
    if (framing === 'stream') throw new Malformed('Content-Length is missing')
    return rest
  }
  if (!/^\d{1,9}$/.test(text)) throw new Malformed('Malformed Content-Length')
  if (Number(text) > rest.length) throw new Malformed('Content-Length is beyond the message')
  return rest.subarray(0, Number(text))
}

/** The only value of a field that must not appear twice. */
const single = (headers: readonly Header[], name: string): string[] => {
  const values = valuesOf({ headers }, name)
  if (values.length > 1) throw new Malformed(`More than one ${name}`)
  return values
}

const required = (headers: readonly Header[], name: string): string => {
  const [value] = single(headers, name)
  if (value === undefined) throw new Malformed(`${name} is missing`)
  return value
}

const callIdPattern =
  /^[A-Za-z0-9\-.!%*_+`'~()<>:\\"/[\]?{}]+(?:@[A-Za-z0-9\-.!%*_+`'~()<>:\\"/[\]?{}]+)?$/
const datePattern =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/i

const readParsed = (headers: readonly Header[], body: Buffer): Parsed => {
  const via = lists(headers, 'via', parseVias)
  if (via.length === 0) throw new Malformed('via is missing')
  const callId = required(headers, 'call-id')
  if (!callIdPattern.test(callId)) throw new Malformed('Malformed call-id')
  const [date] = single(headers, 'date')
  if (date !== undefined && !datePattern.test(date)) throw new Malformed('Malformed date')
  return {
    headers,
    body,
    via,
    callId,
    from: address(headers, 'from'),
    to: address(headers, 'to'),
    cseq: readCseq(required(headers, 'cseq')),
    contacts: readContacts(headers),
    maxForwards: readMaxForwards(single(headers, 'max-forwards')[0]),
    expires: readSeconds(valuesOf({ headers }, 'expires')[0]),
  }
}

const lists = <T>(
  headers: readonly Header[],
  name: string,
  parse: (value: string) => T[] | undefined,
): T[] =>
  valuesOf({ headers }, name).flatMap((value) => {
    const items = parse(value)
    if (!items) throw new Malformed(`Malformed ${name}`)
    return items
  })

const address = (headers: readonly Header[], name: string): NameAddr => {
  const parsed = parseAddress(required(headers, name))
  if (!parsed) throw new Malformed(`Malformed ${name}`)
  return parsed
}

const readContacts = (headers: readonly Header[]): Parsed['contacts'] => {
  const values = valuesOf({ headers }, 'contact')
  if (values.length === 1 && values[0] === '*') return '*'
  return lists(headers, 'contact', parseAddresses)
}

const readCseq = (value: string): Parsed['cseq'] => {
  const [, digits = '', method = ''] = /^(\d+)[ \t]+(\S+)$/.exec(value) ?? []
  const number = Number(digits)
  if (!isToken(method) || digits === '') throw new Malformed('Malformed cseq')
  // §8.1.1.5
  if (number >= 2 ** 31) throw new Malformed('CSeq is too large')
  return { number, method }
}

const readMaxForwards = (value: string | undefined): number | undefined => {
  if (value === undefined) return undefined
  if (!/^\d+$/.test(value) || Number(value) > 255) throw new Malformed('Malformed max-forwards')
  return Number(value)
}

const longestS = 2 ** 32 - 1

/** Delta seconds. What is no number is treated as missing, what is too large as the largest (§20.10). */
const readSeconds = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d+$/.test(value) ? Math.min(Number(value), longestS) : undefined
