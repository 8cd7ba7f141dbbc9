import { afterEach, expect, it } from 'vitest'
import { CallRefused, type CallOptions, type CallPhone } from '../../test/call-phone.ts'
import { startBench, password, type LegBench } from '../../test/leg-bench.ts'

let bench: LegBench
afterEach(async () => {
  await bench.dispose()
  expect([bench.engine.legs.size, bench.legs.count()]).toEqual([0, 0])
  expect(bench.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
})

const refusalOf = async (phone: CallPhone, to: string, options?: CallOptions) => {
  try {
    await phone.call(to, options)
  } catch (error) {
    if (error instanceof CallRefused) return error
    throw error
  }
  throw new Error('was answered')
}
const offerOf = (...media: string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', ...media, ''].join(
    '\r\n',
  )

it('joins an answered call with the engine and tells who called whom', async () => {
  bench = await startBench()
  const phone = await bench.phone({ displayName: 'Ann\u202e Lee' })
  const [call, leg] = await Promise.all([phone.call('12%2334;x=1@one.example'), bench.nextLeg()])
  const rtp = call.audio.audio().remote!.port

  expect(bench.taken[0]).toMatchObject({ dialled: '12#34', accountId: 'account-1' })
  expect(leg).toMatchObject({
    ...{ callId: call.callId, accountId: 'account-1', direction: 'incoming', device: undefined },
    party: { name: 'Ann Lee', number: 'ann' },
  })
  expect(bench.engine.legs.get(leg.legId)).toMatchObject({
    remote: { host: '127.0.0.1', port: rtp, rtcp: 'mux' },
    ...{ sources: ['127.0.0.1'], codec: 'PCMU', direction: 'sendrecv', ptimeMs: 20 },
  })
  expect(call.remoteSdp()).toMatch(/c=IN IP4 127\.0\.0\.1[^]*m=audio 400\d\d RTP\/AVP 0 101/)

  expect(await call.hangUp(['Reason: Q.850;cause=31;text="bored"'])).toBe(200)
  expect(await leg.ended).toEqual({ by: 'remote', cause: 'NORMAL_UNSPECIFIED' })
  expect(leg.scope.signal.aborted).toBe(true)
  expect(bench.engine.closed()).toBe(1)
})

it('describes the address a caller reaches it at, bound to all of them', async () => {
  bench = await startBench({ host: '0.0.0.0', settings: { bind: '0.0.0.0' } })
  bench.answering()
  const call = await (await bench.phone()).call('1')
  expect(call.remoteSdp()).toContain('c=IN IP4 127.0.0.1')
})

it('hangs up with a reason, once', async () => {
  bench = await startBench()
  const [call, leg] = await Promise.all([(await bench.phone()).call('1'), bench.nextLeg()])
  leg.hangUp('kicked "out"\r\nX: y')
  leg.hangUp('USER_BUSY')
  expect((await call.ended)?.one('Reason')).toBe('Q.850;cause=16;text="kicked outX: y"')
  expect(await leg.ended).toEqual({ by: 'local', cause: 'NORMAL_CLEARING' })
})

it('lets wideband win with who prefers it, and believes the first codec otherwise', async () => {
  bench = await startBench()
  bench.answering()
  const phone = await bench.phone()
  await phone.call('1', { codec: 'L16' })
  await phone.call('1', { sdp: offerOf('m=audio 4000 RTP/AVP 8 0') })
  expect(bench.engine.agreements.map(({ codec }) => codec)).toEqual(['L16', 'PCMA'])
})

it('demands proof of a device of the called account, where the settings want it', async () => {
  bench = await startBench({ settings: { authenticate_calls: true } })
  bench.answering()
  const ann = await bench.phone({ password })
  const [, leg] = await Promise.all([ann.call('1'), bench.nextLeg()])
  expect(leg.device?.id).toBe('id-ann')

  const statusOf = async (options: Parameters<LegBench['phone']>[0], to = '1') =>
    (await refusalOf(await bench.phone(options), to)).status
  expect(await statusOf({})).toBe(401)
  expect(await statusOf({ password: 'guess' })).toBe(403)
  expect(await statusOf({ user: 'off', password })).toBe(403)
  expect(await statusOf({ user: 'bob', password })).toBe(403)
  expect(await statusOf({ user: 'ann', password }, '1@two.example')).toBe(403)
  expect(bench.taken).toHaveLength(1)
})

it('lets the trunk call without proof, and believes who it says calls', async () => {
  const trunk = { port: 5060, transport: 'udp', username: '' } as const
  const identity = { headers: ['P-Asserted-Identity: "Eve" <sip:+4930123@p.example>'] }
  for (const host of ['127.0.0.1', 'localhost']) {
    bench = await startBench({ settings: { authenticate_calls: true, trunk: { ...trunk, host } } })
    bench.answering()
    await (await bench.phone()).call('1', identity)
    expect(bench.taken[0]?.caller).toEqual({ name: 'Eve', number: '+4930123' })
    await bench.dispose()
  }
  for (const host of ['192.0.2.1', 'nowhere.invalid', '']) {
    bench = await startBench({ settings: { authenticate_calls: true, trunk: { ...trunk, host } } })
    expect((await refusalOf(await bench.phone(), '1')).status).toBe(401)
    await bench.dispose()
  }
  bench = await startBench()
})

it('refuses a second call with the Call-ID of one that lives, but not once that is over', async () => {
  bench = await startBench()
  bench.answering()
  const [ann, eve] = [await bench.phone(), await bench.phone({ user: 'eve' })]
  const callId = 'same@phone'
  const call = await ann.call('1', { callId })
  expect((await refusalOf(eve, '1', { callId })).status).toBe(482)
  await call.hangUp()
  await expect.poll(() => bench.legs.count()).toBe(0)
  await eve.call('1', { callId })
  expect(bench.taken).toHaveLength(2)
})

it('takes the account of the own domain when the address of this machine is called', async () => {
  bench = await startBench({ settings: { authenticate_calls: true } })
  const bob = await bench.phone({ user: 'bob', password, domain: 'two.example' })
  const [, leg] = await Promise.all([bob.call(`1@${bench.sip.address}`), bench.nextLeg()])
  expect(leg).toMatchObject({ accountId: 'account-2', device: { id: 'id-bob' } })
})

it('answers only addresses on the list, and believes those who they say calls', async () => {
  bench = await startBench({ settings: { allow_list: ['192.0.2.0/24'] } })
  expect(await refusalOf(await bench.phone(), '1')).toMatchObject({ status: 403 })
  await bench.dispose()

  const identity = { headers: ['P-Asserted-Identity: "Eve" <sip:+4930123@p.example>'] }
  bench = await startBench({ settings: { allow_list: ['127.0.0.1'] } })
  bench.answering()
  await (await bench.phone()).call('1', identity)
  await bench.dispose()
  const trusted = bench.taken[0]
  bench = await startBench()
  bench.answering()
  await (await bench.phone()).call('1', identity)
  expect(trusted?.caller).toEqual({ name: 'Eve', number: '+4930123' })
  expect(bench.taken[0]?.caller).toEqual({ name: 'ann', number: 'ann' })
})

it('refuses what it could not answer before anybody is asked', async () => {
  bench = await startBench()
  bench.answering()
  const phone = await bench.phone()
  const refused = async (sdp: string) => {
    const { status, answer } = await refusalOf(phone, '1', { sdp })
    return [status, answer.one('Warning').replace(/ .*? /, ' ')]
  }
  expect(await refused('nonsense')).toEqual([400, '399 "Malformed session description"'])
  expect(await refused(offerOf('m=audio 4000 RTP/AVP 18'))).toEqual([
    488,
    '305 "Incompatible media format"',
  ])
  expect(await refused(offerOf('m=video 4000 RTP/AVP 31'))).toEqual([
    488,
    '304 "Media type not available"',
  ])
  expect((await refusalOf(phone, 'sip:one.example')).status).toBe(404)
  expect((await refusalOf(phone, '1%002')).status).toBe(404)
  expect(bench.taken).toEqual([])
})

it('answers 480 when nobody takes calls, 500 when that fails, and what the handler wants', async () => {
  bench = await startBench()
  const phone = await bench.phone()
  expect((await refusalOf(phone, '1')).status).toBe(480)
  bench.legs.take((call) => call.reject(486, 'Not Now'))
  expect((await refusalOf(phone, '1')).answer.reason).toBe('Not Now')
  bench.legs.take(() => {
    throw new Error('a bug')
  })
  expect((await refusalOf(phone, '1')).status).toBe(500)
  expect(bench.lines.splice(0).join()).toContain('taking a call failed')
})

it('answers 503 and frees everything when the engine has no port', async () => {
  bench = await startBench()
  const failures: unknown[] = []
  bench.legs.take((call) => void call.answer().catch((error: unknown) => failures.push(error)))
  const phone = await bench.phone()
  bench.engine.onOpen = () => Promise.reject(new Error('no ports'))
  expect((await refusalOf(phone, '1')).answer.one('Retry-After')).toBe('5')
  bench.engine.onOpen = undefined
  bench.engine.onConnect = () => Promise.reject(new Error('bad address'))
  expect((await refusalOf(phone, '1')).status).toBe(503)
  expect(failures).toMatchObject([{ code: 'unavailable' }, { code: 'unavailable' }])
})

it('frees the port of a call that is cancelled while it is opened', async () => {
  bench = await startBench()
  const opening = Promise.withResolvers<undefined>()
  const asked = Promise.withResolvers<undefined>()
  bench.engine.onOpen = () => {
    asked.resolve(undefined)
    return opening.promise
  }
  const next = bench.nextLeg().catch((error: unknown) => error)
  const dialling = (await bench.phone()).dial('1')
  await asked.promise
  dialling.cancel()
  await expect(dialling.outcome).rejects.toMatchObject({ status: 487 })
  opening.resolve(undefined)
  expect(await next).toMatchObject({ name: 'LegError', code: 'gone' })
  expect(bench.engine.legs.size).toBe(0)
})

it('hangs up a call whose leg failed while it was answered', async () => {
  bench = await startBench()
  bench.engine.onConnect = () => {
    for (const legId of bench.engine.legs.keys())
      bench.engine.tell({ event: 'leg-failed', legId, message: 'an error of ours' })
    return Promise.resolve()
  }
  bench.answering()
  const phone = await bench.phone()
  const call = await phone.call('1')
  expect((await call.ended)?.method).toBe('BYE')
  expect(bench.legs.count()).toBe(0)
})

it('tells who takes a call that the caller gave up', async () => {
  bench = await startBench()
  const dialling = (await bench.phone()).dial('1')
  const call = await bench.nextCall()
  call.ring()
  expect(await dialling.ringing).toBe(180)
  dialling.cancel()
  await expect(dialling.outcome).rejects.toMatchObject({ status: 487 })
  expect(call.gone.aborted).toBe(true)
  await expect(call.answer()).rejects.toMatchObject({ code: 'gone' })
  call.ring()
  call.reject(486)
})

it('bounds calls that wait, calls that are refused, legs, and how long a call rings', async () => {
  bench = await startBench({ limits: { waitingPerSource: 2, ringingMs: 300 } })
  const phone = await bench.phone()
  void bench.nextCall()
  const waiting = [phone.dial('1'), phone.dial('2')]
  await expect.poll(() => bench.taken.length).toBe(2)
  expect((await refusalOf(phone, '3')).answer.one('Retry-After')).toBe('5')
  for (const { outcome } of waiting) await expect(outcome).rejects.toMatchObject({ status: 480 })
  expect(bench.taken[0]?.gone.aborted).toBe(true)
  await bench.dispose()

  bench = await startBench({ limits: { refusedPerSource: 2 } })
  bench.legs.take((call) => call.reject(404))
  const other = await bench.phone()
  const statuses = []
  for (let n = 0; n < 3; n += 1) statuses.push((await refusalOf(other, '9')).status)
  expect(statuses).toEqual([404, 404, 503])
  await bench.dispose()

  bench = await startBench({ limits: { legs: 1 } })
  bench.answering()
  const third = await bench.phone()
  await third.call('1')
  expect((await refusalOf(third, '1')).status).toBe(503)
})

it('counts legs that are still being opened', async () => {
  bench = await startBench({ limits: { legs: 1 } })
  bench.answering()
  const opening = Promise.withResolvers<undefined>()
  const asked = Promise.withResolvers<undefined>()
  bench.engine.onOpen = () => {
    asked.resolve(undefined)
    return opening.promise
  }
  const phone = await bench.phone()
  const first = phone.dial('1')
  await asked.promise
  expect((await refusalOf(phone, '1')).status).toBe(503)
  opening.resolve(undefined)
  await first.outcome
  expect(bench.lines).toEqual([])
})

it('makes the offer when the caller wants one, and hangs up on an ACK without an answer', async () => {
  bench = await startBench()
  const phone = await bench.phone()
  const [call, leg] = await Promise.all([phone.call('1', { sdp: null }), bench.nextLeg()])
  expect(call.remoteSdp()).toContain('RTP/AVP 0 8 96 101 102')
  expect(bench.engine.legs.get(leg.legId)).toMatchObject({
    remote: { port: call.audio.audio().remote!.port },
  })

  const next = bench.nextLeg().catch((error: unknown) => error)
  const silent = await phone.call('1', { sdp: null, answer: '' })
  expect((await silent.ended)?.one('Reason')).toContain('cause=88')
  expect(await next).toMatchObject({ code: 'unavailable' })
})
