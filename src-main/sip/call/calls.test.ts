import { beforeEach, expect, it } from 'vitest'
import { valuesOf } from '../message/headers.ts'
import { responseTo } from '../message/response.ts'
import { answered, createCallBench, sdp, textOf, type CallBench } from '../test/call-bench.ts'

let bench: CallBench
beforeEach(() => (bench = createCallBench()))

it.each(['udp', 'tcp'] as const)('rings, answers and hangs up over %s', async (transport) => {
  bench = createCallBench(transport)
  const { pair, incoming, ends, owner, invite, expectNothingLeft } = bench
  const progress: number[] = []
  const out = invite({ onProgress: ({ status }) => progress.push(status) })
  await pair.run(50)
  expect(textOf(incoming().offer)).toBe('v=0 ann')
  incoming().ring(180)
  await pair.run(50)
  const bob = incoming().accept(sdp('bob'), owner('bob'))
  await pair.run(100)
  const { response, call } = answered(await out.outcome)
  expect(textOf(response.body)).toBe('v=0 bob')
  expect([call.remote.params.has('tag'), bob.remote.displayName]).toEqual([true, 'Ann'])
  bob.bye()
  bob.bye()
  await pair.run(100)

  expect(progress).toEqual([180])
  expect(pair.trace).toEqual([
    ...['ann INVITE', 'bob 100', 'bob 180', 'bob 200', 'ann ACK', 'bob BYE', 'ann 200'],
  ])
  expect(ends).toMatchObject({ ann: [{ by: 'remote' }], bob: [{ by: 'local' }] })
  await expectNothingLeft()
})

it('calls and cancels under the Call-ID and with the reason it was given', async () => {
  const { pair, invite, last, sent, expectNothingLeft } = bench
  const out = invite({ callId: 'xyz-abc' })
  await pair.run(50)
  out.cancel([{ name: 'Reason', value: 'SIP;cause=200' }])
  await pair.run(20)

  expect(last('ann').callId).toBe('xyz-abc')
  expect(valuesOf(sent('CANCEL')[0]!, 'reason')).toEqual(['SIP;cause=200'])
  await expectNothingLeft()
})

it('says when a call is over for both sides', async () => {
  const { pair, connect } = bench
  const { ann, bob } = await connect()
  const settled: string[] = []
  void ann.settled.then(() => settled.push('ann'))
  void bob.settled.then(() => settled.push('bob'))
  ann.bye()
  await pair.run(10)
  expect(settled).toEqual(['bob'])
  await pair.run(20)
  expect(settled).toEqual(['bob', 'ann'])
})

it('tells who called that the call was refused, and why', async () => {
  const { pair, incoming, invite, expectNothingLeft } = bench
  const out = invite()
  await pair.run(50)
  incoming().reject(488, {
    headers: [{ name: 'Warning', value: '305 b "Incompatible media format"' }],
  })
  await pair.run(50)

  expect(await out.outcome).toMatchObject({ kind: 'failed', status: 488 })
  expect(pair.trace.slice(-2)).toEqual(['bob 488', 'ann ACK'])
  await expectNothingLeft()
})

it('authenticates a caller', async () => {
  const { pair, owner, invite, expectNothingLeft } = createCallBench('udp', (call) => {
    const name = call.authenticate((user) => (user === 'ann' ? 'geheim' : undefined))
    if (name !== undefined) call.accept(sdp('bob'), owner('bob'))
  })
  const right = invite({ credentials: { username: 'ann', password: 'geheim' } })
  const wrong = invite({ credentials: { username: 'ann', password: 'wrong' } })
  await pair.run(300)

  answered(await right.outcome).call.bye()
  expect(await wrong.outcome).toMatchObject({ kind: 'failed', status: 403 })
  await expectNothingLeft()
})

it('cancels while it rings', async () => {
  const { pair, incoming, ends, owner, invite, expectNothingLeft, sent } = bench
  const out = invite()
  await pair.run(50)
  incoming().ring(180)
  await pair.run(50)
  out.cancel()
  await pair.run(100)

  expect(await out.outcome).toMatchObject({ kind: 'failed', status: 487 })
  expect(incoming().cancelled.aborted).toBe(true)
  expect(
    new Set(
      sent(200)
        .concat(sent(487))
        .map(({ to }) => to.params.get('tag')),
    ).size,
  ).toBe(1)
  expect(pair.trace.slice(3)).toEqual(['ann CANCEL', 'bob 200', 'bob 487', 'ann ACK'])
  incoming().ring(183)
  incoming().accept(sdp('late'), owner('bob'))
  expect(ends.bob).toMatchObject([{ by: 'remote', reason: 'Cancelled' }])
  await expectNothingLeft()
})

it('waits with a CANCEL until something came back', async () => {
  const { pair, invite, expectNothingLeft } = bench
  pair.link = (_, message) => (message.kind === 'response' ? 3_000 : true)
  const out = invite()
  await pair.run(100)
  out.cancel()
  await pair.run(2_000)
  expect(pair.trace).not.toContain('ann CANCEL')
  await pair.run(4_000)

  expect(pair.trace).toContain('ann CANCEL')
  await pair.run(4_000)
  expect(await out.outcome).toMatchObject({ status: 487 })
  await expectNothingLeft()
})

