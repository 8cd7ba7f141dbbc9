import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { conferenceOf, startRooms } from './test/fake-room.ts'

let stage: Awaited<ReturnType<typeof startRooms>>

beforeEach(async () => {
  stage = await startRooms()
})
afterEach(() => stage.dispose())

const three = async (input: Record<string, unknown> = {}) => {
  const conference = conferenceOf(input)
  const one = await stage.join(conference)
  const two = await stage.join(conference)
  const moderator = await stage.join(conference, { isModerator: true })
  await stage.heard()
  stage.happened.length = 0
  return { conference, room: stage.room(conference), one, two, moderator }
}

describe('muting and deafening', () => {
  it('changes who is named, tells only what changed, and lets the participant hear it', async () => {
    const { room, one, two } = await three({ profile: { 'unmuted-sound': 'speak up' } })
    await room.setSpeak([one.id, two.id], false)
    expect(stage.member(one.leg.legId)).toMatchObject({ speak: false, hear: true })
    expect(one.participant.speak).toBe(false)
    expect(stage.names()).toEqual(['mute-member', 'mute-member'])
    expect(await stage.heard()).toEqual(['prompt:conf-muted', 'prompt:conf-muted'])

    stage.happened.length = 0
    await room.setSpeak([one.id], false)
    expect(stage.names()).toEqual([])
    await room.setSpeak([one.id], true)
    await room.setHear([one.id], false)
    await room.setHear([one.id], true)
    expect(stage.names()).toEqual(['unmute-member', 'deaf-member', 'undeaf-member'])
    expect(await stage.heard()).toEqual([
      'media:speak up',
      'prompt:conf-deaf',
      'prompt:conf-undeaf',
    ])
    expect(stage.member(two.leg.legId)).toMatchObject({ speak: false })
  })

  it('ends as the last of two calls at once said, and tells both', async () => {
    const { room, one } = await three()
    await Promise.all([room.setSpeak([one.id], false), room.setSpeak([one.id], true)])

    expect(stage.member(one.leg.legId)).toMatchObject({ speak: true })
    expect(stage.happened).toMatchObject([
      { event: 'command', application_name: 'mute_participant' },
      { event: 'command', application_name: 'unmute_participant' },
      { event: 'mute-member', speak: false },
      { event: 'unmute-member', speak: true },
    ])
  })

  it('leaves out who has left, and refuses when nobody of them is there', async () => {
    const { room, one, two } = await three()
    two.leg.end()
    await expect.poll(() => room.participants.length).toBe(2)
    await room.setSpeak([one.id, two.id], false)
    expect(one.participant.speak).toBe(false)
    await expect(room.setSpeak([two.id], false)).rejects.toMatchObject({
      ...{ code: 'bad_identifier', details: { cause: two.id } },
    })
  })
})

it('changes the others though one leaves meanwhile', async () => {
  const { room, one, two } = await three()
  const { setMember } = stage.engine
  Object.assign(stage.engine, {
    setMember: async (...change: Parameters<typeof setMember>) => {
      if (change[0] === one.leg.legId) one.leg.end()
      await new Promise((resolve) => setImmediate(resolve))
      await setMember(...change)
    },
  })
  await room.setSpeak([one.id, two.id], false)
  expect(two.participant.speak).toBe(false)
  expect(stage.names()).toEqual(['del-member', 'mute-member'])
})

it('relates two participants, and refuses who is not there', async () => {
  const { room, one, two } = await three()
  await room.relate(one.id, two.id, 'deaf')
  expect(stage.engine.relations).toEqual([
    { legId: one.leg.legId, other: two.leg.legId, how: 'deaf' },
  ])
  await expect(room.relate(one.id, 99, 'mute')).rejects.toMatchObject({
    ...{ code: 'bad_identifier', details: { cause: 99 } },
  })
})

it('kicks at once: gone from the room before the call has ended', async () => {
  const { room, one, two } = await three()
  await room.kick([one.id])
  expect(room.participants.map(({ participantId }) => participantId)).not.toContain(one.id)
  expect(one.leg.hungUp()).toBe('Removed from the conference')
  expect(stage.names()).toEqual(['del-member'])
  await expect(room.kick([one.id])).rejects.toMatchObject({ code: 'bad_identifier' })
  expect(two.leg.hungUp()).toBeUndefined()
  await expect.poll(() => stage.engine.members.has(one.leg.legId)).toBe(false)
})

