import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startCallPhone } from '../../test/call-phone.ts'
import type { PhoneCall } from '../../test/phone-call.ts'
import { listen } from './test/listen.ts'
import { startSeed, type SeedStage } from './test/seed-stage.ts'

/**
 * What the documentation of Crossbar's conferences shows, asked of a running backend with phones in the conference:
 * who is dialled, and what is told.
 */
/** A machine may be busy. */
const patient = { timeout: 10_000 }

let stage: SeedStage
beforeAll(async () => {
  stage = await startSeed()
}, 30_000)
afterAll(() => stage.dispose())

describe('dialling', () => {
  let answered: PhoneCall[]

  beforeEach(() => {
    answered = []
    for (const phone of stage.phones) void phone.answered().then((call) => answered.push(call))
  })
  const hangUp = async (id: string) => {
    for (const call of answered) await call.hangUp()
    await expect
      .poll(async () => (await stage.get(`${id}/participants`)).envelope.data?.length ?? 0, patient)
      .toBe(0)
  }

  const success = (endpoint: string) => ({
    endpoint_id: endpoint,
    call_id: expect.any(String),
    job_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    message: expect.stringMatching(/^dial resulted in call id \S+$/),
    status: 'success',
  })

  it('calls a device, a user, a number and a URI, and answers as the example does', async () => {
    const { id } = await stage.newConference()
    const [desk = '', mobile = ''] = stage.devices
    const other = await startCallPhone(stage.app.sip!, { user: 'carol' })
    const gone = other.answered()
    const data = {
      endpoints: [desk, stage.owner, '1002', other.contact, '4999'],
      ...{ caller_id_name: 'Conference XYZ', caller_id_number: '5551212' },
    }
    const { status, envelope } = await stage.put(id, { action: 'dial', data: { data } })
    expect(status).toBe(200)
    expect(envelope.data).toEqual({
      endpoint_responses: [
        ...[success(desk), success(desk), success(mobile), success('1002'), success(other.contact)],
        {
          ...{ endpoint_id: '4999', status: 'error', job_id: expect.any(String) },
          message: 'NO_ROUTE_DESTINATION',
        },
      ],
    })
    const ids = envelope.data.endpoint_responses.map((each: any) => each.call_id)
    // A device that several endpoints mean rings once.
    expect([ids[0] === ids[1], ids[2] === ids[3]]).toEqual([true, true])
    const invite = stage.phones[0]?.received.findLast(({ method }) => method === 'INVITE')
    expect(invite?.one('From')).toMatch(/^"Conference XYZ" <sip:5551212@/)
    const there = (await stage.get(`${id}/participants`)).envelope.data
    expect(there.map((each: any) => each.call_id).sort()).toEqual([ids[0], ids[2], ids[4]].sort())
    answered.push(await gone)
    await hangUp(id)
    await other.close()
  })

  it('takes variables, a Call-ID and flags, in every place where they may stand', async () => {
    const { id } = await stage.newConference()
    const common = {
      ...{ endpoints: ['1001'], caller_id_name: 'Conference XYZ', caller_id_number: '5551212' },
      participant_flags: ['deaf', 'mute'],
    }
    const custom_application_vars = { foo: 'bar' }
    const bodies: ((data: object) => object)[] = [
      (data) => ({ action: 'dial', data: { custom_application_vars, data } }),
      (data) => ({ action: 'dial', custom_application_vars, data }),
      (data) => ({ data: { action: 'dial', data: { ...data, custom_application_vars } } }),
      (data) => ({ data: { action: 'dial', custom_application_vars, ...data } }),
    ]
    for (const [index, body] of bodies.entries()) {
      const next = stage.phones[0]?.answered()
      const call_id = `xyz-abc-${index}`
      const { envelope } = await stage.put(id, body({ ...common, outbound_call_id: call_id }))
      expect(envelope.data.endpoint_responses).toMatchObject([
        { call_id, message: `dial resulted in call id ${call_id}`, status: 'success' },
      ])
      const call = await next
      const [participant] = (await stage.get(`${id}/participants`)).envelope.data
      expect(participant).toMatchObject({
        ...{ call_id, custom_application_vars, hear: false },
      })
      expect(participant).toMatchObject({ speak: false, custom_channel_vars: { username: '1001' } })
      answered = call ? [call] : []
      await hangUp(id)
    }
  })

  it('makes a conference of an id nobody has, from the fields of the request', async () => {
    const id = 'a'.repeat(32)
    const data = {
      ...{ endpoints: ['1001'], caller_id_name: 'Conference XYZ', caller_id_number: '5551212' },
      ...{ play_entry_tone: false, play_exit_tone: false, play_name: false, name: 'Ad hoc' },
    }
    const { envelope } = await stage.put(id, { action: 'dial', data: { data } })
    expect(envelope.data.endpoint_responses).toEqual([success('1001')])
    const document = (await stage.get(id)).envelope.data
    expect(document).toMatchObject({ id, name: 'Ad hoc', play_entry_tone: false })
    expect(document._read_only).toMatchObject({ members: 1, is_ad_hoc: true })
    const [first] = (await stage.app.call('GET', stage.base)).envelope.data
    expect([first.id, first._read_only.is_ad_hoc]).toEqual([id, true])
    await expect.poll(() => answered.length, patient).toBe(1)
    for (const call of answered) await call.hangUp()
    await expect.poll(async () => (await stage.get(id)).status, patient).toBe(404)
  })

  it('calls nobody for a conference that must run and does not', async () => {
    const { id } = await stage.newConference()
    const data = { endpoints: ['1001'], participant_flags: ['join_existing'] }
    expect((await stage.put(id, { action: 'dial', data })).status).toBe(404)
  })
})

