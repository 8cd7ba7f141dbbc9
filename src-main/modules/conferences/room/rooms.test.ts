import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFakeLeg } from './test/fake-leg.ts'
import { conferenceOf, startRooms } from './test/fake-room.ts'

let stage: Awaited<ReturnType<typeof startRooms>>

beforeEach(async () => {
  stage = await startRooms()
})
afterEach(() => stage.dispose())

it('opens a room for its first participant and closes it behind its last one', async () => {
  const conference = conferenceOf({ profile: { rate: 8000, 'comfort-noise': 0 } })
  const { rooms, engine } = stage
  expect(rooms.get('account', conference.id)).toBeUndefined()

  const one = await stage.join(conference)
  const two = await stage.join(conference)
  const room = stage.room(conference)
  expect([...engine.rooms.values()]).toEqual([
    { roomId: room.instanceId, rate: 8000, comfortNoise: 0 },
  ])
  expect(two.id).toBe(one.id + 1)
  expect(room.participants.map(({ participantId }) => participantId)).toEqual([one.id, two.id])

  one.leg.end()
  two.leg.end()
  await expect.poll(() => engine.rooms.size).toBe(0)
  expect(rooms.get('account', conference.id)).toBeUndefined()
  expect(stage.names()).toEqual([
    ...['conference-create', 'add-member', 'add-member'],
    ...['del-member', 'del-member', 'conference-destroy'],
  ])
})

it('gives a conference that runs again a new instance, and never the same participant id', async () => {
  const conference = conferenceOf()
  const one = await stage.join(conference)
  const first = stage.room(conference).instanceId
  one.leg.end()
  await expect.poll(() => stage.names().includes('conference-destroy')).toBe(true)
  const two = await stage.join(conference)

  expect(stage.room(conference).instanceId).not.toBe(first)
  expect(two.id).toBeGreaterThan(one.id)
})

it('maps rates no room has down', async () => {
  const rates: Record<number, number> = { 12_000: 8000, 24_000: 16_000, 48_000: 16_000 }
  for (const [rate, of] of Object.entries(rates)) {
    const conference = conferenceOf({ profile: { rate: Number(rate) } }, { id: rate })
    await stage.join(conference)
    const { instanceId } = stage.room(conference)
    expect(stage.engine.rooms.get(instanceId)).toMatchObject({ rate: of, comfortNoise: 1000 })
  }
})

it('keeps accounts apart that run conferences of the same id', async () => {
  await stage.join(conferenceOf())
  await stage.join(conferenceOf({}, { accountId: 'other' }))

  expect(stage.rooms.ofAccount('account')).toHaveLength(1)
  expect(stage.rooms.get('account', 'c'.repeat(32))).not.toBe(
    stage.rooms.get('other', 'c'.repeat(32)),
  )
})

it('decides who may speak and hear: callers by their role, who is called by the flags alone', async () => {
  const conference = conferenceOf({
    member: { join_muted: true, join_deaf: true },
    moderator: { join_muted: false },
  })
  const member = await stage.join(conference)
  const moderator = await stage.join(conference, { isModerator: true })
  const called = await stage.join(conference, { leg: createFakeLeg({ direction: 'outgoing' }) })
  const flagged = await stage.join(conference, {
    leg: createFakeLeg({ direction: 'outgoing' }),
    flags: ['mute', 'deaf', 'distribute_dtmf', 'ghost', 'video_mute'],
  })

  expect(stage.member(member.leg.legId)).toMatchObject({ speak: false, hear: false })
  expect(stage.member(moderator.leg.legId)).toMatchObject({ speak: true, hear: true })
  expect(stage.member(called.leg.legId)).toMatchObject({
    ...{ speak: true, hear: true, energyLevel: 20, distributeDigits: false, canHaveFloor: true },
  })
  expect(stage.member(flagged.leg.legId)).toMatchObject({
    ...{ speak: false, hear: false, distributeDigits: true, canHaveFloor: false },
  })
  const joined = stage.happened.filter(({ event }) => event === 'add-member')
  expect(joined).toMatchObject([
    ...Array.from({ length: 2 }, () => ({ is_ghost: false, direction: 'incoming' })),
    { is_ghost: false, direction: 'outgoing' },
    { is_ghost: true, direction: 'outgoing' },
  ])
})