describe('playing', () => {
  it('plays to the room and to one, one after the other, and tells when', async () => {
    const { room, one } = await three()
    await room.play('news')
    await room.play('%(200,0,500)', one.id)
    expect(stage.engine.playing).toMatchObject([
      { to: { roomId: room.instanceId }, queued: true, loop: false, items: [{ kind: 'pcm' }] },
      { to: { legId: one.leg.legId }, items: [{ kind: 'tones', text: '%(200,0,500)' }] },
    ])
    await stage.heard()

    expect(stage.happened.filter(({ event }) => event.startsWith('play'))).toMatchObject([
      { event: 'play-file', media_id: 'news' },
      { event: 'play-file', media_id: '%(200,0,500)', participant_id: one.id },
      { event: 'play-file-done', media_id: 'news' },
      { event: 'play-file-done', participant_id: one.id, call_id: one.leg.callId },
    ])
    expect(stage.playback.held()).toBe(0)
  })

  it('tells of a URL what is no secret', async () => {
    const { room } = await three()
    await room.play(' https://me:secret@example.com/news.mp3?key=secret')
    const told = JSON.stringify(stage.happened)
    expect(told).toContain('https://example.com/news.mp3')
    expect(told).not.toContain('secret')
  })

  it('refuses what is not there, and plays nothing', async () => {
    const { room } = await three()
    stage.playback.missing.add('nothing')
    await expect(room.play('nothing')).rejects.toMatchObject({
      code: 'bad_identifier',
      details: { cause: 'nothing', message: 'nothing is there' },
    })
    await expect(room.play('news', 99)).rejects.toMatchObject({ code: 'bad_identifier' })
    expect(stage.engine.playing).toEqual([])
    expect(stage.playback.held()).toBe(0)
  })
})

it('refuses everything on a room that is over, and on who left it, as unknown', async () => {
  const { conference, room, one, two, moderator } = await three()
  for (const { leg } of [one, two, moderator]) leg.end()
  await expect.poll(() => stage.rooms.get('account', conference.id)).toBeUndefined()

  const unknown = { code: 'bad_identifier' }
  await expect(room.play('news')).rejects.toMatchObject(unknown)
  await expect(room.startRecording()).rejects.toMatchObject(unknown)
  await expect(room.stopRecording()).rejects.toMatchObject(unknown)
  await expect(room.setHear([one.id], false)).rejects.toMatchObject(unknown)
  await expect(room.relate(one.id, two.id, 'mute')).rejects.toMatchObject(unknown)
  expect(() => room.lock()).toThrow()
})

it('lets a participant change itself with its keys, as the API would', async () => {
  const { room, one } = await three()
  one.leg.dials('0')
  await expect.poll(() => one.participant.speak).toBe(false)
  expect(room.participants[0]?.speak).toBe(false)
  await expect.poll(() => stage.names()).toEqual(['mute-member'])
  expect(await stage.heard()).toEqual(['prompt:conf-muted'])

  one.leg.dials('36')
  expect(stage.engine.members.get(one.leg.legId)?.member).toMatchObject({
    ...{ gainInDb: 0, gainOutDb: 0 },
  })
  await expect
    .poll(() => stage.member(one.leg.legId))
    .toMatchObject({ gainInDb: 3, gainOutDb: 3, speak: false })
  one.leg.dials('#')
  expect(one.leg.hungUp()).toBeDefined()
})

describe('what is heard', () => {
  it('is told of who talks, with the energy of that moment', async () => {
    const { room, one, two } = await three()
    const { engine } = stage
    engine.energies.set(one.leg.legId, 812.4)
    engine.happens({ event: 'start-talking', legId: one.leg.legId })
    expect(one.participant.talking).toBe(true)
    const floor = { event: 'floor-change', roomId: room.instanceId } as const
    engine.happens({ ...floor, legId: one.leg.legId, former: two.leg.legId })
    engine.happens({ event: 'stop-talking', legId: one.leg.legId })
    await expect.poll(() => stage.names().length).toBe(3)

    expect(stage.happened).toMatchObject([
      { event: 'start-talking', participant_id: one.id, talking: true, current_energy: 812 },
      { event: 'floor-change', participant_id: one.id, former_participant_id: two.id },
      { event: 'stop-talking', participant_id: one.id, talking: false, floor: true },
    ])
    expect(room.participants.map(({ hasFloor }) => hasFloor)).toEqual([true, false, false])
  })

  it('shows who talks while it is muted until that is over', async () => {
    const { room, one } = await three()
    await room.setSpeak([one.id], false)
    stage.engine.energies.set(one.leg.legId, 500)
    stage.engine.happens({ event: 'mute-detect', legId: one.leg.legId })
    await expect.poll(() => stage.names()).toContain('mute-detect')
    expect(one.participant).toMatchObject({ muteDetect: true, currentEnergy: 500 })

    stage.engine.energies.set(one.leg.legId, 3)
    stage.pass(1000)
    await room.refresh()
    expect(one.participant).toMatchObject({ muteDetect: false, currentEnergy: 3 })
  })

  it('is not told of who has left', async () => {
    const { room, one } = await three()
    stage.engine.happens({ event: 'start-talking', legId: one.leg.legId })
    one.leg.end()
    await expect.poll(() => room.participants.length).toBe(2)
    stage.engine.happens({ event: 'stop-talking', legId: one.leg.legId })
    await stage.heard()

    expect(stage.names()).toEqual(['del-member'])
    expect(stage.happened).toMatchObject([{ talking: false, floor: false }])
  })
})
