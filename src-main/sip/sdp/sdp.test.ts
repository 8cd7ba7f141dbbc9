import { expect, it } from 'vitest'
import { createRandom } from '../../test/random.ts'
import { answerOffer, createOffer, readAnswer, type LocalAudio } from './negotiate.ts'
import { parseSdp, serialiseSdp } from './sdp.ts'

const local: LocalAudio = {
  origin: { sessionId: '1', version: '1', host: '192.0.2.9' },
  host: '192.0.2.9',
  port: 20_000,
  codecs: ['PCMU', 'PCMA'],
  direction: 'sendrecv',
  ptimeMs: 20,
}
const text = (lines: readonly string[], host = '192.0.2.1') =>
  Buffer.from(
    ['v=0', `o=- 7 8 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', ...lines, ''].join(
      '\r\n',
    ),
  )
const phone = [
  'm=audio 4000 RTP/AVP 8 0 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
]
const answer = (lines: readonly string[], host?: string, more: Partial<LocalAudio> = {}) => {
  const result = answerOffer(text(lines, host), { ...local, ...more })
  if (result.kind === 'refused') throw new Error(`${result.status} ${result.text}`)
  return { ...result, lines: result.answer.toString().split('\r\n') }
}
const refusal = (lines: readonly string[], host?: string) => {
  const result = answerOffer(text(lines, host), local)
  return result.kind === 'refused' ? `${result.status} ${result.warning}` : 'answered'
}

it('answers with the first codec of the offer that is ours, and events under their number', () => {
  const { lines, agreed } = answer(phone)

  expect(lines).toEqual([
    'v=0',
    'o=- 1 1 IN IP4 192.0.2.9',
    's=-',
    'c=IN IP4 192.0.2.9',
    't=0 0',
    'm=audio 20000 RTP/AVP 8 101',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    'a=sendrecv',
    '',
  ])
  expect(agreed).toEqual({
    remote: { host: '192.0.2.1', port: 4000, rtcp: 4001 },
    codec: 'PCMA',
    sendPayload: 8,
    receivePayload: 8,
    sendEvents: 101,
    receiveEvents: 101,
    direction: 'sendrecv',
    ptimeMs: 20,
  })
})

it('knows codecs by name under any number, and wideband for what it is not', () => {
  const lines = [
    'm=audio 4000 RTP/AVP 9 118 96 97',
    'a=rtpmap:118 L16/16000',
    'a=rtpmap:96 pcmu/8000/1',
    'a=rtpmap:97 telephone-event/16000',
  ]
  expect(answer(lines).agreed).toMatchObject({
    codec: 'PCMU',
    sendPayload: 96,
    sendEvents: undefined,
  })
})

it.each([
  ['sendrecv', 'sendrecv'],
  ['sendonly', 'recvonly'],
  ['recvonly', 'sendonly'],
  ['inactive', 'inactive'],
])('answers %s with %s', (theirs, ours) => {
  const { lines, agreed } = answer([...phone, `a=${theirs}`])
  expect([lines.includes(`a=${ours}`), agreed.direction]).toEqual([true, ours])
})

it('understands hold as old phones say it, and as a session says it', () => {
  expect(answer(phone, '0.0.0.0').agreed).toMatchObject({
    remote: undefined,
    direction: 'recvonly',
  })
  expect(answer(['a=sendonly', ...phone]).agreed.direction).toBe('recvonly')
  expect(answer(phone, undefined, { direction: 'sendonly' }).agreed.direction).toBe('sendonly')
  expect(
    answer([...phone, 'a=sendonly'], undefined, { direction: 'sendonly' }).agreed.direction,
  ).toBe('inactive')
})

it('answers as many lines as were offered and refuses all but one', () => {
  const { lines, agreed } = answer([
    'm=video 5000 RTP/AVP 31',
    'm=audio 0 RTP/AVP 0',
    'm=audio 4100 RTP/SAVP 0',
    'm=audio 4200 RTP/AVP 0',
    'c=IN IP4 198.51.100.1',
    'a=rtcp-mux',
    'a=ptime:30',
    'm=audio 4300 RTP/AVP 0',
  ])
  expect(lines.filter((line) => line.startsWith('m='))).toEqual([
    'm=video 0 RTP/AVP 31',
    'm=audio 0 RTP/AVP 0',
    'm=audio 0 RTP/SAVP 0',
    'm=audio 20000 RTP/AVP 0',
    'm=audio 0 RTP/AVP 0',
  ])
  expect(lines).toContain('a=rtcp-mux')
  expect(agreed).toMatchObject({
    remote: { host: '198.51.100.1', port: 4200, rtcp: 'mux' },
    ptimeMs: 30,
  })
})

it('reads where RTCP goes, and packet times it can make', () => {
  const facts = (...more: string[]) => answer([...phone, ...more]).agreed
  expect(facts('a=rtcp:4999 IN IP4 192.0.2.1').remote?.rtcp).toBe(4999)
  expect(facts('a=ptime:40', 'a=maxptime:30').ptimeMs).toBe(30)
  expect(facts('a=ptime:200').ptimeMs).toBe(60)
  for (const odd of ['5', '25', 'x']) expect(facts(`a=ptime:${odd}`).ptimeMs).toBe(20)
})

it('says why it cannot use an offer', () => {
  expect(refusal(['m=video 5000 RTP/AVP 31'])).toBe('488 304')
  expect(refusal([])).toBe('488 304')
  expect(refusal(['m=audio 4000 RTP/AVP 3 18'])).toBe('488 305')
  expect(refusal(['m=audio 4000 RTP/SAVP 0'])).toBe('488 302')
  for (const host of ['phone.example.com', '1.2.3.400', '1.2.3', '224.0.0.1', '::1']) {
    expect(refusal(['m=audio 4000 RTP/AVP 0'], host)).toBe('488 301')
  }
})

it('speaks wideband with those who prefer it, with events at its clock rate', () => {
  const wide: LocalAudio = { ...local, codecs: ['PCMU', 'PCMA', 'L16'] }
  const offer = createOffer(wide).toString().split('\r\n')
  expect(offer).toContain('m=audio 20000 RTP/AVP 0 8 96 101 102')
  expect(offer).toContain('a=rtpmap:96 L16/16000')
  expect(offer).toContain('a=rtpmap:102 telephone-event/16000')

  const preferring = [
    'm=audio 4000 RTP/AVP 118 0 97 98',
    'a=rtpmap:118 L16/16000/1',
    'a=rtpmap:97 telephone-event/8000',
    'a=rtpmap:98 telephone-event/16000',
    'a=ptime:60',
  ]
  const { agreed, lines } = answer(preferring, undefined, wide)
  expect(agreed).toMatchObject({ codec: 'L16', sendPayload: 118, sendEvents: 98, ptimeMs: 20 })
  expect(lines).toContain('m=audio 20000 RTP/AVP 118 98')
  // Some phones know events at 8 kHz only, whatever they talk in.
  const old = preferring.filter((line) => !line.includes('98 telephone'))
  expect(answer(old, undefined, wide).agreed).toMatchObject({ codec: 'L16', sendEvents: 97 })

  const read = readAnswer(text(preferring), wide)
  expect(read).toMatchObject({
    agreed: { codec: 'L16', sendPayload: 118, receivePayload: 96, sendEvents: 98 },
  })
  expect(read).toMatchObject({ agreed: { receiveEvents: 102 } })
})

it.each([
  ['nothing', ''],
  ['another version', 'v=1\r\no=- 1 1 IN IP4 a\r\n'],
  ['no origin', 'v=0\r\ns=-\r\n'],
  ['a broken line', text(['m=audio 4000 RTP/AVP 0', 'nonsense']).toString()],
  ['a port that is none', text(['m=audio 99999 RTP/AVP 0']).toString()],
  ['a line without formats', text(['m=audio 4000 RTP/AVP ']).toString()],
  ['a broken connection', text(['m=audio 4000 RTP/AVP 0', 'c=IN IP4 ']).toString()],
  ['too many lines', text(Array.from({ length: 40 }, () => 'm=audio 1 RTP/AVP 0')).toString()],
  ['too much', text([`a=x:${'x'.repeat(20_000)}`]).toString()],
])('refuses %s', (_, bad) => {
  expect(answerOffer(Buffer.from(bad), local)).toMatchObject({ kind: 'refused', status: 400 })
})

it('offers, and reads what its own kind answers', () => {
  const own: LocalAudio = { ...local, host: '2001:db8::9', direction: 'sendonly' }
  const other = answerOffer(createOffer(own), {
    ...local,
    host: '2001:db8::1',
    port: 30_000,
    codecs: ['PCMA'],
  })
  if (other.kind === 'refused') throw new Error(other.text)
  const read = readAnswer(other.answer, own)

  expect(other.agreed).toMatchObject({ direction: 'recvonly', codec: 'PCMA' })
  expect(other.answer.toString()).toContain('c=IN IP6 2001:db8::1')
  expect(read).toMatchObject({
    agreed: {
      remote: { host: '2001:db8::1', port: 30_000, rtcp: 'mux' },
      ...{ codec: 'PCMA', receivePayload: 8, sendEvents: 101, receiveEvents: 101 },
      direction: 'sendonly',
    },
  })
})

it('reads back what it writes, and writes no second line into one', () => {
  const sdp = parseSdp(text(phone))!
  expect(parseSdp(serialiseSdp(sdp))).toEqual(sdp)
  const injected = { ...sdp, host: '1\r\nm=audio 1 RTP/AVP 0' }
  expect(() => serialiseSdp(injected)).toThrow('line break')
})

it('accepts line feeds alone', () => {
  const unix = Buffer.from(text(phone).toString().replaceAll('\r\n', '\n'))
  expect(answerOffer(unix, local).kind).toBe('answered')
})

it('answers or refuses whatever is left of a damaged offer', () => {
  const random = createRandom(3)
  const whole = text([
    ...phone,
    'a=ptime:20',
    'a=rtcp:4001',
    'm=video 5000 RTP/AVP 31',
    'c=IN IP4 a',
  ])
  for (let n = 0; n < 5_000; n += 1) {
    const damaged = Buffer.from(whole.subarray(0, random.integer(0, whole.length)))
    for (let k = random.integer(0, 4); k > 0 && damaged.length > 0; k -= 1) {
      damaged[random.integer(0, damaged.length - 1)] = random.integer(0, 255)
    }
    const result = answerOffer(damaged, local)
    if (result.kind === 'answered') expect(parseSdp(result.answer)).toBeDefined()
  }
})
