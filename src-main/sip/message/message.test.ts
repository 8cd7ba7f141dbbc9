import { expect, it } from 'vitest'
import { createRandom } from '../../test/random.ts'
import { torture } from '../test/torture/torture.ts'
import { parseAddress, parseVias } from './address.ts'
import { parseAuth } from './auth.ts'
import { createFramer } from './framer.ts'
import { listOf } from './headers.ts'
import { readMessage } from './parse.ts'
import { quote } from './scanner.ts'
import { requestLine, serialise } from './serialise.ts'
import { escapeUser, parseUri } from './uri.ts'

const head = [
  'OPTIONS sip:100@127.0.0.1 SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK1;rport',
  'From: <sip:ann@127.0.0.1>;tag=1',
  'To: <sip:100@127.0.0.1>',
  'Call-ID: 1',
  'CSeq: 1 OPTIONS',
]
const bytes = (lines: readonly string[], body = '') =>
  Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
const kindOf = (lines: readonly string[], framing: 'datagram' | 'stream' = 'datagram') => {
  const reading = readMessage(bytes(lines), framing)
  return reading.kind === 'refused' ? `${reading.status} ${reading.reason}` : reading.kind
}

it('keeps header fields as they came, in order, names and repeated ones too', () => {
  const extra = ['X-a: 1', 'x-A:2,  3', 'X-B: "é" \t;x', 'X-a: 4']
  const reading = readMessage(bytes([...head, ...extra]), 'datagram')

  expect(reading).toMatchObject({ kind: 'message' })
  expect(reading.kind === 'message' && reading.message.headers.slice(5)).toEqual([
    { name: 'X-a', value: '1' },
    { name: 'x-A', value: '2,  3' },
    { name: 'X-B', value: '"é" \t;x' },
    { name: 'X-a', value: '4' },
  ])
})

it('reads back what it writes', () => {
  const headers = head.slice(1).map((line) => {
    const [name = '', value = ''] = line.split(/: (.*)/)
    return { name, value }
  })
  const body = Buffer.from([0, 255, 13, 10, 13, 10])
  const written = serialise(requestLine('OPTIONS', 'sip:100@127.0.0.1'), { headers, body })

  const reading = readMessage(written, 'stream')

  expect(reading).toMatchObject({ kind: 'message', message: { method: 'OPTIONS', body } })
})

it('refuses to write a line that would become two', () => {
  const injected = { headers: [{ name: 'Subject', value: 'a\r\nRoute: <sip:evil>' }] }

  expect(() => serialise(requestLine('OPTIONS', 'sip:a@b'), injected)).toThrow('line break')
  expect(() => serialise('OPTIONS sip:a\r\n SIP/2.0', { headers: [] })).toThrow('line break')
  expect(() => serialise('x', { headers: [{ name: 'a b', value: '' }] })).toThrow('"a b"')
})

it('sets limits to sizes', () => {
  const many = Array.from({ length: 200 }, (_, i) => `X-${i}: 1`)

  expect(kindOf([...head, ...many])).toBe('513 Too many header fields')
  expect(kindOf([...head, `X: ${'a'.repeat(9_000)}`])).toBe('513 Header field too large')
  const large = Array.from({ length: 10 }, () => `X: ${'a'.repeat(8_000)}`)
  expect(kindOf([...head, ...large])).toBe('513 Message Too Large')
})

it.each([
  ['no empty line', 'OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n', 400],
  ['a line feed alone', bytes([...head, 'X: a\nRoute: <sip:b>']).toString(), 400],
  ['a field without a colon', bytes([...head, 'nothing']).toString(), 400],
  ['no header fields', 'OPTIONS sip:a@b SIP/2.0\r\n\r\n', 'dropped'],
  ['an ACK that is wrong', 'ACK sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n\r\n', 'dropped'],
  ['noise', '\0\u0001\u0002', 'dropped'],
])('refuses %s', (_, text, expected) => {
  const reading = readMessage(Buffer.from(text), 'datagram')
  expect(reading.kind === 'refused' ? reading.status : reading.kind).toBe(expected)
})

it('demands UTF-8', () => {
  const latin = Buffer.from(bytes([...head, 'Subject: \u00e9']).toString('utf8'), 'latin1')
  expect(readMessage(latin, 'datagram')).toMatchObject({ kind: 'refused', status: 400 })
})

it('demands Content-Length of a stream, and tells a peer with its own fields what was wrong', () => {
  expect(kindOf(head, 'stream')).toBe('400 Content-Length is missing')
  const reading = readMessage(bytes([...head, 'Content-Length: 9']), 'datagram')
  expect(reading).toMatchObject({
    headers: head.slice(1).map((line) => ({ name: line.split(':')[0] })),
  })
})

