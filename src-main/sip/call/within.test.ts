import { beforeEach, expect, it } from 'vitest'
import { valuesOf } from '../message/headers.ts'
import { responseTo } from '../message/response.ts'
import { answered, createCallBench, sdp, textOf, type CallBench } from '../test/call-bench.ts'
import { requestBytes } from '../test/requests.ts'

let bench: CallBench
beforeEach(() => (bench = createCallBench()))

it('takes a new offer from either side, and refuses one it cannot use', async () => {
  const { pair, ends, connect, expectNothingLeft } = bench
  const offers: (string | undefined)[] = []
  const { ann, bob } = await connect({
    bob: {
      onOffer: (offer) => {
        offers.push(textOf(offer))
        return offers.length === 2 ? { status: 488 } : sdp('bob held')
      },
    },
  })
  const held = ann.offer(sdp('ann hold'))
  await pair.run(200)
  const refused = ann.offer(sdp('ann nonsense'))
  await pair.run(200)
  const back = bob.offer(sdp('bob moved'))
  await pair.run(200)

  expect(textOf((await held).response?.body)).toBe('v=0 bob held')
  expect(await refused).toMatchObject({ status: 488 })
  expect(textOf((await back).response?.body)).toBe('v=0 ann again')
  expect(offers).toEqual(['v=0 ann hold', 'v=0 ann nonsense'])
  expect(ends).toEqual({ ann: [], bob: [] })
  ann.bye()
  await expectNothingLeft()
})

it('solves glare: both are refused, both try again, both arrive', async () => {
  const { pair, connect, expectNothingLeft } = bench
  const { ann, bob } = await connect()
  const both = [ann.offer(sdp('ann 2')), bob.offer(sdp('bob 2'))]
  await pair.run(60)
  expect(pair.trace.filter((line) => line.endsWith('491'))).toHaveLength(2)
  expect((await ann.offer(sdp('ann 3'))).status).toBe(491)
  await pair.run(9_000)

  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
  bob.bye()
  await expectNothingLeft()
})

it('makes an offer when the caller wants one', async () => {
  const { pair, incoming, owner, invite } = bench
  const answers: string[] = []
  const out = invite({ description: Buffer.alloc(0) })
  await pair.run(50)
  expect(incoming().offer).toBeUndefined()
  incoming().accept(
    sdp('bob'),
    owner('bob', { onAnswer: (body) => answers.push(textOf(body) ?? 'none') }),
  )
  await pair.run(100)

  expect(textOf(answered(await out.outcome).response.body)).toBe('v=0 bob')
  expect(answers).toEqual(['none'])
})

it('refreshes a session with UPDATE and ends one nobody refreshes', async () => {
  const { pair, ends, connect, expectNothingLeft } = bench
  const { bob, response } = await connect()
  expect(valuesOf(response, 'session-expires')).toEqual(['1800;refresher=uac'])
  await pair.run(905_000)
  expect(pair.trace.slice(-2)).toEqual(['ann UPDATE', 'bob 200'])

  pair.link = () => false
  await pair.run(1_800_000)
  expect(ends).toMatchObject({ ann: [{ by: 'failed' }], bob: [{ by: 'failed' }] })
  expect(ends.bob[0]!.reason).toBe('The session was not refreshed')
  bob.bye()
  await expectNothingLeft()
}, 60_000)

it('refuses intervals that would only make work, and bears with phones that know no timer', async () => {
  const { pair, hasRung, last } = bench
  const timed = (supported: string) =>
    requestBytes('INVITE', {
      'Session-Expires': '30',
      Supported: supported,
      Contact: '<sip:ann@192.0.2.1:5062>',
      'Call-ID': `call-${supported}`,
      Via: `SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK${supported};rport`,
    })
  pair.bob.received(timed('timer'), pair.annAt)
  await pair.run(50)
  expect(last('bob')).toMatchObject({ status: 422 })
  expect(valuesOf(last('bob'), 'min-se')).toEqual(['90'])
  expect(hasRung()).toBe(false)

  pair.bob.received(timed('nothing'), pair.annAt)
  await pair.run(50)
  expect(hasRung()).toBe(true)
})

