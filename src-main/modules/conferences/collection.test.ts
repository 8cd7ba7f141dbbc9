import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../../test/api.ts'
import { createUsers } from '../users/users.ts'
import { createConferenceCollection, type ConferenceCollection } from './collection.ts'
import { conferenceRoutes } from './routes.ts'
import { fakeLeg, fakeParticipant, fakeRooms } from './test/fake-rooms.ts'

let api: TestApi
let conferences: ConferenceCollection
let userOf: () => Promise<string>
const rooms = fakeRooms()

beforeAll(async () => {
  api = await startApi((parts) => {
    conferences = createConferenceCollection(parts)
    const users = createUsers(parts)
    userOf = async () =>
      (await users.create(parts.accountId, { first_name: 'Ada', last_name: 'King' }, 'test')).id
    return conferenceRoutes({
      ...{ conferences, rooms, validator: parts.validator },
      dialling: { dial: () => Promise.reject(new Error('nobody dials here')) },
      askedBy: () => ({ kind: 'api_key' }),
      tell: () => undefined,
      looking: () => ({ nowMs: Date.now(), hostname: 'localhost' }),
    })
  })
})
afterAll(() => api.dispose())

const create = (data: unknown) => api.call('PUT', '/conferences', { data })
const made = async (data: unknown): Promise<string> => (await create(data)).envelope.data.id
const get = (id: string) => api.call('GET', `/conferences/${id}`)
const patch = (id: string, data: unknown) => api.call('PATCH', `/conferences/${id}`, { data })

const nothingLive = { members: 0, moderators: 0, admins: 0, duration: 0, is_locked: false }

describe('a conference', () => {
  it('can be made of nothing, and gets the defaults of the schema', async () => {
    const { status, envelope, headers } = await create({})

    expect(status).toBe(201)
    expect(envelope.data).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      conference_numbers: [],
      member: { join_muted: true, join_deaf: false, numbers: [], pins: [] },
      moderator: { join_muted: false, join_deaf: false, numbers: [], pins: [] },
      play_name: false,
      _read_only: expect.objectContaining({ ...nothingLive, participants: [] }),
    })
    expect(headers.get('location')).toMatch(new RegExp(`/conferences/${envelope.data.id}$`))
  })

  it('keeps keys nobody knows, and takes none that the server gives', async () => {
    const { envelope } = await create({
      id: 'mine',
      focus: 'freeswitch@elsewhere',
      ui_metadata: { ui: 'kazoo-ui' },
      profile: { 'auto-record': true, rate: 16000 },
      _read_only: { members: 7 },
    })
    expect(envelope.data).toMatchObject({
      ui_metadata: { ui: 'kazoo-ui' },
      profile: { 'auto-record': true, rate: 16000 },
      _read_only: { members: 0 },
    })
    expect(envelope.data.id).not.toBe('mine')
    expect(envelope.data).not.toHaveProperty('focus')
  })

  it('is replaced, merged under the revision somebody saw, and deleted softly', async () => {
    const id = await made({ name: 'Old', conference_numbers: ['7001'] })
    const before = await get(id)
    const merged = await patch(id, { member: { pins: ['1234'] }, name: null })
    const late = await api.call(
      'PATCH',
      `/conferences/${id}`,
      { data: { name: 'Late' } },
      { headers: { 'if-match': before.headers.get('etag') ?? '' } },
    )
    const replaced = await api.call('POST', `/conferences/${id}`, { data: { name: 'New' } })
    const removed = await api.call('DELETE', `/conferences/${id}`)

    expect(merged.envelope.data).toMatchObject({
      conference_numbers: ['7001'],
      member: { join_muted: true, pins: ['1234'] },
    })
    expect(merged.envelope.data).not.toHaveProperty('name')
    expect(late.status).toBe(409)
    expect(replaced.envelope.data).toMatchObject({ name: 'New', conference_numbers: [] })
    expect(removed.envelope.data._read_only.deleted).toBe(true)
    expect((await get(id)).status).toBe(404)
  })

  it.each([
    [{ name: '' }, 'name', 'minLength'],
    [{ name: 'x'.repeat(129) }, 'name', 'maxLength'],
    [{ member: { pins: ['12a4'] } }, 'member.pins.0', 'pattern'],
    [{ member: { numbers: ['1', '1'] } }, 'member.numbers', 'uniqueItems'],
    [{ max_participants: -1 }, 'max_participants', 'minimum'],
    [{ play_entry_tone: '' }, 'play_entry_tone', 'minLength'],
    [{ play_exit_tone: 5 }, 'play_exit_tone', 'type'],
    [{ play_entry_tone: 'tone_stream://%(100' }, 'play_entry_tone', 'invalid'],
    [{ play_exit_tone: '%(200,0,500);loud' }, 'play_exit_tone', 'invalid'],
    [{ member: { pins: ['1'.repeat(17)] } }, 'member.pins.0', 'maxLength'],
    [{ profile: { rate: 11025 } }, 'profile.rate', 'enum'],
    [{ profile: { 'energy-level': 1801 } }, 'profile.energy-level', 'maximum'],
    [{ profile: { 'max-members': 1 } }, 'profile.max-members', 'minimum'],
    [{ owner_id: 'f'.repeat(32) }, 'owner_id', 'not_found'],
  ])('cannot be %j', async (data, field, rule) => {
    const { status, envelope } = await create(data)
    expect(status).toBe(400)
    expect(Object.keys(envelope.data)).toEqual([field])
    expect(Object.keys(envelope.data[field])).toEqual([rule])
  })

  it('may have tones that can be read, media that may come later, and an owner of the account', async () => {
    const owner = await userOf()
    const { status, envelope } = await create({
      play_entry_tone: 'tone_stream://%(200,0,500,600,700)',
      play_exit_tone: 'https://example.com/bye.mp3',
      owner_id: owner,
    })
    expect(status).toBe(201)
    expect(envelope.data.owner_id).toBe(owner)
  })
})

