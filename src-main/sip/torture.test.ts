import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { valuesOf } from './message/headers.ts'
import { createTestStack, phone } from './test/stack.ts'
import { torture, tortureBytes } from './test/torture/torture.ts'

/** What a user agent server makes of every message of RFC 4475: the final answer, or silence. */
const answers: Readonly<Record<string, number | 'silence'>> = {
  // Right: 486 is what our INVITE handler says, 401 what REGISTER without credentials gets.
  // It has a To tag of a dialog we do not have (RFC 3261 §12.2.2).
  wsinv: 481,
  intmeth: 501,
  esc01: 486,
  escnull: 401,
  esc02: 501,
  lwsdisp: 200,
  longreq: 486,
  dblreq: 401,
  semiuri: 200,
  transports: 200,
  mpart01: 405,
  unreason: 'silence',
  noreason: 'silence',
  // Wrong.
  badinv01: 400,
  clerr: 400,
  ncl: 400,
  scalar02: 400,
  scalarlg: 'silence',
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
  bigcode: 'silence',
  // Right, but not for everybody.
  badbranch: 200,
  insuf: 400,
  unkscm: 416,
  novelsc: 416,
  unksm2: 400,
  bext01: 420,
  invut: 415,
  regaut01: 401,
  multi01: 400,
  mcl01: 400,
  bcast: 'silence',
  zeromf: 200,
  cparam01: 401,
  cparam02: 401,
  regescrt: 401,
  sdp01: 406,
  inv2543: 486,
}

const receive = async (name: string) => {
  const test = createTestStack()
  test.stack.answer((call) => call.reject(486))
  test.stack.handle('REGISTER', ({ authenticate }) => void authenticate(() => undefined))
  test.stack.received(tortureBytes(name), phone)
  await turn()
  return test
}

it.each(Object.entries(answers))('RFC 4475 %s → %s', async (name, expected) => {
  const test = await receive(name)
  const final = test.statuses().filter((status) => status >= 200)

  expect(final).toEqual(expected === 'silence' ? [] : [expected])
})

it('has an answer for each of the 49', () => {
  const names = Object.values(torture)
    .flat()
    .map(({ name }) => name)
  expect(names.sort()).toEqual(Object.keys(answers).sort())
})

it('says in its refusals what would have been accepted', async () => {
  const header = async (name: string, field: string) =>
    valuesOf((await receive(name)).responses().at(-1)!, field)

  expect(await header('bext01', 'unsupported')).toEqual([
    'nothingSupportsThis, nothingSupportsThisEither',
  ])
  expect(await header('invut', 'accept')).toEqual(['application/sdp'])
  expect(await header('mpart01', 'allow')).toEqual([
    'REGISTER, OPTIONS, INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, INFO',
  ])
  expect(await header('regaut01', 'www-authenticate')).toHaveLength(2)
  expect((await header('transports', 'via')).map((value) => value.split(';')[0])).toEqual([
    'SIP/2.0/UDP t1.example.com',
    'SIP/2.0/SCTP t2.example.com',
    'SIP/2.0/TLS t3.example.com',
    'SIP/2.0/UNKNOWN t4.example.com',
    'SIP/2.0/TCP t5.example.com',
  ])
})
