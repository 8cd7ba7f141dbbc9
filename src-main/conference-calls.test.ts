import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from './test/app.ts'
import { startCallPhone, type CallPhone } from './test/call-phone.ts'

/** The calls of KAZOO's documentation of conferences, against the whole application with phones that answer. */
const password = 'correct horse'

let app: TestApp
let account: string
let device: string
let user: string
let phones: CallPhone[]
let outside: CallPhone

const made = async (what: string, data: object): Promise<string> =>
  (await app.call('PUT', `${account}/${what}`, { json: { data } })).envelope.data.id

const phone = async (username: string, more: object = {}) => {
  const id = await made('devices', { name: username, sip: { username, password }, ...more })
  const one = await startCallPhone(app.sip ?? '', { user: username, password })
  expect(await one.register()).toBe(200)
  return { id, one }
}

beforeAll(async () => {
  app = await startApp()
  account = `/v2/accounts/${app.accountId}`
  user = await made('users', { first_name: 'Ada', last_name: 'Lovelace' })
  const [first, second] = [await phone('1001'), await phone('1002', { owner_id: user })]
  const third = await phone('1003')
  third.one.onInvite({ status: 486 })
  device = first.id
  phones = [first.one, second.one, third.one]
  outside = await startCallPhone(app.sip ?? '', { user: 'bob' })
})
afterAll(async () => {
  await Promise.all([...phones, outside].map((one) => one.close()))
  await app.dispose()
})

const put = (path: string, json: unknown) =>
  app.call('PUT', `${account}/conferences/${path}`, { json })
const get = async (path: string) =>
  (await app.call('GET', `${account}/conferences/${path}`)).envelope.data

const dial = (id: string, more: object = {}) =>
  put(id, {
    action: 'dial',
    data: {
      custom_application_vars: { foo: 'bar' },
      data: {
        endpoints: [device, user, '1003', outside.contact],
        caller_id_name: 'Conference XYZ',
        caller_id_number: '5551212',
        ...more,
      },
    },
  })

const participantKeys =
  'call_id conference_name conference_uuid switch_hostname floor hear speak talking mute_detect participant_id energy_level current_energy video is_moderator join_time duration'.split(
    ' ',
  )

describe('a conference that was dialled into being', () => {
  beforeEach(async () => {
    await put('standup/participants', { data: { action: 'kick' } })
    await dial('standup', { play_entry_tone: true, play_exit_tone: true, play_name: false })
  })

  it('tells of each phone that was called', async () => {
    await put('standup/participants', { data: { action: 'kick' } })
    const { status, envelope } = await dial('standup', { outbound_call_id: 'xyz-abc' })
    const [toDevice, toUser, toNumber, toUri] = envelope.data.endpoint_responses

    expect(status).toBe(200)
    expect(toDevice).toEqual({
      ...{ call_id: 'xyz-abc', endpoint_id: device, job_id: toUri.job_id },
      ...{ message: 'dial resulted in call id xyz-abc', status: 'success' },
    })
    expect(toUser).toMatchObject({ status: 'success' })
    expect(toNumber).toMatchObject({ endpoint_id: '1003', message: 'USER_BUSY', status: 'error' })
    expect(toUri).toMatchObject({ endpoint_id: outside.contact, status: 'success' })
  })

  it('shows who is there with everything the documentation names', async () => {
    const [listed] = await get('')
    const { _read_only: live } = await get('standup')

    expect(listed).toMatchObject({ id: 'standup', members: 3, admins: 0, is_locked: false })
    expect(live).toMatchObject({ members: 3, admins: 0, is_locked: false, is_ad_hoc: true })
    for (const participant of live.participants) {
      expect(Object.keys(participant)).toEqual(expect.arrayContaining(participantKeys))
      expect(participant.custom_application_vars).toEqual({ foo: 'bar' })
    }
    expect(live.participants.map((each: any) => each.custom_channel_vars.owner_id)).toContain(user)
  })

  it.each([
    ['', { action: 'lock', data: {} }, 'ok'],
    ['', { action: 'unlock', data: {} }, 'ok'],
    ['', { action: 'play', data: { media_id: 'tone_stream://%(100,0,500)' } }, 'ok'],
    ['', { action: 'play', data: { data: { media_id: 'tone_stream://%(100,0,500)' } } }, 'ok'],
    ['/participants', { data: { action: 'mute' } }, 'ok'],
    ['/participants', { data: { action: 'kick' } }, 'ok'],
  ])('takes PUT %s %j', async (path, body, text) => {
    const { status, envelope } = await put(`standup${path}`, body)
    expect([status, envelope.data]).toEqual([200, text])
  })

  it('is recorded, and the recording is in the library', async () => {
    const record = (action: string) => put('standup', { action: 'record', data: { action } })
    const library = async (): Promise<number> =>
      (await app.call('GET', `${account}/media`)).envelope.data.length
    const before = await library()
    expect((await record('start')).envelope.data).toBe('starting recording')
    expect((await record('stop')).envelope.data).toBe('stopping recording')
    expect(await library()).toBe(before + 1)
    expect((await record('stop')).status).toBe(400)
  })

  it('lets single participants be muted, deafened, played to, related and kicked', async () => {
    const all: any[] = await get('standup/participants')
    const [one, other] = all.map(({ participant_id: id }) => id)
    const act = async (action: string, data?: object) =>
      (await put(`standup/participants/${one}`, { data: { action, data } })).envelope.data
    const state = async () => {
      const { speak, hear } = await get(`standup/participants/${one}`)
      return [speak, hear]
    }
    const relation = { participant_id: one, other_participant: other }
    const related = await put('standup/participants', { data: { action: 'relate', ...relation } })

    expect(related.envelope.data).toBe('relating participants')
    expect([await act('mute'), await act('deaf'), ...(await state())]).toEqual([
      ...['ok', 'ok', false, false],
    ])
    expect([await act('unmute'), await act('undeaf'), ...(await state())]).toEqual([
      ...['ok', 'ok', true, true],
    ])
    expect(await act('play', { media_id: 'tone_stream://%(100,0,500)' })).toBe('ok')
    expect(await act('kick')).toBe('ok')
    expect(await get('standup/participants')).toHaveLength(all.length - 1)
    expect((await put(`standup/participants/${one}`, { data: { action: 'mute' } })).status).toBe(
      404,
    )
  })

  it('is gone with its last participant, and answers the truth then', async () => {
    await put('standup/participants', { data: { action: 'kick' } })
    const { status, envelope } = await put('standup', { action: 'lock', data: {} })
    expect([status, envelope.data.message]).toEqual([404, 'the conference is not running'])
    expect(await get('')).toEqual([])
  })
})

it('seats who is dialled as the flags say, whatever members join as', async () => {
  const id = await made('conferences', { name: 'Weekly', member: { join_muted: true } })
  await dial(id, { endpoints: [device] })
  await dial(id, { endpoints: [outside.contact], participant_flags: ['deaf', 'mute'] })
  const states = (await get(`${id}/participants`)).map((each: any) => [each.speak, each.hear])
  expect(states).toEqual([
    [true, true],
    [false, false],
  ])
})