it('ends a call whose other side has forgotten it', async () => {
  const { pair, connect, expectNothingLeft } = bench
  const { ann, bob } = await connect()
  pair.link = (from) => from === 'ann'
  bob.bye()
  await pair.run(40_000)
  pair.link = () => true
  const outcome = ann.info('application/dtmf-relay', Buffer.from('Signal=1'))
  await pair.run(100)

  expect((await outcome).status).toBe(481)
  await expectNothingLeft()
})

it('carries INFO to whoever wants it', async () => {
  const { pair, connect } = bench
  const heard: string[] = []
  const { ann, bob } = await connect({
    bob: {
      onInfo: ({ body }) => {
        heard.push(body.toString())
        return 200
      },
    },
  })
  const wanted = ann.info('application/dtmf-relay', Buffer.from('Signal=5'))
  const unwanted = bob.info('application/dtmf-relay', Buffer.from('Signal=6'))
  await pair.run(100)

  expect([(await wanted).status, (await unwanted).status]).toEqual([200, 415])
  expect(heard).toEqual(['Signal=5'])
})

it('refuses a request that comes after a later one', async () => {
  const { pair, connect, last } = bench
  const { ann } = await connect()
  const [first] = [ann.info('text/plain', Buffer.from('1'))]
  await pair.run(100)
  await first
  const info = pair.messages.find(
    ({ message }) => message.kind === 'request' && message.method === 'INFO',
  )!
  if (info.message.kind !== 'request') throw new Error()
  const headers = info.message.headers.map(({ name, value }) => ({
    name,
    value: name === 'Via' ? value.replace(/branch=\w+/, 'branch=z9hG4bKold') : value,
  }))
  const lines = [
    `INFO ${info.message.uri.text} SIP/2.0`,
    ...headers.map(({ name, value }) => `${name}: ${value}`),
  ]
  pair.bob.received(Buffer.from(`${lines.join('\r\n')}\r\n\r\n1`), pair.annAt)
  await pair.run(20)

  expect(last('bob')).toMatchObject({ status: 500 })
})

it('follows the route the INVITE took, back to the Contact', async () => {
  const { pair, incoming, invite, last } = bench
  const out = invite()
  await pair.run(50)
  const { request, source } = incoming()
  pair.ann.received(
    responseTo(request, source, {
      ...{ status: 200, toTag: 'b', body: sdp('b') },
      headers: [
        { name: 'Contact', value: '<sip:bob@10.0.0.5:5070>' },
        { name: 'Record-Route', value: '<sip:far.example;lr>, <sip:192.0.2.9:5060;lr>' },
      ],
    }),
    pair.bobAt,
  )
  await pair.run(20)
  answered(await out.outcome)

  const ack = last('ann')
  expect(ack).toMatchObject({ method: 'ACK', uri: { text: 'sip:bob@10.0.0.5:5070' } })
  expect(valuesOf(ack, 'route')).toEqual(['<sip:192.0.2.9:5060;lr>', '<sip:far.example;lr>'])
})

it('proves who it is within the call, too', async () => {
  const { pair, invite, incoming, owner, sent } = bench
  const out = invite({ credentials: { username: 'ann', password: 'geheim' } })
  await pair.run(50)
  incoming().accept(sdp('bob'), owner('bob', { onInfo: () => 200 }))
  await pair.run(100)
  const { call } = answered(await out.outcome)
  const challenge = { name: 'Proxy-Authenticate', value: 'Digest realm="r", nonce="n", qop="auth"' }
  pair.link = (_, message) => {
    if (message.kind === 'response' || valuesOf(message, 'proxy-authorization').length > 0)
      return true
    pair.ann.received(
      responseTo(message, pair.annAt, { status: 407, headers: [challenge] }),
      pair.bobAt,
    )
    return false
  }
  const info = call.info('text/plain', Buffer.from('1'))
  await pair.run(100)

  expect((await info).status).toBe(200)
  expect(sent('INFO').map(({ cseq }) => cseq.number)).toEqual([2, 3])
  call.bye()
  await pair.run(100)
  expect(bench.ends.bob).toMatchObject([{ by: 'remote' }])
})
