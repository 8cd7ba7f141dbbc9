import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles, startSeed, type SeedStage } from './test/seed-stage.ts'

/**
 * What the documentation of Crossbar's conferences shows, asked of a running backend with phones in the conference:
 * documents and lists.
 */
let stage: SeedStage
beforeAll(async () => {
  stage = await startSeed()
}, 30_000)
afterAll(() => stage.dispose())

/** What a participant is, flat as in the documentation, and nested as in the source. */
const flags = {
  floor: expect.any(Boolean),
  hear: true,
  speak: true,
  talking: expect.any(Boolean),
  mute_detect: false,
  energy_level: 20,
  current_energy: expect.any(Number),
  video: false,
}

const participantExample = (conferenceId: string) => ({
  ...flags,
  call_id: expect.any(String),
  conference_name: conferenceId,
  conference_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
  switch_hostname: expect.any(String),
  participant_id: expect.any(Number),
  is_moderator: false,
  is_ghost: false,
  join_time: expect.any(Number),
  duration: expect.any(Number),
  caller_id_name: expect.any(String),
  caller_id_number: expect.stringMatching(/^100[12]$/),
  conference_channel_vars: {
    ...{ ...flags, is_moderator: false, member_id: expect.any(Number) },
  },
  custom_channel_vars: expect.objectContaining({
    account_id: stage.app.accountId,
    owner_id: stage.owner,
  }),
  custom_application_vars: {},
})

describe('documents', () => {
  const example = {
    ...{ name: 'Conf', play_entry_tone: true, play_exit_tone: true, play_name: false },
    ...{ conference_numbers: [], ...roles, ui_metadata: { ui: 'kazoo-ui' } },
  }

  it('are created, read, replaced, merged and deleted, as the example is', async () => {
    const idle = {
      ...{ members: 0, moderators: 0, admins: 0, duration: 0, is_locked: false },
      ...{ is_running: false, is_recording: false, is_ad_hoc: false, participants: [] },
      ...{ created: expect.any(Number), modified: expect.any(Number) },
    }
    const made = await stage.app.call('PUT', stage.base, {
      json: { data: { ...example, owner_id: stage.owner } },
    })
    const { id } = made.envelope.data
    const document = { ...example, id, owner_id: stage.owner, _read_only: idle }
    expect([made.status, made.headers.get('location')]).toEqual([201, `${stage.base}/${id}`])
    expect(made.envelope.data).toEqual(document)
    stage.expectSuccess(await stage.get(id), document)

    const posted = await stage.app.call('POST', `${stage.base}/${id}`, {
      json: { data: { name: 'Other' } },
    })
    const defaults = {
      member: { join_deaf: false, join_muted: true, numbers: [], pins: [] },
      ...{ moderator: roles.moderator, conference_numbers: [], play_name: false },
    }
    stage.expectSuccess(posted, { ...defaults, id, name: 'Other', _read_only: idle })
    const patched = await stage.app.call('PATCH', `${stage.base}/${id}`, {
      json: { data: { custom: 'value' } },
    })
    stage.expectSuccess(patched, {
      ...defaults,
      id,
      name: 'Other',
      custom: 'value',
      _read_only: idle,
    })
    const removed = await stage.app.call('DELETE', `${stage.base}/${id}`)
    expect(removed.envelope.data._read_only.deleted).toBe(true)
    for (const method of ['GET', 'DELETE', 'POST', 'PATCH']) {
      const json = method === 'GET' ? {} : { json: { data: {} } }
      expect((await stage.app.call(method, `${stage.base}/${id}`, json)).status).toBe(404)
    }
  })

  it('may be created of nothing', async () => {
    expect((await stage.app.call('PUT', stage.base, { json: { data: {} } })).status).toBe(201)
  })

  it('are listed as the example is, running or not', async () => {
    const idle = await stage.newConference({ owner_id: stage.owner, flags: ['f'] })
    const running = await stage.newConference()
    const { leave } = await stage.fill(running)
    const { envelope } = await stage.app.call('GET', `${stage.base}?paginate=false`)
    const find = (id: string) => envelope.data.find((each: { id: string }) => each.id === id)
    const still = { members: 0, admins: 0, moderators: 0, duration: 0, is_locked: false }
    const own = { is_running: false, is_recording: false, is_ad_hoc: false }

    expect(find(idle.id)).toEqual({
      ...{ id: idle.id, name: 'Conf', owner_id: stage.owner, ...roles, ...still, flags: ['f'] },
      conference_numbers: [idle.number],
      _read_only: { ...still, ...own },
    })
    const live = { ...still, members: 2, duration: expect.any(Number) }
    expect(find(running.id)).toMatchObject({ ...live, _read_only: { ...live, is_running: true } })
    await leave()
  })

  it('show who is there, flat, nested and as metadata', async () => {
    const conference = await stage.newConference()
    const { id } = conference
    const { ids, leave } = await stage.fill(conference)
    const { envelope } = await stage.get(id)
    const live = envelope.data._read_only
    const metadata = (envelope as unknown as { metadata: object }).metadata

    expect(live).toMatchObject({ members: 2, moderators: 0, admins: 0, is_locked: false })
    expect(live.participants).toEqual([participantExample(id), participantExample(id)])
    expect(live.participants.map((each: any) => each.participant_id)).toEqual(ids)
    expect(metadata).toMatchObject({ members: 2, is_locked: false, duration: expect.any(Number) })
    const [first] = live.participants
    const { member_id, ...nested } = first.conference_channel_vars
    expect([member_id, first]).toEqual([first.participant_id, expect.objectContaining(nested)])
    expect(Math.abs(first.join_time - 62_167_219_200 - Date.now() / 1000)).toBeLessThan(60)
    stage.expectSuccess(await stage.get(`${id}/participants`), [
      participantExample(id),
      participantExample(id),
    ])
    stage.expectSuccess(await stage.get(`${id}/participants/${ids[0]}`), participantExample(id))
    await leave()
  })

  it('keep numbers apart, in the words of the source', async () => {
    const { number } = await stage.newConference()
    for (const taken of [
      { conference_numbers: [number] },
      { member: { numbers: [number] } },
      { moderator: { numbers: [number] } },
    ]) {
      const { status, envelope } = await stage.app.call('PUT', stage.base, {
        json: { data: taken },
      })
      const unique = { message: 'Numbers already in use', cause: number }
      expect([status, envelope.data]).toEqual([400, { numbers: { unique } }])
    }
  })
})