it('runs as its profile and the profile it names say', async () => {
  const profileOf = async (data: object) =>
    conferences.byId(api.accountId, await made(data))?.document.profile
  expect(await profileOf({ profile_name: 'page' })).toEqual({ rate: 8000 })
  expect(await profileOf({ profile_name: 'page', profile: { rate: 16000, interval: 20 } })).toEqual(
    { rate: 16000, interval: 20 },
  )
  expect(await profileOf({ profile_name: 'default' })).toBeUndefined()
})

describe('a number', () => {
  it('belongs to one conference of the account, whatever it stands for there', async () => {
    await create({ conference_numbers: ['8000'], moderator: { numbers: ['8001'] } })
    const { status, envelope } = await create({
      conference_numbers: ['8001', '8002'],
      member: { numbers: ['8000'] },
    })
    expect(status).toBe(400)
    expect(envelope.data).toEqual({
      numbers: { unique: { message: 'Numbers already in use', cause: '8000,8001' } },
    })
  })

  it('may be kept, stand in both roles of its conference, and be taken back by PATCH', async () => {
    const id = await made({ member: { numbers: ['8100'] } })
    const other = await made({ conference_numbers: ['8101'] })
    const both = await patch(id, { moderator: { numbers: ['8100', '8102'] } })
    const taken = await patch(id, { moderator: { numbers: ['8101'] } })
    await patch(other, { conference_numbers: [] })

    expect(both.status).toBe(200)
    expect(taken.envelope.data.numbers.unique.cause).toBe('8101')
    expect((await patch(id, { moderator: { numbers: ['8101'] } })).status).toBe(200)
  })

  it('tells the conference it calls and the role, where it stands for one alone', async () => {
    const id = await made({
      conference_numbers: ['8200'],
      member: { numbers: ['8201', '8203'] },
      moderator: { numbers: ['8202', '8203'] },
    })
    const called = (number: string) => {
      const found = conferences.byNumber(api.accountId, number)
      return found && [found.conference.id, found.role]
    }
    expect(called('8200')).toEqual([id, undefined])
    expect(called('8201')).toEqual([id, 'member'])
    expect(called('8202')).toEqual([id, 'moderator'])
    expect(called('8203')).toEqual([id, undefined])
    expect(called('8299')).toBeUndefined()
    expect(conferences.byNumber('another account', '8200')).toBeUndefined()
  })

  it.each([
    ['softly', undefined],
    ['for good', { should_soft_delete: false }],
  ])('is free again when its conference is deleted %s', async (_how, data) => {
    const id = await made({ conference_numbers: ['8300'] })
    await api.call('DELETE', `/conferences/${id}`, data && { data })
    expect(conferences.byNumber(api.accountId, '8300')).toBeUndefined()
    const next = await create({ conference_numbers: ['8300'] })
    expect(next.status).toBe(201)
    await api.call('DELETE', `/conferences/${next.envelope.data.id}`)
  })

  it('is given to one of several conferences that want it at once', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => create({ name, conference_numbers: ['8400'] })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400])
  })
})

