import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PhoneCall } from '../../test/phone-call.ts'
import type { Leg } from './legs.ts'
import { startBench, type LegBench } from '../../test/leg-bench.ts'

let bench: LegBench
let call: PhoneCall
let leg: Leg
beforeEach(async () => {
  bench = await startBench({ limits: { resumeMs: 200 } })
  ;[call, leg] = await Promise.all([(await bench.phone()).call('1'), bench.nextLeg()])
})
afterEach(async () => {
  await bench.dispose()
  expect(bench.engine.legs.size).toBe(0)
})
const audio = () => bench.engine.legs.get(leg.legId)

it('follows hold, resume, another address and another codec', async () => {
  expect(await call.hold()).toBe(200)
  expect([leg.isOnHold(), audio()?.direction]).toEqual([true, 'recvonly'])
  expect(call.remoteSdp()).toContain('a=recvonly')
  expect(await call.resume()).toBe(200)
  expect([leg.isOnHold(), audio()?.direction]).toEqual([false, 'sendrecv'])

  const moved = call.describe().replace(/m=audio \d+ RTP\/AVP 0/, 'm=audio 5004 RTP/AVP 8')
  expect((await call.offer(moved, 'UPDATE')).status).toBe(200)
  expect(audio()).toMatchObject({ codec: 'PCMA', remote: { port: 5004 } })
})

it('lets its own description grow older only when it changes', async () => {
  const version = () => Number(/^o=- \d+ (\d+)/m.exec(call.remoteSdp())?.[1])
  const first = version()
  await call.offer(call.describe())
  const same = version()
  await call.hold()
  expect([same, version()]).toEqual([first, first + 1])
})

it('refuses an offer it cannot use, and goes on', async () => {
  const bad = call.describe().replace('RTP/AVP 0 101', 'RTP/AVP 18')
  const refused = await call.offer(bad)
  expect([refused.status, refused.one('Warning')]).toEqual([
    488,
    '305 127.0.0.1 "Incompatible media format"',
  ])
  expect((await call.offer('nonsense')).status).toBe(400)
  expect(audio()?.direction).toBe('sendrecv')
  expect(await call.hangUp()).toBe(200)
})

it('makes an offer within the call when the other side wants one', async () => {
  const response = await call.offer('', 'INVITE', call.describe('sendonly'))
  expect(response.body).toContain('RTP/AVP 0 8 96 101 102')
  await expect.poll(() => audio()?.direction).toBe('recvonly')
})

it('hears digits of RTP and of INFO, and each key once', async () => {
  const heard: string[] = []
  const forget = leg.onDigit((digit) => heard.push(digit))
  expect(await call.info('application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n')).toBe(200)
  expect(await call.info('application/dtmf-relay', 'Signal= 11')).toBe(200)
  expect(await call.info('application/dtmf', 'a')).toBe(200)
  expect(await call.info('application/dtmf', '')).toBe(200)
  expect(await call.info('application/dtmf', '55')).toBe(400)
  expect(await call.info('application/dtmf-relay', 'Duration=5')).toBe(400)
  expect(await call.info('text/plain', '5')).toBe(415)
  bench.engine.tell({ event: 'dtmf', legId: leg.legId, digit: '5', ms: 100 })
  expect(heard).toEqual(['5', '#', 'A'])
  forget()
  await call.info('application/dtmf', '1')
  expect(heard).toHaveLength(3)
})

it('hangs up on a phone that vanished, but not on one that holds', async () => {
  await call.hold()
  bench.engine.tell({ event: 'media-timeout', legId: leg.legId, silenceMs: 20_000 })
  expect(await call.resume()).toBe(200)
  bench.engine.tell({ event: 'media-timeout', legId: leg.legId, silenceMs: 20_000 })
  expect(await leg.ended).toEqual({ by: 'failed', cause: 'MEDIA_TIMEOUT' })
  expect((await call.ended)?.one('Reason')).toBe('FreeSWITCH;cause=604;text="MEDIA_TIMEOUT"')
})

it('gives a phone that held in silence time to be heard again', async () => {
  const isSilent = () =>
    bench.engine.tell({ event: 'media-timeout', legId: leg.legId, silenceMs: 20_000 })
  await call.hold()
  isSilent()
  await call.resume()
  bench.engine.tell({ event: 'media-started', legId: leg.legId })
  await call.hold()
  isSilent()
  await call.resume()
  expect(leg.scope.signal.aborted).toBe(false)
  expect(await leg.ended).toEqual({ by: 'failed', cause: 'MEDIA_TIMEOUT' })
})

it('keeps a phone that held in silence and is heard again', async () => {
  const { statistics } = bench.engine
  let packets = 0
  Object.assign(bench.engine, {
    statistics: async (legId: string) => ({
      ...(await statistics(legId)),
      packetsReceived: (packets += 1),
    }),
  })
  await call.hold()
  bench.engine.tell({ event: 'media-timeout', legId: leg.legId, silenceMs: 20_000 })
  await call.resume()
  await expect.poll(() => packets, { timeout: 5_000 }).toBe(2)
  await call.info('application/dtmf', '1')
  expect(leg.scope.signal.aborted).toBe(false)
})

it('hangs up everybody when the engine is gone', async () => {
  bench.engine.tell({ event: 'failed', message: 'gone' })
  expect(await leg.ended).toEqual({ by: 'failed', cause: 'DESTINATION_OUT_OF_ORDER' })
  expect((await call.ended)?.method).toBe('BYE')
})

it('hangs up when the engine had to close it', async () => {
  bench.engine.tell({ event: 'leg-failed', legId: leg.legId, message: 'an error of ours' })
  expect(await leg.ended).toEqual({ by: 'failed', cause: 'NORMAL_TEMPORARY_FAILURE' })
  expect((await call.ended)?.method).toBe('BYE')
})

it('hangs up when its scope is disposed', async () => {
  await leg.scope.dispose()
  expect((await call.ended)?.method).toBe('BYE')
  expect(await leg.ended).toEqual({ by: 'local', cause: 'NORMAL_CLEARING' })
})

it('hangs up everybody before the stack stops, and waits until they know', async () => {
  const told: string[] = []
  void call.ended.then((bye) => told.push(bye?.one('Reason') ?? ''))
  await bench.leave()
  expect(told).toEqual(['FreeSWITCH;cause=701;text="SYSTEM_SHUTDOWN"'])
})

it('ends once when both hang up at the same time', async () => {
  leg.hangUp()
  await call.hangUp()
  expect(await leg.ended).toEqual({ by: 'local', cause: 'NORMAL_CLEARING' })
  expect(bench.engine.closed()).toBe(1)
})
