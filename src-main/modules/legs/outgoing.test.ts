import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CallPhone } from '../../test/call-phone.ts'
import type { Placing } from './legs.ts'
import { startBench, password, type LegBench } from '../../test/leg-bench.ts'

let bench: LegBench
let phone: CallPhone
beforeEach(async () => {
  bench = await startBench()
  phone = await bench.phone()
})
afterEach(async () => {
  await bench.dispose()
  expect([bench.engine.legs.size, bench.legs.count()]).toEqual([0, 0])
  expect(bench.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
})

const place = (more: Partial<Placing> = {}) =>
  bench.legs.place({
    ...{ accountId: 'account-1', to: { uri: phone.contact }, timeoutMs: 5_000 },
    from: { name: 'Conference "XYZ"', number: '555 12#' },
    party: { name: 'Ann', number: '100' },
    ...more,
  })
const legOf = async (placed = place()) => {
  const outcome = await placed.outcome
  if (outcome.kind === 'failed') throw new Error(outcome.cause)
  return outcome.leg
}

it('rings, is answered, and is a leg of the engine', async () => {
  let rung = 0
  const answered = phone.answered()
  const placed = place({ callId: 'xyz-abc@x', onRinging: () => (rung += 1) })
  expect(bench.legs.hasCall('xyz-abc@x')).toBe(true)
  const leg = await legOf(placed)
  const call = await answered

  expect([placed.callId, leg.callId, call.callId]).toEqual(Array(3).fill('xyz-abc@x'))
  expect(phone.received[0]?.one('From')).toMatch(
    /^"Conference \\"XYZ\\"" <sip:555%2012%23@one\.example>;tag=/,
  )
  expect(phone.received[0]?.body).toMatch(/m=audio 400\d\d RTP\/AVP 0 8 96 101 102/)
  expect(leg).toMatchObject({ direction: 'outgoing', party: { name: 'Ann', number: '100' } })
  expect(bench.engine.legs.get(leg.legId)).toMatchObject({
    remote: { port: call.audio.audio().remote!.port },
    ...{ codec: 'PCMU', sources: ['127.0.0.1'] },
  })
  expect(rung).toBe(1)
  expect(await call.hold()).toBe(200)
  expect(leg.isOnHold()).toBe(true)
  leg.hangUp()
  expect((await call.ended)?.one('Reason')).toBe('Q.850;cause=16;text="NORMAL_CLEARING"')
  expect(bench.legs.hasCall('xyz-abc@x')).toBe(false)
})

it.each([
  [486, 'USER_BUSY'],
  [404, 'UNALLOCATED_NUMBER'],
  [480, 'NO_USER_RESPONSE'],
  [487, 'ORIGINATOR_CANCEL'],
  [603, 'CALL_REJECTED'],
  [408, 'RECOVERY_ON_TIMER_EXPIRE'],
  [488, 'INCOMPATIBLE_DESTINATION'],
  [500, 'NORMAL_TEMPORARY_FAILURE'],
  [502, 'NETWORK_OUT_OF_ORDER'],
  [401, 'CALL_REJECTED'],
  [302, 'NORMAL_UNSPECIFIED'],
])('calls a refusal with %s %s', async (status, cause) => {
  phone.onInvite({ status })
  expect(await place().outcome).toEqual({ kind: 'failed', cause, status })
})

it('believes the cause a refusal names itself', async () => {
  phone.onInvite({ status: 480, headers: ['Reason: SIP;cause=480, Q.850;cause=19;text="x"'] })
  expect(await place().outcome).toMatchObject({ cause: 'NO_ANSWER', status: 480 })
})

it('cancels with a reason when nobody answers in time, and says so', async () => {
  phone.onInvite({ status: null })
  const outcome = await place({ timeoutMs: 300 }).outcome
  expect(outcome).toEqual({ kind: 'failed', cause: 'NO_ANSWER', status: undefined })
  expect(bench.engine.legs.size).toBe(0)
  const cancels = () => phone.received.filter(({ method }) => method === 'CANCEL')
  await expect.poll(() => cancels()[0]?.one('Reason')).toContain('Q.850;cause=19')
})

it('ends at once when it is cancelled, whatever the other side does', async () => {
  phone.onInvite({ ring: null, status: null })
  const silent = place()
  await expect.poll(() => phone.received.length).toBe(1)
  silent.cancel()
  silent.cancel()
  expect(await silent.outcome).toMatchObject({ cause: 'ORIGINATOR_CANCEL' })

  const early = place()
  early.cancel()
  expect(await early.outcome).toMatchObject({ cause: 'ORIGINATOR_CANCEL' })
})

it('hangs up an answer that crosses the cancelling', async () => {
  // Answers its INVITE in the moment the CANCEL arrives.
  const opening = Promise.withResolvers<undefined>()
  bench.engine.onConnect = () => opening.promise
  const answered = phone.answered()
  const placed = place()
  const call = await answered
  placed.cancel()
  expect(await placed.outcome).toMatchObject({ cause: 'ORIGINATOR_CANCEL' })
  opening.resolve(undefined)
  expect((await call.ended)?.method).toBe('BYE')
})

it('stops calling when the engine is gone', async () => {
  phone.onInvite({ status: null })
  const placed = place()
  await expect.poll(() => phone.received.length).toBe(1)
  bench.engine.tell({ event: 'failed', message: 'gone' })
  expect(await placed.outcome).toMatchObject({ cause: 'DESTINATION_OUT_OF_ORDER' })
  await expect.poll(() => phone.received.map(({ method }) => method)).toContain('CANCEL')
})

it('hangs up what answered with sound that cannot be', async () => {
  phone.onInvite({ sdp: '' })
  const answered = phone.answered()
  expect(await place().outcome).toMatchObject({ cause: 'INCOMPATIBLE_DESTINATION' })
  expect((await (await answered).ended)?.one('Reason')).toContain('cause=88')
})

it('refuses what cannot be called, before anything is sent', async () => {
  phone.onInvite({ status: null })
  const first = place({ callId: 'in-use' })
  const cause = async (more: Partial<Placing>) => {
    const outcome = await place(more).outcome
    return outcome.kind === 'failed' ? outcome.cause : 'answered'
  }
  expect(await cause({ callId: 'in-use' })).toBe('DESTINATION_OUT_OF_ORDER')
  for (const callId of ['', 'a b', 'a\r\nX: y', 'a@b@c', 'ü', 'x'.repeat(129)]) {
    expect(await cause({ callId })).toBe('DESTINATION_OUT_OF_ORDER')
  }
  expect(await cause({ to: { uri: 'sip:a b@127.0.0.1' } })).toBe('INVALID_URL')
  expect(await cause({ to: { uri: 'tel:123' } })).toBe('INTERWORKING')
  expect(await cause({ to: { uri: 'sip:1@nowhere.invalid' } })).toBe('NORMAL_TEMPORARY_FAILURE')
  bench.engine.onOpen = () => Promise.reject(new Error('no ports'))
  expect(await cause({})).toBe('SWITCH_CONGESTION')
  first.cancel()
  await bench.leave()
  expect(await cause({})).toBe('NETWORK_OUT_OF_ORDER')
})

it('goes to the target it was given, proves who it is, and hangs up before the stack stops', async () => {
  const other = await startBench({ settings: { authenticate_calls: true } })
  other.answering()
  const [host = '', port = ''] = other.sip.address.split(':')
  const target = { transport: 'udp', host, port: Number(port) } as const
  const to = { uri: 'sip:1@one.example', target, domain: 'trunk.example' }
  const leg = await legOf(place({ to: { ...to, credentials: { username: 'ann', password } } }))
  expect(other.taken[0]).toMatchObject({ dialled: '1', device: { id: 'id-ann' } })
  expect(other.engine.legs.size).toBe(1)
  await bench.leave()
  expect(await leg.ended).toEqual({ by: 'local', cause: 'SYSTEM_SHUTDOWN' })
  await expect.poll(() => other.engine.legs.size).toBe(0)
  await other.dispose()
})

it('does not call itself', async () => {
  bench.answering()
  const to = { uri: `sip:4000@127.0.0.1:${bench.sip.port}` }

  expect(await place({ to }).outcome).toEqual({
    ...{ kind: 'failed', cause: 'EXCHANGE_ROUTING_ERROR', status: 482 },
  })
  expect(bench.taken).toEqual([])
})
