import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { SipSettings } from '#contract/sip'
import { systemClock } from '../platform/clock.ts'
import { createLog } from '../platform/log.ts'
import { createScope } from '../platform/scope.ts'
import type { Call, CallOwner, IncomingCall, Sip } from './sip.ts'
import { createPair } from './test/pair.ts'
import { createLegs, type IncomingLeg, type Leg, type PlacedLeg } from '../modules/legs/legs.ts'
import { createFakeEngine } from '../test/fake-engine.ts'

/** Two stacks in time that only the test moves: the legs are at one of them, all phones at the other. */
const startWorld = () => {
  const pair = createPair()
  const errors: string[] = []
  const scope = createScope('leaks')
  const engine = createFakeEngine()
  const legs = createLegs({
    ...{ scope, engine, clock: systemClock },
    log: createLog({ level: 'error', write: (line) => void errors.push(line) }),
    settings: () =>
      ({
        authenticate_calls: false,
        allow_list: [],
        trunk: { host: '' },
      }) as unknown as SipSettings,
    devices: { bySipUsername: () => undefined },
    accountOf: () => 'account',
    domainOf: () => 'one.example',
    limits: { waitingPerSource: 1_000, refusedPerSource: 10_000 },
  })
  const sip: Sip = {
    ...pair.bob,
    ...{ address: '192.0.2.9:5060', port: 5060 },
    route: () => Promise.resolve({ peer: pair.annAt, host: '192.0.2.9' }),
    addressesOf: () => Promise.resolve([]),
  }
  const leave = legs.serve(sip)
  return { pair, errors, scope, engine, legs, leave }
}
type World = ReturnType<typeof startWorld>

const sdp = Buffer.from(
  'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n',
)
const owner: CallOwner = { onOffer: () => sdp, onEnd: () => undefined }

const callIn = ({ pair }: World, callId: string) =>
  pair.ann.invite({
    ...{ uri: 'sip:1@192.0.2.9', from: '<sip:ann@192.0.2.1>', description: sdp, owner, callId },
  })
const answeredBy = async (out: ReturnType<typeof callIn>): Promise<Call> => {
  const outcome = await out.outcome
  if (outcome.kind === 'failed') throw new Error(`${outcome.status}`)
  return outcome.call
}
const callOut = ({ legs }: World, callId: string, timeoutMs = 60_000): PlacedLeg =>
  legs.place({
    ...{ accountId: 'account', to: { uri: 'sip:ann@192.0.2.1' }, timeoutMs, callId },
    ...{ from: { name: '', number: '1' }, party: { name: '', number: '2' } },
  })

type Way = {
  /** What the handler does with a call that comes in, or the phone with one that goes out. */
  readonly take?: (call: IncomingLeg, world: World) => void
  readonly ring?: (call: IncomingCall) => void
  readonly run: (world: World, callId: string) => Promise<unknown>
}
const legIn = (act: (leg: Leg, world: World) => void) => (call: IncomingLeg, world: World) =>
  void call.answer().then(
    (leg) => act(leg, world),
    () => undefined,
  )
const accept = (call: IncomingCall) => void call.accept(sdp, owner)

const ways: Readonly<Record<string, Way>> = {
  'the caller hangs up': {
    take: legIn(() => undefined),
    run: async (world, id) => (await answeredBy(callIn(world, id))).bye(),
  },
  'we hang up': {
    take: legIn((leg) => leg.hangUp()),
    run: (world, id) => answeredBy(callIn(world, id)),
  },
  'both hang up': {
    take: legIn((leg) => void turn().then(() => leg.hangUp())),
    run: async (world, id) => (await answeredBy(callIn(world, id))).bye(),
  },
  'it is cancelled': {
    take: (call) => call.ring(),
    run: (world, id) => {
      const out = callIn(world, id)
      void turn().then(() => out.cancel())
      return out.outcome
    },
  },
  'it is cancelled while it is answered': {
    take: legIn(() => undefined),
    run: (world, id) => {
      const out = callIn(world, id)
      out.cancel()
      return out.outcome
    },
  },
  'it is refused': {
    take: (call) => call.reject(486),
    run: (world, id) => callIn(world, id).outcome,
  },
  'the ACK is lost': {
    take: legIn(() => undefined),
    run: (world, id) => answeredBy(callIn(world, id)),
  },
  'the phone vanishes': {
    take: legIn((leg, { engine }) =>
      engine.tell({ event: 'media-timeout', legId: leg.legId, silenceMs: 1 }),
    ),
    run: (world, id) => answeredBy(callIn(world, id)),
  },
  'a called phone answers': {
    ring: accept,
    run: async (world, id) => {
      const outcome = await callOut(world, id).outcome
      if (outcome.kind === 'answered') outcome.leg.hangUp()
    },
  },
  'a called phone is busy': {
    ring: (call) => call.reject(486),
    run: (world, id) => callOut(world, id).outcome,
  },
  'a called phone rings in vain': {
    ring: (call) => call.ring(180),
    run: (world, id) => callOut(world, id, 20).outcome,
  },
  'a called phone answers when it is cancelled': {
    ring: accept,
    run: async (world, id) => {
      const placed = callOut(world, id)
      // Before, while and after the answer is on its way.
      for (let n = Number(id.split('.')[1]) % 8; n > 0; n -= 1) await turn()
      placed.cancel()
      const outcome = await placed.outcome
      if (outcome.kind === 'answered') outcome.leg.hangUp()
    },
  },
  'a called phone answers nonsense': {
    ring: (call) => void call.accept(Buffer.from('nonsense'), owner),
    run: (world, id) => callOut(world, id).outcome,
  },
  'a called phone is not there': {
    run: (world, id) => callOut(world, id).outcome,
  },
}
const names = Object.keys(ways)
const wayOf = (callId: string): Way =>
  ways[callId.split('!')[0]?.replaceAll('_', ' ') ?? ''] ?? fail()
const fail = (): never => {
  throw new Error('no such way')
}

it('leaves nothing behind after 504 calls that end in all ways', { timeout: 60_000 }, async () => {
  const world = startWorld()
  const { pair, engine, legs, scope, errors } = world
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const timersBefore = timers()
  legs.take((call) => wayOf(call.callId).take?.(call, world))
  pair.ann.answer((call) => wayOf(call.request.callId).ring?.(call))
  pair.link = (_, { callId, kind, cseq }) => {
    if (callId.startsWith('a_called_phone_is_not')) return false
    return !(callId.startsWith('the_ACK') && kind === 'request' && cseq.method === 'ACK')
  }

  for (let batch = 0; batch < 4; batch += 1) {
    const runs = Array.from({ length: 126 }, (_, n) => {
      const name = names[n % names.length] ?? ''
      const id = `${name.replaceAll(' ', '_')}!${batch}.${n}`
      return wayOf(id).run(world, id)
    })
    const done = Promise.all(runs).then(() => true)
    while (!(await Promise.race([done, pair.run(500).then(() => false)]))) await turn()
    // What SIP remembers of calls that are over.
    await pair.run(80_000)
  }

  expect(errors).toEqual([])
  expect([engine.legs.size, legs.count()]).toEqual([0, 0])
  expect([pair.ann.count(), pair.bob.count(), pair.clock.pending()]).toEqual([0, 0, 0])
  expect(engine.listeners()).toBe(1)
  expect(timers()).toBeLessThanOrEqual(timersBefore)
  await world.leave()
  await scope.dispose()
  expect(engine.listeners()).toBe(0)
  expect(engine.closed()).toBeGreaterThan(250)
})
