import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tone } from '../../test/tone.ts'
import { startSeed, type SeedStage } from './test/seed-stage.ts'

/**
 * What the documentation of Crossbar's conferences shows, asked of a running backend with phones in the conference:
 * what is done to conferences and participants, in every shape of a body.
 */
let stage: SeedStage
beforeAll(async () => {
  stage = await startSeed()
}, 30_000)
afterAll(() => stage.dispose())

const participantOf = async (id: string, participant: number) =>
  (await stage.get(`${id}/participants/${participant}`)).envelope.data

/** The four ways in which one action can be written. */
const shapes = (action: string, data: object) => [
  { action, data },
  { action, data: { data } },
  { data: { action, data } },
  { data: { action, ...data } },
]

describe('what is done', () => {
  let conference: { id: string; number: string }
  let party: Awaited<ReturnType<SeedStage['fill']>>
  let media: string

  beforeAll(async () => {
    const library = `/v2/accounts/${stage.app.accountId}/media`
    media = await stage.created(library, { name: 'Tone' })
    const headers = { 'content-type': 'audio/x-wav' }
    await stage.app.call('POST', `${library}/${media}/raw`, {
      body: tone({ frequencyHz: 440, durationMs: 200 }),
      headers,
    })
    conference = await stage.newConference()
    party = await stage.fill(conference)
  }, 30_000)
  afterAll(() => party.leave())

  it('to a conference: lock and unlock', async () => {
    const { id } = conference
    const isLocked = async () => (await stage.get(id)).envelope.data._read_only.is_locked as boolean
    stage.expectSuccess(await stage.put(id, { action: 'lock', data: {} }), 'ok')
    expect(await isLocked()).toBe(true)
    stage.expectSuccess(await stage.put(id, { data: { action: 'unlock' } }), 'ok')
    expect(await isLocked()).toBe(false)
  })

  it('to a conference: play and record, whichever way it is written', async () => {
    const { id } = conference
    for (const body of shapes('play', { media_id: media }))
      stage.expectSuccess(await stage.put(id, body), 'ok')
    // A body that names its action inside has one word for two things when nothing is nested.
    for (const body of shapes('record', { action: 'start' }).slice(0, 3)) {
      stage.expectSuccess(await stage.put(id, body), 'starting recording')
      expect((await stage.get(id)).envelope.data._read_only.is_recording).toBe(true)
      stage.expectSuccess(
        await stage.put(id, { action: 'record', data: { action: 'stop' } }),
        'stopping recording',
      )
      expect((await stage.get(id)).envelope.data._read_only.is_recording).toBe(false)
    }
  })

  it.each([
    ['mute', { speak: false }],
    ['unmute', { speak: true }],
    ['deaf', { hear: false }],
    ['undeaf', { hear: true }],
  ])('to all participants and to one: %s', async (action, state) => {
    const { id } = conference
    const [first = 0, second = 0] = party.ids
    stage.expectSuccess(await stage.put(`${id}/participants/${first}`, { data: { action } }), 'ok')
    expect(await participantOf(id, first)).toMatchObject({
      ...{ ...state, conference_channel_vars: state },
    })
    stage.expectSuccess(await stage.put(`${id}/participants`, { data: { action } }), 'ok')
    expect(await participantOf(id, second)).toMatchObject(state)
    stage.expectSuccess(
      await stage.put(`${id}/participants/${second}?random=${Math.random()}`, { data: { action } }),
      'ok',
    )
  })

  it('to one participant: play', async () => {
    const body = { data: { action: 'play', data: { media_id: media } } }
    stage.expectSuccess(
      await stage.put(`${conference.id}/participants/${party.ids[0]}`, body),
      'ok',
    )
  })

  it('to two participants: relate, flat and nested, by numbers and texts', async () => {
    const [one = 0, other = 0] = party.ids
    for (const data of [
      { participant_id: one, other_participant: other },
      { participant_id: String(one), other_participant: String(other) },
      { participant_id: one, other_participant: other, relationship: 'deaf' },
      { participant_id: one, other_participant: other, relationship: 'mute' },
      { participant_id: one, other_participant: other, relationship: 'clear' },
    ])
      for (const body of shapes('relate', data))
        stage.expectSuccess(
          await stage.put(`${conference.id}/participants`, body),
          'relating participants',
        )
  })

  it('never answers 304', async () => {
    const path = `${stage.base}/${conference.id}/participants/${party.ids[0]}`
    const etag = (await stage.app.call('GET', path)).headers.get('etag') ?? '*'
    const headers = { 'if-none-match': etag }
    const json = { data: { action: 'unmute' } }
    for (let time = 0; time < 2; time += 1)
      expect((await stage.app.call('PUT', path, { json, headers })).status).toBe(200)
  })

  it('in the shape of a form, as curl sends it', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = '{"action": "unlock", "data": {}}'
    stage.expectSuccess(
      await stage.app.call('PUT', `${stage.base}/${conference.id}`, { body, headers }),
      'ok',
    )
  })

  it.each([
    ['', { action: 'play', data: {} }, 400, { 'data.media_id': { required: expect.anything() } }],
    ['', { action: 'record', data: {} }, 400, { 'data.action': { required: expect.anything() } }],
    [
      '',
      { action: 'record', data: { action: 'pause' } },
      400,
      { 'data.action': { enum: expect.objectContaining({ target: ['start', 'stop'] }) } },
    ],
    ['', { action: 'play', data: { data: 'm' } }, 400, { data: { required: expect.anything() } }],
    ['', { action: 'lock' }, 400, { data: { required: expect.anything() } }],
    ['', { action: 'dance', data: {} }, 404, { cause: 'dance', message: expect.any(String) }],
    ['', { data: {} }, 404, { message: expect.any(String) }],
    [
      '',
      { action: 'play', data: { media_id: 'none' } },
      404,
      expect.objectContaining({ cause: 'none' }),
    ],
    ['/participants', { data: { action: 'dance' } }, 404, expect.anything()],
    [
      '/participants/99999',
      { data: { action: 'mute' } },
      404,
      expect.objectContaining({ id: 99_999 }),
    ],
    [
      '/participants/abc',
      { data: { action: 'mute' } },
      404,
      expect.objectContaining({ id: 'abc' }),
    ],
    [
      '/participants',
      { data: { action: 'relate', data: { participant_id: 99_999, other_participant: 1 } } },
      404,
      { id: 99_999, cause: 99_999, message: expect.any(String) },
    ],
    [
      '/participants',
      { data: { action: 'relate' } },
      400,
      {
        participant_id: { required: expect.anything() },
        other_participant: { required: expect.anything() },
      },
    ],
    [
      '',
      { action: 'dial', data: { data: {} } },
      400,
      { endpoints: { required: expect.anything() } },
    ],
    [
      '',
      { action: 'dial', data: { data: { endpoints: [] } } },
      400,
      { endpoints: { minItems: expect.objectContaining({ target: 1 }) } },
    ],
    [
      '',
      { action: 'dial', data: { data: { endpoints: ['1001', 'no one'] } } },
      400,
      { 'data.endpoints.2': { enum: expect.anything() } },
    ],
    [
      '',
      { action: 'dial', data: { data: { endpoints: ['f'.repeat(32)] } } },
      400,
      { 'data.endpoints.1': { not_found: expect.anything() } },
    ],
  ])('%s %j is refused with %i', async (path, body, status, data) => {
    const answer = await stage.put(`${conference.id}${path}`, body)
    expect([answer.status, answer.envelope.error]).toEqual([status, String(status)])
    expect(answer.envelope.data).toEqual(data)
  })

  it('is refused where nothing runs, and where there is no conference', async () => {
    const { id } = await stage.newConference()
    for (const where of [id, 'f'.repeat(32)]) {
      for (const [path, body] of [
        ['', { action: 'lock', data: {} }],
        ['', { action: 'play', data: { media_id: media } }],
        ['', { action: 'record', data: { action: 'start' } }],
        ['/participants', { data: { action: 'mute' } }],
        ['/participants/1', { data: { action: 'mute' } }],
      ] as const) {
        const { status, envelope } = await stage.put(`${where}${path}`, body)
        expect([status, envelope.message]).toEqual([404, 'bad_identifier'])
      }
    }
    expect((await stage.get(`${id}/participants`)).envelope.data).toEqual([])
    expect((await stage.get('f'.repeat(32))).status).toBe(404)
  })

  it('to one participant and to all: kick', async () => {
    const { id } = conference
    const [first, second] = party.calls
    stage.expectSuccess(
      await stage.put(`${id}/participants/${party.ids[0]}`, { data: { action: 'kick' } }),
      'ok',
    )
    expect((await first?.ended)?.method).toBe('BYE')
    stage.expectSuccess(await stage.put(`${id}/participants`, { data: { action: 'kick' } }), 'ok')
    expect((await second?.ended)?.method).toBe('BYE')
    await expect
      .poll(async () => (await stage.get(id)).envelope.data._read_only.is_running, {
        timeout: 10_000,
      })
      .toBe(false)
    party = { ...party, leave: () => Promise.resolve([]) }
  })
})