describe('events', () => {
  it('carry every key of the example, in both forms of bindings, to the own account only', async () => {
    const { id: stranger, token } = await stage.otherAccount('Other')
    const conference = await stage.newConference()
    const { id } = conference
    const { app } = stage
    const three = await listen(app, `conference.event.${id}.*`)
    const four = await listen(app, `conference.event.*.${id}.*`)
    const one = await listen(app, `conference.event.add-member.${id}.*`)
    const foreign = await listen(app, `conference.event.${id}.*`, { token, accountId: stranger })
    const { ids, calls, leave } = await stage.fill(conference)
    for (const action of ['mute', 'unmute', 'deaf', 'undeaf'])
      await stage.put(`${id}/participants/${ids[0]}`, { data: { action } })
    calls[0]?.audio.say(700)
    const names = () => four.events().map(({ data }) => data.event as string)
    await expect.poll(names, patient).toContain('start-talking')
    calls[0]?.audio.hush(true)
    await expect.poll(names, patient).toContain('stop-talking')
    await leave()
    await expect.poll(() => names().filter((name) => name === 'del-member').length, patient).toBe(2)

    expect(names()).toEqual(
      expect.arrayContaining([
        ...['add-member', 'del-member', 'stop-talking', 'start-talking'],
        ...['mute-member', 'unmute-member', 'deaf-member', 'undeaf-member'],
      ]),
    )
    expect(three.events().map(({ data }) => data)).toEqual(four.events().map(({ data }) => data))
    expect(one.events().map(({ data }) => data.event as string)).toEqual([
      'add-member',
      'add-member',
    ])
    expect(foreign.reply?.status).toBe('success')
    expect(foreign.events()).toEqual([])

    const [text, count, yes] = [expect.any(String), expect.any(Number), expect.any(Boolean)]
    const realm = expect.any(String)
    expect(one.events()[0]).toEqual({
      action: 'event',
      subscribed_key: `conference.event.add-member.${id}.*`,
      subscription_key: text,
      name: 'participant_event',
      routing_key: `conference.event.add-member.${stage.app.accountId}.${id}.${calls[0]?.callId}`,
      data: expect.objectContaining({
        custom_channel_vars: {
          ...{
            account_id: stage.app.accountId,
            authorizing_id: stage.devices[0],
            authorizing_type: 'device',
          },
          ...{ owner_id: stage.owner, username: '1001', realm },
          presence_id: expect.stringMatching(/^1001@/),
          ...{ fetch_id: text, bridge_id: calls[0]?.callId, precedence: count },
          call_interaction_id: expect.stringMatching(/^\d{11}-[0-9a-f]{8}$/),
        },
        channel_presence_id: expect.stringMatching(/^1001@/),
        ...{ caller_id_number: '1001', caller_id_name: '1001' },
        ...{ mute_detect: yes, video: yes, energy_level: 20, current_energy: count },
        ...{ talking: yes, speak: true, hear: true, floor: yes, participant_id: ids[0] },
        instance_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ...{ conference_id: id, focus: text, call_id: calls[0]?.callId, event: 'add-member' },
        ...{ node: text, msg_id: expect.stringMatching(/^[0-9a-f]{16}$/) },
        ...{ event_name: 'participant_event', event_category: 'conference' },
        ...{ app_version: text, app_name: text, routing_key: 'participant_event' },
      }),
    })
    for (const client of [three, four, one, foreign]) client.close()
  })
})
