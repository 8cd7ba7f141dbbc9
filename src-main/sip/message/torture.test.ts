import { expect, it } from 'vitest'
import { torture, tortureBytes } from '../test/torture/torture.ts'
import { listOf, valuesOf } from './headers.ts'
import type { SipMessage, SipRequest, SipUri } from './message.ts'
import { readMessage } from './parse.ts'

const read = (name: string): SipMessage => {
  const reading = readMessage(tortureBytes(name), 'datagram')
  if (reading.kind !== 'message') throw new Error(`${name}: ${JSON.stringify(reading)}`)
  return reading.message
}
const request = (name: string): SipRequest => read(name) as SipRequest
const uriOf = (uri: unknown) => uri as SipUri

it.each(
  [...torture.valid, ...torture.layers].filter(({ name }) => !/^(insuf|multi01|mcl01)$/.test(name)),
)('RFC 4475 §$section $name is read', ({ bytes }) =>
  expect(readMessage(bytes, 'datagram').kind).toBe('message'),
)

/** What the RFC says of each; where it permits leniency we do not use it. */
const refusals = {
  badinv01: 400,
  clerr: 400,
  ncl: 400,
  scalar02: 400,
  scalarlg: 'dropped',
  quotbal: 400,
  ltgtruri: 400,
  lwsruri: 400,
  lwsstart: 400,
  trws: 400,
  escruri: 400,
  baddate: 400,
  regbadct: 400,
  badaspec: 400,
  baddn: 400,
  badvers: 505,
  mismatch01: 400,
  mismatch02: 501,
  bigcode: 'dropped',
  insuf: 400,
  multi01: 400,
  mcl01: 400,
} as const

it('knows what to expect of every invalid message', () => {
  expect(torture.invalid.map(({ name }) => name).filter((name) => !(name in refusals))).toEqual([])
  expect(torture.valid.length + torture.invalid.length + torture.layers.length).toBe(49)
})

it.each(Object.entries(refusals))('RFC 4475 %s is refused: %s', (name, expected) => {
  const reading = readMessage(tortureBytes(name), 'datagram')
  expect(reading.kind === 'refused' ? reading.status : reading.kind).toBe(expected)
})

it('wsinv: reads folded, compact and oddly spaced fields', () => {
  const message = request('wsinv')

  expect(message.to.params.get('tag')).toBe('1918181833n')
  expect(message.from).toMatchObject({ displayName: 'J Rosenberg \\"' })
  expect(message.from.params.get('tag')).toBe('98asjd8')
  expect(message.maxForwards).toBe(68)
  expect(message.cseq).toEqual({ number: 9, method: 'INVITE' })
  expect(message.via.map(({ transport, host }) => `${transport} ${host}`)).toEqual([
    'UDP 192.0.2.2',
    'TCP spindle.example.com',
    'UDP 192.168.255.111',
  ])
  expect(message.via[2]?.params.get('branch')).toBe('z9hG4bK30239')
  expect(valuesOf(message, 'subject')).toEqual([''])
  expect(valuesOf(message, 'newfangledheader')).toEqual([
    'newfangled value continued newfangled value',
  ])
  expect(valuesOf(message, 'unknownheaderwithunusualvalue')).toEqual([';;,,;;,;'])
  const [contact] = message.contacts as SipRequest['via'] & SipMessage['from'][]
  expect(contact).toMatchObject({ displayName: 'Quoted string ""' })
  expect([...contact!.params]).toEqual([
    ['newparam', 'newvalue'],
    ['secondparam', ''],
    ['q', '0.33'],
  ])
  expect(message.body).toHaveLength(150)
})

it('intmeth: reads every character the grammar allows', () => {
  const message = request('intmeth')

  expect(message.method).toBe("!interesting-Method0123456789_*+`.%indeed'~")
  expect(uriOf(message.uri)).toMatchObject({
    user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*",
    password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)",
    host: 'example.com',
  })
  expect(message.to.displayName).toBe('BEL:\u0007 NUL:\0 DEL:\u007f')
  expect(message.from.displayName).toBe("token1~` token2'+_ token3*%!.-")
  expect(message.from.params.get("fromparam''~+*_!.-%")).toBe('работающий')
  expect(message.maxForwards).toBe(255)
  expect(valuesOf(message, "extensionheader-!.%*+_`'~")).toEqual(['\ufeff大停電'])
})

