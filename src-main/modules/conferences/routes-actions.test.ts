import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CommandFailedEvent } from '#contract/live-conferences'
import { startApi, type TestApi } from '../../test/api.ts'
import { createConferenceCollection, type ConferenceCollection } from './collection.ts'
import { conferenceRoutes } from './routes.ts'
import { fakeLeg, fakeParticipant, fakeRooms, type FakeRoom } from './test/fake-rooms.ts'

let api: TestApi
let conferences: ConferenceCollection
let id: string
let room: FakeRoom
const rooms = fakeRooms()
const dialled: unknown[] = []
let failed: CommandFailedEvent[] = []

beforeAll(async () => {
  api = await startApi((parts) => {
    conferences = createConferenceCollection(parts)
    return conferenceRoutes({
      ...{ conferences, rooms, validator: parts.validator },
      dialling: {
        dial: (request) => {
          dialled.push(request)
          return Promise.resolve({ endpoint_responses: [] })
        },
      },
      askedBy: () => ({ kind: 'api_key' }),
      tell: (event) => failed.push(event),
      looking: () => ({ nowMs: Date.now(), hostname: 'localhost' }),
    })
  })
})
afterAll(() => api.dispose())

const newConference = async (): Promise<string> =>
  (await api.call('PUT', '/conferences', { data: {} })).envelope.data.id

beforeEach(async () => {
  id = await newConference()
  failed = []
  room = rooms.run(conferences.byId(api.accountId, id)!)
  room.participants = [23, 24].map((participantId) =>
    fakeParticipant(participantId, {
      leg: fakeLeg({ accountId: api.accountId, callId: `call-${participantId}` }),
      isModerator: participantId === 23,
    }),
  )
})

const put = (path: string, body: unknown) => api.call('PUT', `/conferences/${id}${path}`, body)
const act = (body: unknown) => put('', body)
const all = (body: unknown) => put('/participants', body)
const one = (participant: unknown, body: unknown) =>
  put(`/participants/${String(participant)}`, body)

describe('a conference', () => {
  it('is locked and unlocked', async () => {
    const locked = await act({ action: 'lock', data: {} })
    expect([locked.status, locked.envelope.data, room.isLocked]).toEqual([200, 'ok', true])
    await act({ data: { action: 'unlock' } })
    expect(room.isLocked).toBe(false)
  })

  it.each([
    { action: 'play', data: { media_id: 'm1' } },
    { data: { action: 'play', media_id: 'm1' } },
    { action: 'play', data: { data: { media_id: 'm1' } } },
    { data: { action: 'play', data: { media_id: 'm1' } } },
    { ACTION: 'play', data: { action: 'kick', media_id: 'm1' } },
  ])('plays whichever way it is asked: %j', async (body) => {
    const { status, envelope } = await act(body)
    expect([status, envelope.data]).toEqual([200, 'ok'])
    expect(room.asked).toEqual(['play m1 to all'])
  })

  it.each([
    [{ action: 'record', data: { action: 'start' } }, 'starting recording', 'start recording'],
    [
      { data: { action: 'record', data: { action: 'stop' } } },
      'stopping recording',
      'stop recording',
    ],
  ])('records: %j', async (body, text, asked) => {
    expect((await act(body)).envelope.data).toBe(text)
    expect(room.asked).toEqual([asked])
  })

  it.each([
    [{ action: 'play' }, 'data', 'required'],
    [{ action: 'play', data: {} }, 'data.media_id', 'required'],
    [{ action: 'play', data: { media_id: '' } }, 'data.media_id', 'required'],
    [{ action: 'play', data: { data: 'm1' } }, 'data', 'required'],
    [{ data: { action: 'record' } }, 'data.action', 'required'],
    [{ action: 'record', data: { action: 'pause' } }, 'data.action', 'enum'],
  ])('refuses %j under the key of Crossbar', async (body, key, rule) => {
    const { status, envelope } = await act(body)
    expect(status).toBe(400)
    expect(envelope.data).toEqual({ [key]: { [rule]: expect.anything() } })
    expect(room.asked).toEqual([])
  })

  it('names what may be toggled', async () => {
    const { envelope } = await act({ action: 'record', data: { action: 'pause' } })
    expect(envelope.data['data.action'].enum.target).toEqual(['start', 'stop'])
  })

  it.each([{ action: 'dance', data: {} }, { data: {} }, { action: 'toString', data: {} }])(
    'knows no %j',
    async (body) => {
      for (const ask of [act, all, (sent: unknown) => one(23, sent)]) {
        const { status, envelope } = await ask(body)
        expect([status, envelope.message]).toEqual([404, 'faulty_request'])
      }
    },
  )

  it('hands on what a dial says, with variables from wherever they stand', async () => {
    const endpoints = ['1001']
    const vars = { custom_application_vars: { foo: 'bar' } }
    await act({ action: 'dial', data: { ...vars, data: { endpoints } } })
    await act({ data: { action: 'dial', data: { endpoints, ...vars } } })
    await act({ action: 'dial', data: { endpoints }, ...vars })
    expect(dialled).toEqual(
      Array.from({ length: 3 }, () => ({
        accountId: api.accountId,
        conferenceId: id,
        data: { endpoints, ...vars },
        by: { kind: 'api_key' },
      })),
    )
  })
})