it('keeps accounts apart, in every call', async () => {
  const { id: stranger, token } = await stage.otherAccount('Third')
  const { id } = await stage.newConference()
  const theirs = `/v2/accounts/${stranger}/conferences`
  const calls: [string, string, object?][] = [
    ...(['GET', 'DELETE'] as const).map((method): [string, string] => [method, `/${id}`]),
    ...['POST', 'PATCH'].map((method): [string, string, object] => [
      method,
      `/${id}`,
      { data: {} },
    ]),
    ['GET', `/${id}/participants`],
    ['GET', `/${id}/participants/1`],
    ['PUT', `/${id}`, { action: 'lock', data: {} }],
    ['PUT', `/${id}/participants`, { data: { action: 'kick' } }],
    ['PUT', `/${id}/participants/1`, { data: { action: 'kick' } }],
  ]
  for (const [method, path, json] of calls) {
    const body = json && { json }
    const own = await stage.app.call(method, `${stage.base}${path}`, { ...body, token })
    const inTheirs = await stage.app.call(method, `${theirs}${path}`, { ...body, token })
    const nobody = await stage.app.call(method, `${stage.base}${path}`, { ...body, token: null })
    expect([method, path, own.status, inTheirs.status, nobody.status]).toEqual([
      ...[method, path, 403, 404, 401],
    ])
  }
  const list = await stage.app.call('GET', theirs, { token })
  expect([list.status, list.envelope.data]).toEqual([200, []])
  expect((await stage.get(id)).status).toBe(200)
})