it('esc01, escnull, esc02: undoes escapes where they are escapes, and only there', () => {
  const esc01 = request('esc01')
  expect(uriOf(esc01.uri)).toMatchObject({
    scheme: 'sip',
    user: 'sips:user@example.com',
    host: 'example.net',
  })
  expect(uriOf(esc01.to.uri).user).toBe('user')
  expect(uriOf(esc01.from.uri).user).toBe('I have spaces')
  const [contact] = esc01.contacts as SipMessage['from'][]
  expect(uriOf(contact!.uri).user).toBe('caller')
  expect([...uriOf(contact!.uri).params]).toEqual([
    ['lr', ''],
    ['name', 'value%41'],
  ])

  const users = (request('escnull').contacts as SipMessage['from'][]).map(
    ({ uri }) => uriOf(uri).user,
  )
  expect(users).toEqual(['\0', '\0\0'])

  const esc02 = request('esc02')
  expect(esc02.method).toBe('RE%47IST%45R')
  expect(esc02.to.displayName).toBe('%Z%45')
  expect(esc02.contacts).toHaveLength(2)
  expect(valuesOf(esc02, 'c%6fntact')).toHaveLength(1)
})

it('longreq: keeps long values and 34 Via lines', () => {
  const message = request('longreq')

  expect(message.via).toHaveLength(34)
  expect(message.via[33]?.params.get('received')).toBe('192.0.2.5')
  expect(message.from.params.get('tag')).toHaveLength(155)
  expect(message.callId).toMatch(/^longreq\.one(really){20}longcallid$/)
  expect(uriOf(message.to.uri).port).toBe(6000)
})

it('dblreq: reads one message of a datagram and ignores what follows it', () => {
  const message = request('dblreq')

  expect(message.method).toBe('REGISTER')
  expect(message.body).toHaveLength(0)
})

it('semiuri: takes a semicolon in a user for what it is', () => {
  const uri = uriOf(request('semiuri').uri)

  expect(uri.user).toBe('user;par=u@example.net')
  expect(uri.params.size).toBe(0)
  expect(listOf(request('semiuri'), 'accept')).toHaveLength(6)
})

it('transports, mpart01: reads unknown transports and a binary body whole', () => {
  expect(request('transports').via.map(({ transport }) => transport)).toEqual([
    'UDP',
    'SCTP',
    'TLS',
    'UNKNOWN',
    'TCP',
  ])
  const message = request('mpart01')
  expect(message.body).toHaveLength(553)
  expect(message.body.includes(Buffer.from('3082015206092a86', 'hex'))).toBe(true)
})

it('unreason, noreason: reads phrases in any language and none', () => {
  expect(read('unreason')).toMatchObject({
    status: 200,
    reason: '= 2**3 * 5**2 но сто девяносто девять - простое',
  })
  expect(read('noreason')).toMatchObject({ status: 100, reason: '' })
})

it('cparam01, cparam02, regescrt: knows whose parameter it is', () => {
  const contactOf = (name: string) => (request(name).contacts as SipMessage['from'][])[0]!

  const outside = contactOf('cparam01')
  expect([outside.params.has('unknownparam'), uriOf(outside.uri).params.size]).toEqual([true, 0])
  const inside = contactOf('cparam02')
  expect([inside.params.size, uriOf(inside.uri).params.has('unknownparam')]).toEqual([0, true])
  expect(uriOf(contactOf('regescrt').uri).headers).toBe('Route=%3Csip:sip.example.com%3E')
})

it('unksm2, unkscm, novelsc, inv2543: reads other schemes and what is older than the RFC', () => {
  expect(request('unksm2').to.uri).toEqual({ scheme: 'isbn', text: 'isbn:2983792873' })
  expect(request('unkscm').uri.scheme).toBe('nobodyknowsthisscheme')
  expect(request('novelsc').uri.scheme).toBe('soap.beep')
  expect(request('inv2543').from.params.get('user')).toBeUndefined()
  expect(uriOf(request('inv2543').from.uri).params.get('user')).toBe('phone')
  expect(request('inv2543').to.params.get('user')).toBe('phone')
})
