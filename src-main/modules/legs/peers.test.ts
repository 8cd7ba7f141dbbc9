import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../engine/engine.ts'
import type { Engine, Member } from '../../engine/port.ts'
import { levelOf } from '../../engine/test/hearing.ts'
import { silentLog } from '../../platform/log.ts'
import { createScope, type Scope } from '../../platform/scope.ts'
import { noBaresip, startBaresip } from '../../test/baresip.ts'
import { samplesOf } from '../../test/samples.ts'
import type { Leg } from './legs.ts'
import { startBenchWith, type LegBench } from '../../test/leg-bench.ts'

/** Legs with the engine itself: what phones say to each other through both. */
let engine: Engine
let bench: Omit<LegBench, 'engine'>
let scope: Scope
let folder: string
const member: Member = {
  ...{ speak: true, hear: true, gainInDb: 0, gainOutDb: 0, energyLevel: 0 },
  ...{ distributeDigits: false, canHaveFloor: true },
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-legs-'))
  scope = createScope('engine')
  engine = await createEngine({ scope, log: silentLog })
  bench = await startBenchWith(engine)
  await engine.openRoom({ roomId: 'room', rate: 16_000, comfortNoise: 0 })
})
afterEach(async () => {
  await bench.dispose()
  const { legs } = await engine.health()
  await scope.dispose()
  await rm(folder, { recursive: true, force: true })
  expect(legs).toBe(0)
})
const seat = (leg: Leg) => engine.join(leg.legId, 'room', member)

it('lets two phones hear each other and not themselves, in wideband, over hold and digits', async () => {
  const [ann, bob] = [await bench.phone(), await bench.phone({ user: 'bob' })]
  const [annCall, annLeg] = await Promise.all([ann.call('1', { codec: 'L16' }), bench.nextLeg()])
  const answered = bob.answered()
  const placed = bench.legs.place({
    ...{ accountId: 'account-1', to: { uri: bob.contact }, timeoutMs: 5_000 },
    ...{ from: { name: 'Conference', number: '1' }, party: { name: 'Bob', number: '2' } },
  })
  const [bobCall, outcome] = await Promise.all([answered, placed.outcome])
  if (outcome.kind === 'failed') throw new Error(outcome.cause)
  const digits: string[] = []
  annLeg.onDigit((digit) => digits.push(digit))
  await Promise.all([seat(annLeg), seat(outcome.leg)])
  annCall.audio.say(440)
  bobCall.audio.say(1_000)

  await bobCall.audio.listen(300)
  const [atAnn, atBob] = await Promise.all([annCall.audio.listen(600), bobCall.audio.listen(600)])
  expect([levelOf(atAnn, 1_000) > -20, levelOf(atAnn, 440) < -50]).toEqual([true, true])
  expect([levelOf(atBob, 440) > -20, levelOf(atBob, 1_000) < -50]).toEqual([true, true])

  annCall.audio.press('42#')
  await expect.poll(() => digits.join(''), { timeout: 3_000 }).toBe('42#')

  expect(await annCall.hold()).toBe(200)
  await bobCall.audio.listen(300)
  expect(levelOf(await bobCall.audio.listen(300), 440)).toBeLessThan(-50)
  expect(await annCall.resume()).toBe(200)
  await bobCall.audio.listen(500)
  expect(levelOf(await bobCall.audio.listen(300), 440)).toBeGreaterThan(-20)
})

describe.skipIf(noBaresip)(`baresip${noBaresip ? `: not run, ${noBaresip}` : ''}`, () => {
  it('calls in, is called, presses keys, and is heard by everybody but itself', async () => {
    const [one, two] = await Promise.all([
      startBaresip('<sip:ann@one.example>;regint=0', { toneHz: 500, record: folder }),
      startBaresip('<sip:bob@one.example>;regint=0;answermode=auto', { toneHz: 800 }),
    ])
    const [, oneLeg] = await Promise.all([one.dial(`sip:1@${bench.sip.address}`), bench.nextLeg()])
    const digits: string[] = []
    oneLeg.onDigit((digit) => digits.push(digit))
    const placed = bench.legs.place({
      ...{ accountId: 'account-1', to: { uri: `sip:bob@${two.address}` }, timeoutMs: 5_000 },
      ...{ from: { name: 'Conference', number: '1' }, party: { name: 'Bob', number: '2' } },
    })
    const outcome = await placed.outcome
    if (outcome.kind === 'failed') throw new Error(outcome.cause)
    const phone = await bench.phone({ user: 'eve' })
    const [call, phoneLeg] = await Promise.all([phone.call('1'), bench.nextLeg()])
    await Promise.all([oneLeg, outcome.leg, phoneLeg].map(seat))
    call.audio.say(1_200)

    await call.audio.listen(1_000)
    const heard = await call.audio.listen(1_000)
    expect([500, 800, 1_200].map((hz) => levelOf(heard, hz) > -25)).toEqual([true, true, false])
    await one.sendDigits('19')
    await expect.poll(() => digits.join('')).toBe('19')

    await one.hangUp()
    expect(await oneLeg.ended).toMatchObject({ by: 'remote', cause: 'NORMAL_CLEARING' })
    outcome.leg.hangUp()
    await two.happened('CALL_CLOSED')
    const samples = samplesOf(await readFile(await one.heard())).slice(-16_000, -4_000)
    const levels = [500, 800, 1_200].map((hz) => levelOf({ samples, rate: 8_000 }, hz) > -25)
    expect(levels).toEqual([false, true, true])
    await Promise.all([one.quit(), two.quit()])
  })
})
