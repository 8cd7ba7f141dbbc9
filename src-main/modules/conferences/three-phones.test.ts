import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { levelOf } from '../../engine/test/hearing.ts'
import { noBaresip, startBaresip, type Baresip } from '../../test/baresip.ts'
import { startCallPhone } from '../../test/call-phone.ts'
import { growingWav, type GrowingWav } from '../../test/growing-wav.ts'
import { startMediaApp } from '../../test/media.ts'
import { samplesOf } from '../../test/samples.ts'
import { tone } from '../../test/tone.ts'
import { heardAbove, hz, marksOf, names, pause, voicesIn, type Name } from './test/voices.ts'

/**
 * What the whole is for: three phones of somebody else's making in a conference of the application as it runs, and what
 * each of them hears of what is done through the API. Judged by what they recorded, in samples and not by a clock.
 */
type Phone = { readonly sip: Baresip; readonly ear: GrowingWav }
type Event = Readonly<Record<string, unknown>> & { readonly event: string }

const people = {
  ann: { username: '1001', password: 'ann-secret', pin: '1234' },
  bob: { username: '1002', password: 'bob-secret', pin: '1234' },
  mod: { username: '1003', password: 'mod-secret', pin: '9876' },
  eve: { username: '1004', password: 'eve-secret', pin: '1234' },
} as const
const number = '4000'
let app: Awaited<ReturnType<typeof startMediaApp>>
let folder: string
let conference: string
let socket: WebSocket
const phones = {} as Record<Name, Phone>
const ids = {} as Record<Name, number>
const events: Event[] = []

const put = async (path: string, body: unknown) => {
  const { status, envelope } = await app.call('PUT', `${conference}${path}`, { json: body })
  expect([status, envelope.status]).toEqual([200, 'success'])
  return envelope.data as unknown
}
const act = (action: string, data: object = {}) => put('', { action, data })
const actOn = (who: Name, action: string, data?: object) =>
  put(`/participants/${ids[who]}`, { data: { action, ...(data && { data }) } })
const relate = (one: Name, other: Name, relationship: string) =>
  put('/participants', {
    data: {
      action: 'relate',
      data: { participant_id: ids[one], other_participant: ids[other], relationship },
    },
  })

const hearing = async (ms: number): Promise<Record<Name, string[]>> => {
  const [ann, bob, mod] = await Promise.all(
    names.map(async (name) => voicesIn(await phones[name].ear.listen(ms))),
  )
  return { ann: ann ?? [], bob: bob ?? [], mod: mod ?? [] }
}

/** Waits until it is so, and then that it stays so. */
const expectHearing = async (expected: Record<Name, Name[]>) => {
  await expect.poll(() => hearing(200), { timeout: 5_000, interval: 10 }).toEqual(expected)
  expect(await hearing(800)).toEqual(expected)
}
const everybody: Record<Name, Name[]> = {
  ann: ['bob', 'mod'],
  bob: ['ann', 'mod'],
  mod: ['ann', 'bob'],
}

const happened = (event: string, times = 1) =>
  vi.waitFor(
    () =>
      expect(events.filter((each) => each.event === event).length).toBeGreaterThanOrEqual(times),
    { timeout: 10_000 },
  )

/** How many tenths of a second each phone hears the media while `play` lasts. */
const mediaHeard = async (play: () => Promise<unknown>) => {
  const before = events.filter(({ event }) => event === 'play-file-done').length
  const from = await Promise.all(names.map((name) => phones[name].ear.now()))
  await play()
  await happened('play-file-done', before + 1)
  await hearing(400)
  const [ann = 0, bob = 0, mod = 0] = await Promise.all(
    names.map(async (name, i) => {
      const { ear } = phones[name]
      const heard = await ear.between(from[i] ?? 0, await ear.now())
      return marksOf(heard, hz.media).replaceAll('.', '').length
    }),
  )
  return { ann, bob, mod }
}