describe('what is live', () => {
  const leg = (callId: string) => fakeLeg({ accountId: api.accountId, callId })

  it('is shown with the document, under _read_only and as metadata of the envelope', async () => {
    const id = await made({ name: 'Weekly' })
    const room = rooms.run(conferences.byId(api.accountId, id)!)
    room.lock()
    room.participants = [
      fakeParticipant(23, { leg: leg('call-1'), isModerator: true }),
      fakeParticipant(24, { leg: leg('call-2'), speak: false }),
      fakeParticipant(25, { leg: leg('call-3'), isGhost: true }),
    ]
    const { envelope } = await get(id)
    const live = { members: 1, moderators: 1, admins: 1, duration: 60, is_locked: true }

    expect(envelope.data._read_only).toMatchObject({ ...live, is_running: true, is_ad_hoc: false })
    expect(envelope.metadata).toMatchObject(live)
    expect(envelope.data._read_only.participants[1]).toMatchObject({
      participant_id: 24,
      call_id: 'call-2',
      conference_name: id,
      speak: false,
      hear: true,
      duration: 10,
      caller_id_number: '1001',
      conference_channel_vars: { speak: false, is_moderator: false, member_id: 24 },
      custom_channel_vars: { account_id: api.accountId },
    })
    const [listed] = (await api.call('GET', '/conferences?filter_name=Weekly')).envelope.data
    expect(listed).toMatchObject({ id, name: 'Weekly', ...live, _read_only: live })
  })

  it('changes the ETag of a GET, and not the revision', async () => {
    const id = await made({})
    const before = await get(id)
    const room = rooms.run(conferences.byId(api.accountId, id)!)
    const after = await api.call('GET', `/conferences/${id}`, undefined, {
      headers: { 'if-none-match': before.headers.get('etag') ?? '' },
    })
    expect(room.conference.id).toBe(id)
    expect(after.status).toBe(200)
    expect(after.envelope.revision).toBe(before.envelope.revision)
  })

  it('is a conference without a document while it runs ad hoc', async () => {
    const adHoc = conferences.adHoc(api.accountId, 'standup', { name: 'Stand-up' })
    rooms.run(adHoc).participants = [fakeParticipant(1, { leg: leg('call-4') })]
    const read = (await get('standup')).envelope.data
    const whole = (await api.call('GET', '/conferences?page_size=1')).envelope
    const rest = (await api.call('GET', '/conferences?filter_name=Stand-up')).envelope.data

    expect(read).toMatchObject({
      id: 'standup',
      name: 'Stand-up',
      _read_only: { is_ad_hoc: true, members: 1 },
    })
    expect(whole.data.map(({ id }: { id: string }) => id)[0]).toBe('standup')
    expect(whole.page_size).toBe(2)
    expect(rest).toEqual([])
    expect((await patch('standup', { name: 'x' })).status).toBe(404)
    expect((await get('nobody-dialled-this')).status).toBe(404)
  })

  it('is shown until it ends when it is deleted while it runs', async () => {
    const id = await made({ name: 'Ending' })
    const room = rooms.run(conferences.byId(api.accountId, id)!)
    room.participants = [fakeParticipant(1, { leg: leg('call-5') })]
    expect((await api.call('DELETE', `/conferences/${id}`)).status).toBe(200)
    const live = { is_running: true, is_ad_hoc: false, members: 1 }
    const list = async () =>
      (await api.call('GET', '/conferences')).envelope.data.map((each: { id: string }) => each.id)

    expect((await get(id)).envelope.data).toMatchObject({ name: 'Ending', _read_only: live })
    expect(await list()).toContain(id)
    expect((await patch(id, { name: 'x' })).status).toBe(404)
    rooms.end(api.accountId, id)
    expect((await get(id)).status).toBe(404)
    expect(await list()).not.toContain(id)
  })
})