describe('participants', () => {
  it.each([
    ['mute', 'speak 23,24 false'],
    ['unmute', 'speak 23,24 true'],
    ['deaf', 'hear 23,24 false'],
    ['undeaf', 'hear 23,24 true'],
    ['kick', 'kick 23,24'],
  ])('are all meant by %s, moderators too', async (action, asked) => {
    const { status, envelope } = await all({ data: { action } })
    expect([status, envelope.data]).toEqual([200, 'ok'])
    expect(room.asked).toEqual([asked])
  })

  it('all hear what is played', async () => {
    await all({ data: { action: 'play', data: { media_id: 'm2' } } })
    expect(room.asked).toEqual(['play m2 to all'])
  })

  it.each([
    [{ data: { action: 'relate', data: { participant_id: 23, other_participant: 24 } } }, 'clear'],
    [{ data: { action: 'relate', participant_id: '23', other_participant: '24' } }, 'clear'],
    [
      {
        action: 'relate',
        data: { participant_id: 23, other_participant: '24', relationship: 'deaf' },
      },
      'deaf',
    ],
  ])('are related: %j', async (body, how) => {
    const { status, envelope } = await all(body)
    expect([status, envelope.data]).toEqual([200, 'relating participants'])
    expect(room.asked).toEqual([`relate 23 24 ${how}`])
  })

  it.each([
    [{ participant_id: 23 }, ['other_participant']],
    [{}, ['participant_id', 'other_participant']],
    [{ participant_id: 23, other_participant: 24, relationship: 'love' }, ['relationship']],
    [{ participant_id: [], other_participant: 24 }, ['participant_id']],
    [{ participant_id: 23, other_participant: '23' }, ['other_participant']],
  ])('are not related by %j', async (data, keys) => {
    const { status, envelope } = await all({ action: 'relate', data })
    expect(status).toBe(400)
    expect(Object.keys(envelope.data)).toEqual(keys)
  })

  it.each([99, 'x'])('are not related to %s, who is not there', async (other) => {
    const data = { participant_id: 23, other_participant: other }
    const { status, envelope } = await all({ data: { action: 'relate', data } })
    expect([status, envelope.message]).toEqual([404, 'bad_identifier'])
    expect(envelope.data).toMatchObject({ id: other, message: expect.any(String) })
  })

  it('are listed while it runs, and nobody before', async () => {
    const idle = await newConference()
    const list = async (of: string) => api.call('GET', `/conferences/${of}/participants`)

    expect((await list(id)).envelope.data).toMatchObject([
      { participant_id: 23, is_moderator: true },
      { participant_id: 24, is_moderator: false },
    ])
    expect((await list(idle)).envelope.data).toEqual([])
    expect((await list('f'.repeat(32))).status).toBe(404)
  })
})