const addDevices = () =>
  Promise.all(
    Object.entries(people).map(([name, { username, password }]) =>
      app.call('PUT', `/v2/accounts/${app.accountId}/devices`, {
        json: { data: { name, sip: { username, password } } },
      }),
    ),
  )

const addConference = async () => {
  const { envelope } = await app.call('PUT', `/v2/accounts/${app.accountId}/conferences`, {
    json: {
      data: {
        name: 'Three',
        conference_numbers: [number],
        member: { pins: [people.ann.pin], join_muted: false },
        moderator: { pins: [people.mod.pin] },
        profile: { 'locked-sound': `%(1500,0,${hz.locked})` },
      },
    },
  })
  return envelope.data.id as string
}

const listen = async (id: string) => {
  socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket`)
  await once(socket, 'open')
  const subscribed = Promise.withResolvers<undefined>()
  socket.on('message', (frame: Buffer) => {
    const { action, data } = JSON.parse(frame.toString()) as { action: string; data: Event }
    if (action === 'event') events.push(data)
    else subscribed.resolve(undefined)
  })
  const data = { binding: `conference.event.${id}.*` }
  socket.send(JSON.stringify({ action: 'subscribe', auth_token: app.launchToken, data }))
  await subscribed.promise
}

const comeIn = async (name: Name) => {
  const { username, password, pin } = people[name]
  const record = await mkdtemp(join(folder, `${name}-`))
  const sip = await startBaresip(`<sip:${username}@${app.sip}>;auth_pass=${password};regint=0`, {
    toneHz: hz[name],
    record,
  })
  await sip.dial(`sip:${number}@${app.sip}`)
  await sip.sendDigits(`${pin}#`)
  phones[name] = { sip, ear: await growingWav(await sip.heard()) }
}

