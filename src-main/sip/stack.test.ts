import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, expect, it } from 'vitest'
import { createRandom } from '../test/random.ts'
import { valuesOf } from './message/headers.ts'
import { responseTo } from './message/response.ts'
import { requestBytes } from './test/requests.ts'
import { torture } from './test/torture/torture.ts'
import { createTestStack, phone, type TestStack } from './test/stack.ts'
import type { IncomingRequest } from './core/types.ts'

let test: TestStack
beforeEach(() => (test = createTestStack()))

const receive = (method: string, fields: Record<string, string> = {}) =>
  test.stack.received(requestBytes(method, fields), phone)

it('answers OPTIONS with what it can do, to where the packet came from', () => {
  const via = 'SIP/2.0/UDP 10.0.0.1:5099;branch=z9hG4bK1;rport'
  test.stack.received(requestBytes('OPTIONS', { Via: via }), { ...phone, port: 40_000 })

  const [response] = test.responses()
  expect(response).toMatchObject({ status: 200, callId: 'call-1' })
  expect(valuesOf(response!, 'allow')).toEqual(['OPTIONS'])
  expect(valuesOf(response!, 'accept')).toEqual(['application/sdp'])
  expect(response!.to.params.get('tag')).toMatch(/^[0-9a-f]{16}$/)
  expect(valuesOf(response!, 'via')).toEqual([
    'SIP/2.0/UDP 10.0.0.1:5099;branch=z9hG4bK1;received=192.0.2.1;rport=40000',
  ])
  expect(test.sent[0]!.to.port).toBe(40_000)
})

it('without rport answers to the port in Via, and believes no received it did not write', () => {
  receive('OPTIONS', { Via: 'SIP/2.0/UDP 10.0.0.1;received=198.51.100.9;branch=z9hG4bK1' })

  expect(test.sent[0]!.to).toEqual({ ...phone, port: 5060 })
  expect(valuesOf(test.responses()[0]!, 'via')).toEqual([
    'SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;received=192.0.2.1',
  ])
})

it('refuses methods nobody handles, extensions nobody knows, and dialogs that do not exist', () => {
  receive('SUBSCRIBE')
  receive('DANCE', { 'Call-ID': 'a', Via: 'SIP/2.0/UDP a;branch=z9hG4bKa' })
  receive('BYE', { 'Call-ID': 'b', Via: 'SIP/2.0/UDP a;branch=z9hG4bKb', To: '<sip:a@b>;tag=1' })
  test.stack.handle('BYE', ({ respond }) => respond(200))
  receive('BYE', { 'Call-ID': 'c', Via: 'SIP/2.0/UDP a;branch=z9hG4bKc', To: '<sip:a@b>;tag=1' })
  receive('CANCEL', { 'Call-ID': 'd', Via: 'SIP/2.0/UDP a;branch=z9hG4bKd' })

  expect(test.statuses()).toEqual([405, 501, 481, 481, 481])
})

it('hands a request to its handler once, however often it comes', () => {
  const heard: IncomingRequest[] = []
  test.stack.handle('REGISTER', (incoming) => void heard.push(incoming))
  receive('REGISTER')
  receive('REGISTER')
  heard[0]!.respond(200, { headers: [{ name: 'Expires', value: '60' }] })
  receive('REGISTER')

  expect(heard).toHaveLength(1)
  expect(heard[0]!.source).toEqual(phone)
  expect(test.statuses()).toEqual([200, 200])
  expect(valuesOf(test.responses()[1]!, 'expires')).toEqual(['60'])
  expect(() => heard[0]!.respond(403)).toThrow('second final response')
})

it('lets only one handler have a method, until it is taken away', () => {
  const take = test.stack.handle('REGISTER', () => undefined)
  expect(() => test.stack.handle('REGISTER', () => undefined)).toThrow('a handler already')
  take()
  receive('REGISTER')
  expect(test.statuses()).toEqual([405])
})

it('answers 500 for a handler that fails or forgets, and goes on', async () => {
  test.stack.handle('REGISTER', () => Promise.reject(new Error('broken')))
  test.stack.handle('MESSAGE', () => undefined)
  receive('REGISTER')
  receive('MESSAGE', { 'Call-ID': 'b', Via: 'SIP/2.0/UDP a;branch=z9hG4bKb' })
  await turn()
  expect(test.statuses()).toEqual([500])
  test.clock.advance(32_000)
  expect(test.statuses()).toEqual([500, 500])
  test.clock.advance(64_000)
  expect([test.stack.count(), test.clock.pending()]).toEqual([0, 0])
})

it('answers merged requests 482 and what is too much 503', () => {
  test = createTestStack({ transactions: 1 })
  test.stack.handle('REGISTER', () => undefined)
  receive('REGISTER')
  receive('REGISTER', { Via: 'SIP/2.0/UDP a;branch=z9hG4bKother' })
  receive('REGISTER', { Via: 'SIP/2.0/UDP a;branch=z9hG4bKthird', CSeq: '2 REGISTER' })

  expect(test.statuses()).toEqual([482, 503])
  expect(valuesOf(test.responses()[1]!, 'retry-after')).toEqual(['5'])
})