it('survives every truncation and many mutations of every message, in bounded time', () => {
  const random = createRandom(1)
  const started = performance.now()
  for (const { bytes: whole } of torture.valid) {
    for (let n = 0; n < 200; n += 1) {
      const mutant = Buffer.from(whole.subarray(0, random.integer(0, whole.length)))
      for (let k = 0; k < 3 && mutant.length > 0; k += 1) {
        mutant[random.integer(0, mutant.length - 1)] = random.integer(0, 255)
      }
      expect(() => readMessage(mutant, 'datagram')).not.toThrow()
    }
  }
  const hostile = ['a'.repeat(8_000), 'a '.repeat(4_000), '"\\'.repeat(4_000), ';a'.repeat(4_000)]
  for (const value of hostile) {
    for (const name of ['From', 'Contact', 'Via', 'Route', 'Accept']) {
      readMessage(bytes([...head.slice(0, 2), `${name}: ${value}`]), 'datagram')
      listOf({ headers: [{ name, value }] }, name.toLowerCase())
    }
    parseUri(`sip:${value}`)
    parseAddress(value)
  }
  expect(performance.now() - started).toBeLessThan(5_000)
})

it.each([
  ['sip:100@127.0.0.1:5062;transport=tcp', { user: '100', host: '127.0.0.1', port: 5062 }],
  ['sips:A%20b:p@Host.Example.', { user: 'A b', password: 'p', host: 'host.example.' }],
  ['sip:[2001:DB8::1]:5060', { user: undefined, host: '2001:db8::1', port: 5060 }],
  ['SIP:*98#@a', { scheme: 'sip', user: '*98#' }],
  ['sip:a@b;transport=udp;transport=udp', { host: 'b' }],
  ['tel:+4930123', { scheme: 'tel', text: 'tel:+4930123' }],
])('reads the URI %s', (text, expected) => expect(parseUri(text)).toMatchObject(expected))

it.each([
  '',
  'sip:',
  'sip:a@',
  'sip:a b@c',
  'sip:a@b:70000',
  'sip:a@b:',
  'sip:a@b;x=1;X=2',
  'sip:@b',
  'sip:a@[::1',
  'sip:a@-b',
  'sip:%4@b',
  'sip:<a>@b',
  '100',
])('refuses the URI "%s"', (text) => expect(parseUri(text)).toBeUndefined())

it('escapes users and quotes names so that they come back', () => {
  const user = 'Änne @ "home"; 100%\u0000'
  expect(parseUri(`sip:${escapeUser(user)}@a`)).toMatchObject({ user })
  const name = 'She said "no\\yes" <sip:x@y>, ü'
  expect(parseAddress(`${quote(name)} <sip:a@b>`)).toMatchObject({ displayName: name })
  expect(quote('a\r\nb')).toBe('"ab"')
})

it('reads Via with IPv6 and refuses what is half of one', () => {
  expect(
    parseVias('SIP/2.0/UDP [2001:db8::1]:5062;received=2001:db8::9;branch=z9hG4bK1'),
  ).toMatchObject([{ host: '2001:db8::1', port: 5062 }])
  for (const text of [
    'SIP/2.0/UDP',
    'SIP/2.0 a',
    'SIP/2.0/UDP a:',
    'SIP/2.0/UDP a;',
    'SIP/2.0/UDP a,',
  ]) {
    expect(parseVias(text)).toBeUndefined()
  }
})

it('reads credentials with commas and escapes inside quotes', () => {
  const parsed = parseAuth('Digest username="a,\\"b", realm="r" ,qop=auth,nc=00000001')
  expect(parsed?.scheme).toBe('digest')
  expect([...parsed!.params]).toEqual([
    ['username', 'a,"b'],
    ['realm', 'r'],
    ['qop', 'auth'],
    ['nc', '00000001'],
  ])
  expect(parseAuth('Digest a="1", a="2"')).toBeUndefined()
  expect(parseAuth('Digest a="1')).toBeUndefined()
})

it('cuts a stream into the same messages however it is sliced, and hears pings between them', () => {
  const message = bytes([...head, 'L : 4'], 'body')
  const stream = Buffer.concat([
    message,
    Buffer.from('\r\n\r\n'),
    message,
    Buffer.from('\r\n'),
    message,
  ])
  const random = createRandom(2)
  for (let round = 0; round < 50; round += 1) {
    const framer = createFramer()
    const kinds: string[] = []
    // A ping in two pieces would be two single lines, which is allowed to count as none.
    for (let at = 0; at < stream.length;) {
      const size = round === 0 ? stream.length : random.integer(1, 400)
      for (const frame of framer.push(stream.subarray(at, at + size))) {
        kinds.push(frame.kind)
        if (frame.kind === 'message') expect(frame.bytes.equals(message)).toBe(true)
      }
      at += size
    }
    expect(kinds.filter((kind) => kind === 'message')).toHaveLength(3)
    if (round === 0) expect(kinds).toEqual(['message', 'ping', 'message', 'message'])
  }
})

it.each([
  ['no length', bytes(head)],
  ['two lengths', bytes([...head, 'l: 1', 'Content-Length: 1'])],
  ['a negative length', bytes([...head, 'Content-Length: -1'])],
  ['an endless head', Buffer.alloc(40_000, 'a')],
  ['a huge body', bytes([...head, 'Content-Length: 99999999'])],
])('gives up a stream with %s', (_, data) => {
  const framer = createFramer()
  expect(framer.push(data).map(({ kind }) => kind)).toEqual(['broken'])
  expect(framer.push(bytes([...head, 'l: 0']))).toEqual([])
})
