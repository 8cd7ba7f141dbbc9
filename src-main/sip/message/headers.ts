import type { Header } from './message.ts'

/** Compact forms (RFC 3261 §7.3.3 and the IANA registry). */
const compact: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
}

/** Names compare without case, and compact forms are the same names. */
export const canonicalName = (name: string): string => {
  const lower = name.toLowerCase()
  return compact[lower] ?? lower
}

type HasHeaders = { readonly headers: readonly Header[] }

/** The values of a header field, one for each line, in order; `name` in lower case. */
export const valuesOf = ({ headers }: HasHeaders, name: string): string[] =>
  headers.filter((header) => canonicalName(header.name) === name).map(({ value }) => value)

const element = /(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<])+/gs

/** The elements of a header field that is a list: `Supported: timer, 100rel` gives both. */
export const listOf = (message: HasHeaders, name: string): string[] =>
  valuesOf(message, name)
    .flatMap((value) => value.match(element) ?? [])
    .map((value) => value.trim())
    .filter((value) => value !== '')