describe.skipIf(noBaresip)(`three phones${noBaresip ? `: not run, ${noBaresip}` : ''}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-phones-'))
    app = await startMediaApp()
    await addDevices()
    const id = await addConference()
    conference = `/v2/accounts/${app.accountId}/conferences/${id}`
    await listen(id)
    await Promise.all(names.map(comeIn))
    await happened('add-member', 3)
    for (const { event, caller_id_number: caller, participant_id: id } of events) {
      const name = names.find((each) => people[each].username === caller)
      if (event === 'add-member' && name) ids[name] = Number(id)
    }
  }, 30_000)

  afterAll(async () => {
    socket.close()
    await Promise.all(Object.values(phones).map(({ sip }) => sip.quit()))
    await app.dispose()
    await rm(folder, { recursive: true, force: true })
  }, 20_000)

  it('hear exactly the two others, whatever PIN let them in', async () => {
    const { envelope } = await app.call('GET', conference)
    const { participants, members, moderators } = envelope.data._read_only
    expect([members, moderators]).toEqual([2, 1])
    const roles = participants.map((each: any) => [
      each.custom_channel_vars.username,
      each.is_moderator,
    ])
    expect(Object.fromEntries(roles)).toEqual({ 1001: false, 1002: false, 1003: true })
    await expectHearing(everybody)
  })

  it('are not heard while muted, and hear on; the recording holds the same', async () => {
    await act('record', { action: 'start' })
    await hearing(1_000)
    await actOn('ann', 'mute')
    await expectHearing({ ...everybody, bob: ['mod'], mod: ['bob'] })
    await actOn('ann', 'unmute')
    await expectHearing(everybody)
    await act('record', { action: 'stop' })

    const { envelope } = await app.call('GET', `${app.base}?filter_media_source=recording`)
    expect(envelope.data).toHaveLength(1)
    const { bytes } = await app.download(envelope.data[0].id)
    const recording = { samples: samplesOf(bytes), rate: bytes.readUInt32LE(24) }
    const [ann = '', bob = '', mod = ''] = names.map((name) => marksOf(recording, hz[name]))
    expect([bob, mod].map((marks) => marks.match(pause))).toEqual([null, null])
    expect(ann.match(pause)).toHaveLength(1)
    expect(ann).toMatch(/x.?\.{8,}.?x/)
  })

  it('hear nobody while deaf, and are heard on', async () => {
    await actOn('bob', 'deaf')
    await expectHearing({ ...everybody, bob: [] })
    await actOn('bob', 'undeaf')
    await expectHearing(everybody)
  })

  it('are kept apart in pairs, one way each', async () => {
    await relate('ann', 'bob', 'mute')
    await expectHearing({ ...everybody, bob: ['mod'] })
    await relate('ann', 'bob', 'deaf')
    await expectHearing({ ...everybody, ann: ['mod'] })
    await relate('ann', 'bob', 'clear')
    await expectHearing(everybody)
  })

  it('stay among themselves while it is locked', async () => {
    await act('lock')
    const { username: user, password, pin } = people.eve
    const eve = await startCallPhone(app.sip ?? '', { user, password })
    const call = await eve.call(number)
    call.audio.press(`${pin}#`)
    await expect
      .poll(async () => levelOf(await call.audio.listen(500), hz.locked), { timeout: 8_000 })
      .toBeGreaterThan(heardAbove)
    expect((await call.ended)?.method).toBe('BYE')
    await eve.close()
    expect(await hearing(300)).toEqual(everybody)
    await act('unlock')
    expect((await app.call('GET', conference)).envelope.data._read_only.is_locked).toBe(false)
  })

  it('hear what is played to all of them, or to one', async () => {
    const media = await app.create({ name: 'tone' })
    await app.upload(media, tone({ frequencyHz: hz.media, durationMs: 1_500 }))
    const toAll = await mediaHeard(() => act('play', { media_id: media }))
    const toBob = await mediaHeard(() => actOn('bob', 'play', { media_id: media }))

    for (const tenths of [...Object.values(toAll), toBob.bob]) {
      expect(tenths).toBeGreaterThanOrEqual(13)
      expect(tenths).toBeLessThanOrEqual(17)
    }
    expect([toBob.ann, toBob.mod]).toEqual([0, 0])
  })

  it('are hung up one by one, and go on', async () => {
    await actOn('mod', 'kick')
    await phones.mod.sip.happened('CALL_CLOSED')
    const [ann, bob] = [phones.ann.ear, phones.bob.ear]
    const voices = async (ms: number) =>
      (await Promise.all([ann.listen(ms), bob.listen(ms)])).map(voicesIn)
    await expect.poll(() => voices(200), { timeout: 5_000 }).toEqual([['bob'], ['ann']])
    expect(await voices(800)).toEqual([['bob'], ['ann']])
    await phones.bob.sip.hangUp()
    await phones.ann.sip.hangUp()
  })

  it('are told of on the websocket, in order and by their ids', async () => {
    await happened('conference-destroy')
    const { ann, bob, mod } = ids
    expect(new Set([ann, bob, mod]).size).toBe(3)
    const sequence = events.map(({ seq }) => Number(seq))
    expect(sequence).toEqual([...sequence].sort((a, b) => a - b))
    const talkers = events.filter(({ event }) => event === 'start-talking')
    expect(new Set(talkers.map((each) => each.participant_id))).toEqual(new Set([ann, bob, mod]))

    // Who talks, and who got in first, is as it happens to be.
    const told = events
      .filter(({ event }) => !/talking|floor-change|mute-detect|add-member|note/.test(event))
      .map(({ event, participant_id: id }) => [event, id])
    expect(told).toEqual([
      ['conference-create', undefined],
      ['start-recording', undefined],
      ['mute-member', ann],
      ['unmute-member', ann],
      ['stop-recording', undefined],
      ['deaf-member', bob],
      ['undeaf-member', bob],
      ['lock', undefined],
      ['unlock', undefined],
      ['play-file', undefined],
      ['play-file-done', undefined],
      ['play-file', bob],
      ['play-file-done', bob],
      ['del-member', mod],
      ['del-member', bob],
      ['del-member', ann],
      ['conference-destroy', undefined],
    ])
  })
})
