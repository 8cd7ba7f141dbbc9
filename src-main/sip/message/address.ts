import type { NameAddr, Params, Via } from './message.ts'
import { createScanner, tokenPattern, type Scanner } from './scanner.ts'
import { parseHostPort, parseUri } from './uri.ts'

/** One address, as in From and To: `"Ann" <sip:ann@example.com>;tag=1` or `sip:ann@example.com;tag=1`. */
export const parseAddress = (value: string): NameAddr | undefined => {
  const scanner = createScanner(value)
  const address = takeAddress(scanner)
  scanner.space()
  return scanner.isDone ? address : undefined
}

/** Addresses with commas between them: Contact, Route, Record-Route. An empty element is an error. */
export const parseAddresses = (value: string): NameAddr[] | undefined =>
  parseList(value, takeAddress)

/** Via values with commas between them. */
export const parseVias = (value: string): Via[] | undefined => parseList(value, takeVia)

const parseList = <T>(
  value: string,
  takeOne: (scanner: Scanner) => T | undefined,
): T[] | undefined => {
  const scanner = createScanner(value)
  const items: T[] = []
  do {
    const item = takeOne(scanner)
    if (item === undefined) return undefined
    items.push(item)
  } while (scanner.separator(','))
  scanner.space()
  return scanner.isDone ? items : undefined
}

/** Unquoted words; not ASCII is not allowed but understood. */
const displayPattern = /[A-Za-z0-9\-.!%*_+`'~\u0080-\uffff \t]*(?=<)/y
const bracketPattern = /<[^<>]*>/y
/** Without brackets, `;` begins a parameter of the field, and `?` and `,` cannot belong to the URI (§20). */
const barePattern = /[^ \t<>;,?"]+/y

const takeAddress = (scanner: Scanner): NameAddr | undefined => {
  scanner.space()
  const from = scanner.position()
  const quoted = scanner.quoted()
  if (quoted !== undefined) scanner.space()
  const displayName = quoted ?? scanner.take(displayPattern)?.trimEnd()
  const uriText =
    displayName === undefined
      ? scanner.take(barePattern)
      : scanner.take(bracketPattern)?.slice(1, -1)
  const uri = uriText === undefined ? undefined : parseUri(uriText)
  const params = uri && takeParams(scanner)
  if (!uri || !params) return undefined
  return { displayName: displayName ?? '', uri, params, text: scanner.cut(from) }
}

/** token, host (an IPv6 address with or without brackets) or nothing */
const valuePattern = /[A-Za-z0-9\-.!%*_+`'~[\]:]+/y

/** `;name=value` until something else comes; undefined when a name or a value is missing. */
const takeParams = (scanner: Scanner): Params | undefined => {
  const params = new Map<string, string>()
  while (scanner.separator(';')) {
    const name = scanner.take(tokenPattern)?.toLowerCase()
    if (name === undefined) return undefined
    const value = scanner.separator('=') ? (scanner.quoted() ?? scanner.take(valuePattern)) : ''
    if (value === undefined) return undefined
    // The first one counts: what a proxy appended cannot replace what was there.
    if (!params.has(name)) params.set(name, value)
  }
  return params
}

const hostPattern = /(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._]+)/y
const digits = /\d{1,5}/y

const takeVia = (scanner: Scanner): Via | undefined => {
  scanner.space()
  const from = scanner.position()
  const protocol = scanner.take(tokenPattern)
  const version = scanner.separator('/') ? scanner.take(tokenPattern) : undefined
  const transport = scanner.separator('/') ? scanner.take(tokenPattern) : undefined
  if (protocol === undefined || version === undefined || transport === undefined) return undefined
  scanner.space()
  const host = scanner.take(hostPattern) ?? ''
  const portText = scanner.separator(':') ? (scanner.take(digits) ?? 'none') : undefined
  const place = parseHostPort(portText === undefined ? host : `${host}:${portText}`)
  const params = place && takeParams(scanner)
  if (!place || !params) return undefined
  return { transport: transport.toUpperCase(), ...place, params, text: scanner.cut(from) }
}
