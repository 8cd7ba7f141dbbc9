import { beforeEach, describe, expect, it } from 'vitest'
import { fakeLegs, type FakeLegs } from '../test/fake-legs.ts'
import { placeCall, type Placed, type PlacedCall } from './place.ts'
import type { Target } from './target.ts'

const here = 'sip:1001@127.0.0.1:5081'
const there = 'sip:1001@127.0.0.1:5082'

let legs: FakeLegs
let rings: number
let called: PlacedCall
let placed: Promise<Placed>

const callTo = (...uris: string[]) => {
  const target: Target = {
    endpointId: 'desk',
    party: { name: 'Desk', number: '1001' },
    destinations: uris.map((uri) => ({ uri })),
    unreachable: 'USER_NOT_REGISTERED',
  }
  return placeCall(legs, target, {
    ...{ accountId: 'account', from: { name: 'Weekly', number: '4000' }, timeoutMs: 1000 },
    nextCallId: () => undefined,
    onRinging: () => {
      rings += 1
    },
  })
}

beforeEach(() => {
  legs = fakeLegs()
  rings = 0
  called = callTo(here, there)
  placed = called.placed
})

const both = async () => [await legs.to(here), await legs.to(there)] as const

describe('a call to several places', () => {
  it('rings everywhere, and the first to answer is it', async () => {
    const [first, second] = await both()
    first.ring()
    second.ring()
    second.answer()

    expect(await placed).toMatchObject({ kind: 'answered', leg: { callId: second.callId } })
    expect([first.isCancelled, second.isCancelled]).toEqual([true, false])
    expect(rings).toBe(1)
  })

  it('does not wait for places that are slow to stop ringing', async () => {
    const [first, second] = await both()
    first.isDeaf = true
    second.answer()
    expect(await placed).toMatchObject({ kind: 'answered' })
  })

  it('lets go who answers too late', async () => {
    const [first, second] = await both()
    second.isDeaf = true
    first.answer()
    await placed
    second.answer()
    await expect.poll(() => second.hungUp).toBe('Call completed elsewhere')
    expect(first.hungUp).toBeUndefined()
  })

  it('stops ringing everywhere once it is called off, whatever it had failed with before', async () => {
    const [first, second] = await both()
    first.fail('USER_BUSY')
    second.isDeaf = true
    expect(called.cancel()).toBe(true)
    expect(await placed).toEqual({ kind: 'failed', cause: 'ORIGINATOR_CANCEL' })
    second.answer()
    await expect.poll(() => second.hungUp).toBe('ORIGINATOR_CANCEL')
    expect(called.cancel()).toBe(false)
  })

  it.each(['answered', 'failed'])('cannot be called off once it has %s', async (end) => {
    const [first, second] = await both()
    if (end === 'answered') first.answer()
    else for (const each of [first, second]) each.fail('USER_BUSY')
    await placed
    expect(called.cancel()).toBe(false)
    expect(first.hungUp).toBeUndefined()
  })

  it('fails with what says most, once it failed everywhere', async () => {
    const [first, second] = await both()
    first.fail('DESTINATION_OUT_OF_ORDER')
    second.fail('USER_BUSY')
    expect(await placed).toEqual({ kind: 'failed', cause: 'USER_BUSY' })
  })

  it('fails otherwise where it rang than where nothing came from', async () => {
    const [first, second] = await both()
    first.fail('NO_ANSWER')
    second.ring()
    second.fail('NO_ANSWER')
    expect(await placed).toEqual({ kind: 'failed', cause: 'NO_ANSWER' })
  })

  it('says so where nothing came from at all', async () => {
    legs = fakeLegs()
    const silent = callTo(here).placed
    ;(await legs.to(here)).fail('NO_ANSWER')
    expect(await silent).toEqual({ kind: 'failed', cause: 'NO_USER_RESPONSE' })
  })
})