const send = (more: Record<string, unknown> = {}) =>
  test.stack.request({
    method: 'OPTIONS',
    uri: 'sip:100@192.0.2.1:5062',
    from: '<sip:patchbay@127.0.0.1>',
    ...more,
  })
const answer = async (status: number, headers: { name: string; value: string }[] = []) => {
  await turn()
  const request = test.requests().at(-1)!
  test.stack.received(responseTo(request, phone, { status, toTag: 'b', headers }), phone)
}

it('sends a request and waits for its final answer', async () => {
  const outcome = send({ headers: [{ name: 'X-Test', value: '1' }] })
  await answer(100)
  await answer(404)

  expect(await outcome).toMatchObject({
    status: 404,
    reason: 'Not Found',
    response: { kind: 'response' },
  })
  expect(test.sent[0]!.to).toEqual(phone)
  const [request] = test.requests()
  expect(request).toMatchObject({ maxForwards: 70, cseq: { number: 1 } })
  expect(valuesOf(request!, 'x-test')).toEqual(['1'])
})

it('answers a challenge once, with the next CSeq and the same Call-ID', async () => {
  const outcome = send({ credentials: { username: 'ann', password: 'geheim' } })
  const challenge = { name: 'Proxy-Authenticate', value: 'Digest realm="r", nonce="n", qop="auth"' }
  await answer(407, [challenge])
  await answer(407, [challenge])

  expect((await outcome).status).toBe(407)
  const [first, second] = test.requests()
  expect(test.requests()).toHaveLength(2)
  expect(second).toMatchObject({ callId: first!.callId, cseq: { number: 2 } })
  expect(second!.via[0]!.params.get('branch')).not.toBe(first!.via[0]!.params.get('branch'))
  expect(valuesOf(second!, 'proxy-authorization')[0]).toMatch(/^Digest username="ann"/)
})

it('says 408 to silence, 503 to a dead transport and when it stops', async () => {
  const silent = send()
  await turn()
  test.clock.advance(32_000)
  expect(await silent).toMatchObject({ status: 408, response: undefined })

  const dead = send({ target: { ...phone, transport: 'tcp' } })
  await turn()
  test.stack.failed({ ...phone, transport: 'tcp' }, 'refused')
  expect(await dead).toMatchObject({ status: 503 })

  const stopped = send()
  await turn()
  test.stop()
  expect(await stopped).toMatchObject({ status: 503, reason: 'Stopped' })
  expect(await send()).toMatchObject({ status: 503, reason: 'Stopped' })
})

it('says what is wrong with an address it cannot send to', async () => {
  const outcomes = await Promise.all(
    [
      ...['tel:123', 'sips:a@b', 'nonsense', 'sip:a@b;transport=ws', 'sip:a@127.0.0.1:0'],
      'sip:a@nowhere.example',
    ].map((uri) => send({ uri })),
  )
  expect(outcomes.map(({ status }) => status)).toEqual([416, 416, 416, 416, 416, 503])
  expect(outcomes[5]!.reason).toBe('nowhere.example has no address')
  await expect(send({ method: 'INVITE' })).rejects.toThrow('INVITE belongs to calls')
})

it('goes on after whatever comes', () => {
  for (const text of ['', 'x', '\r\n\r\n\r\n', 'SIP/2.0 200 OK\r\n\r\n', '\0'.repeat(100)]) {
    test.stack.received(Buffer.from(text), phone)
  }
  receive('ACK')
  expect(test.sent).toEqual([])
  receive('OPTIONS')
  expect(test.statuses()).toEqual([200])
})

it('meets thousands of damaged messages without a bug, and keeps nothing of them', async () => {
  const random = createRandom(7)
  test = createTestStack({ transactions: 10_000 })
  test.stack.handle('REGISTER', ({ authenticate }) => void authenticate(() => undefined))
  test.stack.answer((call) => call.reject(486))
  const lines = ['Require: 100rel', 'Session-Expires: 1', 'RAck: 1 1 INVITE', 'Accept: ,', 'Via: x']
  const heads = ['INVITE', 'BYE', 'PRACK', 'UPDATE', 'CANCEL', 'ACK', 'OPTIONS']
  for (const { bytes } of Object.values(torture).flat()) {
    for (let n = 0; n < 60; n += 1) {
      const text = bytes.toString('latin1').split('\r\n')
      if (random.next() < 0.5) text.splice(random.integer(1, text.length), 0, random.pick(lines))
      if (random.next() < 0.3) text[0] = text[0]!.replace(/^\S+/, random.pick(heads))
      if (random.next() < 0.3) text.splice(random.integer(0, text.length - 1), 1)
      const damaged = Buffer.from(text.join('\r\n'), 'latin1')
      if (random.next() < 0.5)
        damaged[random.integer(0, damaged.length - 1)] = random.integer(0, 255)
      test.stack.received(damaged, { ...phone, transport: random.pick(['udp', 'tcp']) })
    }
  }
  await turn()
  test.clock.advance(200_000)

  expect(test.errors).toEqual([])
  expect(test.sent.length).toBeGreaterThan(1_000)
  expect([test.stack.count(), test.clock.pending()]).toEqual([0, 0])
})