it('seats nobody in a room that is locked or full, and does not count ghosts', async () => {
  const conference = conferenceOf({ max_participants: 3, profile: { 'max-members': 2 } })
  await stage.join(conference)
  await stage.join(conference, { flags: ['ghost'] })
  const [second, third] = await Promise.allSettled([stage.join(conference), stage.join(conference)])
  expect(second.status).toBe('fulfilled')
  expect(third).toMatchObject({ status: 'rejected', reason: { refusal: 'full' } })

  await stage.join(conference, { flags: ['ghost'] })
  const room = stage.room(conference)
  room.lock()
  room.lock()
  await expect(stage.join(conference, { flags: ['ghost'] })).rejects.toMatchObject({
    refusal: 'locked',
  })
  expect(stage.names().filter((name) => name === 'lock')).toHaveLength(1)
  room.participants[2]?.leg.hangUp()
  await expect.poll(() => room.participants.length).toBe(3)
  room.unlock()
  await stage.join(conference)
  expect(stage.names()).toContain('unlock')
})

it('seats no leg that has ended, and opens no room for it', async () => {
  const leg = createFakeLeg()
  leg.end()
  await expect(stage.join(conferenceOf(), { leg })).rejects.toMatchObject({ refusal: 'gone' })

  const late = createFakeLeg()
  const joining = stage.join(conferenceOf(), { leg: late })
  late.end()
  await expect(joining).rejects.toMatchObject({ refusal: 'gone' })
  await expect.poll(() => stage.engine.rooms.size).toBe(0)
  expect(stage.happened).toEqual([])
})

it.each([
  ['the engine opens no room', { openRoom: () => Promise.reject(new Error('no room')) }, {}],
  ['the leg cannot be seated', { join: () => Promise.reject(new Error('no seat')) }, {}],
  [
    'nobody can tell whose phone it is',
    {},
    {
      channelVarsOf: () => {
        throw new Error('no database')
      },
    },
  ],
])('ends a room whose first participant cannot come: %s', async (_why, engine, parts) => {
  await stage.dispose()
  stage = await startRooms(parts)
  Object.assign(stage.engine, engine)
  await expect(stage.join(conferenceOf())).rejects.toThrow(/^no /)

  await stage.rooms.close()
  expect(stage.engine.rooms.size).toBe(0)
  expect(stage.names()).toEqual([])
})

it('runs again at once what ends at the same moment', async () => {
  const conference = conferenceOf()
  const one = await stage.join(conference)
  one.leg.end()
  const two = await stage.join(conference)
  await expect.poll(() => stage.engine.rooms.size).toBe(1)

  expect(stage.room(conference).participants).toEqual([two.participant])
})

it('tells listeners of every change of who is there and of the lock', async () => {
  const conference = conferenceOf()
  const seen: { ids: number; isLocked: boolean | undefined }[] = []
  stage.rooms.onChange((id) => {
    const room = stage.rooms.get('account', id)
    seen.push({ ids: room?.participants.length ?? 0, isLocked: room?.isLocked })
  })
  const one = await stage.join(conference)
  stage.room(conference).lock()
  one.leg.end()
  await expect.poll(() => seen.length).toBe(3)

  expect(seen).toEqual([
    { ids: 1, isLocked: false },
    { ids: 1, isLocked: true },
    { ids: 0, isLocked: undefined },
  ])
})

it('hangs up everybody when it is closed, and seats nobody any more', async () => {
  const conference = conferenceOf()
  const one = await stage.join(conference)
  await stage.rooms.close()

  expect(one.leg.hungUp()).toBe('The server stops')
  expect(stage.engine.rooms.size).toBe(0)
  expect(stage.playback.held()).toBe(0)
  await expect(stage.join(conference)).rejects.toMatchObject({ refusal: 'gone' })
})

it('ends a conference that needs a moderator some time after the last one left', async () => {
  const conference = conferenceOf({ require_moderator: true, endconf_grace_time: 0 })
  const member = await stage.join(conference)
  const moderator = await stage.join(conference, { isModerator: true })
  await stage.heard()
  expect(stage.room(conference).participants).toHaveLength(2)

  moderator.leg.end()
  const heard: string[] = []
  await expect
    .poll(async () => {
      heard.push(...(await stage.heard()))
      return member.leg.hungUp()
    })
    .toBe('The moderator has left')
  expect(heard).toContain('prompt:general-goodbye')
})

it('goes on when a moderator comes back in time', async () => {
  const conference = conferenceOf({ require_moderator: true, endconf_grace_time: 0 })
  const member = await stage.join(conference)
  const moderator = await stage.join(conference, { isModerator: true })
  await stage.heard()
  moderator.leg.end()
  await stage.join(conference, { isModerator: true })
  await new Promise((resolve) => setTimeout(resolve, 20))
  await stage.heard()

  expect(member.leg.hungUp()).toBeUndefined()
})
