import type { Leg, Legs, PlacedLeg, Placing } from '../../legs/legs.ts'
import { fakeLeg } from './fake-rooms.ts'

/** A call that was placed: the test decides how it comes out. */
export type FakeCall = {
  readonly placing: Placing
  readonly callId: string
  isCancelled: boolean
  /** Does not hear that it is cancelled. */
  isDeaf: boolean
  /** Why the leg was hung up after it had answered. */
  hungUp: string | undefined
  readonly ring: () => void
  readonly answer: () => void
  readonly fail: (cause: string) => void
}

export type FakeLegs = Pick<Legs, 'place'> & {
  readonly calls: FakeCall[]
  /** The call to this URI, once it is placed. */
  readonly to: (uri: string) => Promise<FakeCall>
}

type Outcome = Awaited<PlacedLeg['outcome']>

export const fakeLegs = (): FakeLegs => {
  const calls: FakeCall[] = []
  const waiting = new Map<string, (call: FakeCall) => void>()
  const find = (uri: string) => calls.find(({ placing }) => placing.to.uri === uri)

  const place = (placing: Placing): PlacedLeg => {
    const { promise: outcome, resolve } = Promise.withResolvers<Outcome>()
    const { accountId, party, device } = placing
    const callId = placing.callId ?? `call-${calls.length + 1}`
    const fail = (cause: string) => resolve({ kind: 'failed', cause, status: undefined })
    const leg = (): Leg =>
      fakeLeg({
        ...{ accountId, callId, party, device, direction: 'outgoing' },
        hangUp: (reason) => {
          call.hungUp = reason
        },
      })
    const call: FakeCall = {
      ...{ placing, callId, fail, isCancelled: false, isDeaf: false, hungUp: undefined },
      ring: () => placing.onRinging?.(),
      answer: () => resolve({ kind: 'answered', leg: leg() }),
    }
    const cancel = () => {
      call.isCancelled = true
      if (!call.isDeaf) fail('ORIGINATOR_CANCEL')
    }
    calls.push(call)
    waiting.get(placing.to.uri)?.(call)
    return { callId, outcome, cancel }
  }

  return {
    calls,
    place,
    to: (uri) => {
      const call = find(uri)
      return call ? Promise.resolve(call) : new Promise((resolve) => waiting.set(uri, resolve))
    },
  }
}