it('hangs up an answer that crosses its CANCEL', async () => {
  const { pair, incoming, ends, owner, invite, expectNothingLeft } = bench
  const out = invite()
  await pair.run(50)
  incoming().accept(sdp('bob'), owner('bob'))
  out.cancel()
  await pair.run(200)

  expect(await out.outcome).toMatchObject({ kind: 'failed', status: 487 })
  expect(pair.trace).toContain('ann BYE')
  expect(ends).toMatchObject({ ann: [], bob: [{ by: 'remote' }] })
  await expectNothingLeft()
})

it('gives up a phone that answers a CANCEL with nothing', async () => {
  const { pair, invite } = bench
  const out = invite()
  await pair.run(50)
  pair.link = () => false
  out.cancel()
  await pair.run(33_000)

  expect(await out.outcome).toMatchObject({ status: 487 })
  expect(pair.ann.count()).toBe(0)
})

it('repeats an answer until it is acknowledged, and the ACK as often as it comes', async () => {
  const { pair, connect, expectNothingLeft } = bench
  let acks = 0
  pair.link = (_, message) =>
    !(message.kind === 'request' && message.method === 'ACK' && (acks += 1) < 3)
  const { bob } = await connect()
  await pair.run(5_000)

  expect(pair.trace.filter((line) => line === 'bob 200')).toHaveLength(3)
  expect(pair.trace.filter((line) => line === 'ann ACK')).toHaveLength(3)
  bob.bye()
  await expectNothingLeft()
})

it('hangs up when nobody acknowledges', async () => {
  const { pair, ends, connect, expectNothingLeft } = bench
  pair.link = (_, message) => !(message.kind === 'request' && message.method === 'ACK')
  const { bob } = await connect()
  bob.bye()
  await pair.run(1_000)
  expect(pair.trace).not.toContain('bob BYE')
  await pair.run(33_000)

  expect(pair.trace).toContain('bob BYE')
  expect(ends).toMatchObject({ ann: [{ by: 'remote' }], bob: [{ by: 'local' }] })
  await expectNothingLeft()
})

it('rings reliably: repeats until PRACK, keeps the order, answers after it', async () => {
  const { pair, incoming, owner, invite, last, sent } = bench
  let pracks = 0
  pair.link = (_, message) =>
    !(message.kind === 'request' && message.method === 'PRACK' && (pracks += 1) < 2)
  const progress: string[] = []
  const out = invite({
    onProgress: ({ status, body }) => progress.push(`${status} ${body.toString()}`),
  })
  await pair.run(50)
  incoming().ring(183, { body: sdp('early') })
  incoming().ring(180)
  incoming().accept(sdp('bob'), owner('bob'))
  await pair.run(50)
  expect(pair.trace.filter((line) => /bob (180|200)/.test(line))).toEqual([])
  await pair.run(2_000)
  answered(await out.outcome)

  expect(progress).toEqual(['183 v=0 early', '180 '])
  expect(pair.trace.filter((line) => line === 'bob 183').length).toBeGreaterThan(1)
  const ringing = sent(183)[0]!
  expect(valuesOf(ringing, 'require')).toEqual(['100rel'])
  expect(valuesOf(last('ann'), 'rack')).toEqual([])
})

it('gives a call up whose reliable ringing nobody confirms', async () => {
  const { pair, incoming, ends, owner, invite, expectNothingLeft } = bench
  pair.link = (_, message) => !(message.kind === 'request' && message.method === 'PRACK')
  const out = invite({ headers: [{ name: 'Require', value: '100rel' }] })
  await pair.run(50)
  incoming().ring(180)
  incoming().accept(sdp('bob'), owner('bob'))
  await pair.run(33_000)

  expect(await out.outcome).toMatchObject({ kind: 'failed', status: 504 })
  expect(ends.bob).toHaveLength(1)
  await expectNothingLeft()
})

it('gives the call to the first phone that answers and hangs up the second', async () => {
  const { pair, incoming, invite, sent, expectNothingLeft } = bench
  const out = invite()
  await pair.run(50)
  const { request, source } = incoming()
  const fork = (toTag: string) =>
    responseTo(request, source, {
      ...{ status: 200, toTag, body: sdp(toTag) },
      headers: [{ name: 'Contact', value: '<sip:fork@192.0.2.9:5060>' }],
    })
  const ringing = responseTo(request, source, { status: 180, toTag: 'third' })
  pair.ann.received(ringing, pair.bobAt)
  pair.ann.received(fork('first'), pair.bobAt)
  pair.ann.received(fork('second'), pair.bobAt)
  await pair.run(50)

  expect(textOf(answered(await out.outcome).response.body)).toBe('v=0 first')
  const byes = sent('BYE')
  expect(byes.map(({ to }) => to.params.get('tag'))).toEqual(['second'])
  expect(pair.trace.filter((line) => line === 'ann ACK')).toHaveLength(2)
  incoming().reject(486)
  answered(await out.outcome).call.bye()
  await expectNothingLeft()
})
