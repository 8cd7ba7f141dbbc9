import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startCallPhone, type CallPhone, type InviteAnswer } from '../../test/call-phone.ts'
import { listen } from './test/listen.ts'
import { startSeed, type SeedStage } from './test/seed-stage.ts'

/** What the window's test call needs: a SIP URI dialled into a conference that is configured and does not run. */
const patient = { timeout: 10_000 }

let stage: SeedStage
let phone: CallPhone
let id: string
const jobId = 'test-call'
beforeAll(async () => {
  stage = await startSeed()
}, 30_000)
afterAll(() => stage.dispose())

const participants = async () =>
  (await stage.get(`${id}/participants`)).envelope.data as Record<string, unknown>[]
const answering = async (answer: InviteAnswer = {}) => {
  phone = await startCallPhone(stage.app.sip ?? '', { user: 'test' })
  phone.onInvite(answer)
}
afterEach(() => phone.close())

const dial = async (endpoint: string, more: object = {}) => {
  const data = { endpoints: [endpoint], job_id: jobId, ...more }
  const { status, envelope } = await stage.put(id, { action: 'dial', data })
  expect(status).toBe(200)
  return envelope.data.endpoint_responses[0] as Record<string, string>
}

it('comes in as what it was dialled as, and is told while it rings', async () => {
  await answering({ afterMs: 100 })
  id = (await stage.newConference({ wait_for_moderator: true })).id
  const told = await listen(stage.app, `conference.event.${id}.*`)
  const answered = phone.answered()

  const flags = { participant_flags: ['is_moderator', 'mute'], caller_id_name: 'Test call' }
  const { status, call_id: callId } = await dial(phone.contact, flags)

  const call = await answered
  expect([status, callId]).toEqual(['success', call.callId])
  expect(await participants()).toMatchObject([
    { call_id: callId, is_moderator: true, speak: false, hear: true, caller_id_number: 'test' },
  ])
  expect(phone.received[0]?.one('From')).toContain('"Test call"')
  const legs = () =>
    told
      .events()
      .flatMap(({ data }) => (data.job_id === jobId ? [[data.event, data.endpoint_id]] : []))
  await expect
    .poll(legs, patient)
    .toEqual(
      ['dial-started', 'dial-ringing', 'dial-answered'].map((event) => [event, phone.contact]),
    )

  await call.hangUp()
  await expect.poll(async () => (await participants()).length, patient).toBe(0)
  told.close()
})

it('comes in as a member who may speak when nothing is asked for', async () => {
  await answering()
  id = (await stage.newConference({ wait_for_moderator: true, member: { join_muted: true } })).id
  const answered = phone.answered()
  await dial(phone.contact)
  expect(await participants()).toMatchObject([{ is_moderator: false, speak: true, hear: true }])
  await (await answered).hangUp()
  await expect.poll(async () => (await participants()).length, patient).toBe(0)
})

describe('says why nobody came', () => {
  it.each([
    ['busy', { status: 486 }, 'USER_BUSY'],
    ['refused', { status: 603 }, 'CALL_REJECTED'],
    ['unknown there', { status: 404 }, 'UNALLOCATED_NUMBER'],
    ['not answered', { status: null }, 'NO_ANSWER'],
  ] as const)('where it is %s', async (_what, answer, message) => {
    await answering(answer)
    id = (await stage.newConference()).id
    expect(await dial(phone.contact, { timeout: 1 })).toMatchObject({ status: 'error', message })
    expect((await stage.get(id)).envelope.data._read_only.is_running).toBe(false)
  })

  it('where nothing comes from, unlike where it rings', async () => {
    await answering({ ring: null, status: null })
    id = (await stage.newConference()).id
    const nobody = { status: 'error', message: 'NO_USER_RESPONSE' }
    expect(await dial('sip:nobody@127.0.0.1:9', { timeout: 1 })).toMatchObject(nobody)
    expect(await dial(phone.contact, { timeout: 1 })).toMatchObject(nobody)
  })

  it.each(['sip:', 'sips:ada@127.0.0.1', 'tel:+49', 'sip:ada@', 'ada lovelace'])(
    'before anybody is called where %s is no SIP URI',
    async (endpoint) => {
      await answering()
      id = (await stage.newConference()).id
      const answer = await stage.put(id, { action: 'dial', data: { endpoints: [endpoint] } })
      expect([answer.status, answer.envelope.data]).toMatchObject([
        400,
        { 'data.endpoints.1': { enum: { value: endpoint } } },
      ])
    },
  )
})