describe('a participant', () => {
  it.each([
    ['mute', 'speak 24 false'],
    ['unmute', 'speak 24 true'],
    ['deaf', 'hear 24 false'],
    ['undeaf', 'hear 24 true'],
    ['kick', 'kick 24'],
  ])('can be told to %s', async (action, asked) => {
    const { status, envelope } = await one(24, { data: { action } })
    expect([status, envelope.data]).toEqual([200, 'ok'])
    expect(room.asked).toEqual([asked])
  })

  it('hears alone what is played to it', async () => {
    const { envelope } = await one(24, { data: { action: 'play', data: { media_id: 'm3' } } })
    expect(envelope.data).toBe('ok')
    expect(room.asked).toEqual(['play m3 24'])
  })

  it('is read by its id', async () => {
    const { envelope } = await api.call('GET', `/conferences/${id}/participants/24`)
    expect(envelope.data).toMatchObject({ participant_id: 24, call_id: 'call-24' })
  })

  it.each(['99', 'x', '-1', '1e1', '24.0'])('is nobody by the id %s', async (nobody) => {
    const answers = [
      await one(nobody, { data: { action: 'mute' } }),
      await one(nobody, { data: { action: 'play', data: { media_id: 'm' } } }),
      await api.call('GET', `/conferences/${id}/participants/${nobody}`),
    ]
    for (const { status, envelope } of answers) {
      expect([status, envelope.message]).toEqual([404, 'bad_identifier'])
    }
    expect(room.asked).toEqual([])
  })
})

describe('a conference that does not run', () => {
  it.each([
    ['', { action: 'lock', data: {} }],
    ['', { action: 'play', data: { media_id: 'm' } }],
    ['', { action: 'record', data: { action: 'start' } }],
    ['/participants', { data: { action: 'kick' } }],
    [
      '/participants',
      { data: { action: 'relate', data: { participant_id: 1, other_participant: 2 } } },
    ],
    ['/participants/1', { data: { action: 'mute' } }],
  ])('is told so by PUT %s %j', async (path, body) => {
    const idle = await newConference()
    const { status, envelope } = await api.call('PUT', `/conferences/${idle}${path}`, body)
    expect([status, envelope.message]).toEqual([404, 'bad_identifier'])
    expect(envelope.data.message).toBe('the conference is not running')
  })
})

describe('a run that is named', () => {
  it.each([
    ['', { action: 'lock', data: {} }],
    ['', { action: 'play', data: { media_id: 'm' } }],
    ['/participants', { data: { action: 'kick' } }],
    ['/participants/24', { data: { action: 'kick' } }],
  ])('is the only one in which something is done by PUT %s %j', async (path, body) => {
    const late = await put(`${path}?instance_id=the-run-before`, body)
    expect([late.status, late.envelope.message]).toEqual([404, 'bad_identifier'])
    expect(late.envelope.data.message).toBe('this run of the conference has ended')
    expect([room.asked, room.isLocked]).toEqual([[], false])
    expect((await put(`${path}?instance_id=${room.instanceId}`, body)).status).toBe(200)
  })
})

describe('what nothing came of', () => {
  const asked = { event: 'command-failed', by: { kind: 'api_key' } }
  const notThere = 'the conference has no participant with this id'

  it.each([
    ['', { action: 'play', data: {} }, { application_name: 'play' }, /requires a media ID/],
    [
      '/participants/99',
      { data: { action: 'mute' } },
      { application_name: 'mute_participant', participant_id: 99 },
      notThere,
    ],
    [
      '/participants',
      { action: 'relate', data: { participant_id: 23, other_participant: 99 } },
      { application_name: 'relate_participants', participant_id: 23, other_participant: 99 },
      notThere,
    ],
    ['', { action: 'dance', data: {} }, { application_name: 'dance' }, /not known/],
    ['', { data: {} }, { application_name: 'nothing' }, 'no action was named'],
  ])('by PUT %s %j is told with who asked and why', async (path, body, what, reason) => {
    expect((await put(path, body)).status).toBeGreaterThanOrEqual(400)
    expect(failed).toEqual([
      {
        ...{ ...asked, ...what, reason: expect.stringMatching(reason) as string },
        ...{ account_id: api.accountId, conference_id: id, instance_id: 'a-run' },
      },
    ])
  })

  it('is told of a conference that does not run, and of none that never was', async () => {
    const idle = await newConference()
    await api.call('PUT', `/conferences/${idle}`, { action: 'lock', data: {} })
    await api.call('PUT', `/conferences/${'f'.repeat(32)}`, { action: 'lock', data: {} })
    expect(failed).toEqual([
      {
        ...{ ...asked, account_id: api.accountId, conference_id: idle },
        ...{ application_name: 'lock', reason: 'the conference is not running' },
      },
    ])
  })
})
