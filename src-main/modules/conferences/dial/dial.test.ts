import { describe, expect, it } from 'vitest'
import { setDialStage } from '../test/dial-stage.ts'

const { api, legs, rooms, events, phone, user, dial, conference } = setDialStage()

const bob = 'sip:bob@10.0.0.1'
const eve = 'sip:eve@10.0.0.2'

describe('a dial', () => {
  it('answers once everybody has answered or failed, in the order of the request', async () => {
    const id = await conference({ name: 'Weekly', conference_numbers: ['4000'] })
    const answer = dial(id, { endpoints: [bob, eve, '5551234'] })
    ;(await legs().to(eve)).fail('USER_BUSY')
    ;(await legs().to(bob)).answer()
    const { status, envelope } = await answer
    const { job_id: job } = envelope.data.endpoint_responses[0]

    expect(status).toBe(200)
    expect(envelope.data.endpoint_responses).toEqual([
      {
        endpoint_id: bob,
        call_id: 'call-1',
        job_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        message: 'dial resulted in call id call-1',
        status: 'success',
      },
      { endpoint_id: eve, job_id: job, message: 'USER_BUSY', status: 'error' },
      { endpoint_id: '5551234', job_id: job, message: 'NO_ROUTE_DESTINATION', status: 'error' },
    ])
    expect(rooms().admissions.map(({ leg }) => leg.callId)).toEqual(['call-1'])
  })

  it('calls in the name of the conference, for 20 seconds, unless it says otherwise', async () => {
    const id = await conference({ name: 'Weekly', conference_numbers: ['4100'] })
    const usual = dial(id, { endpoints: [bob] })
    const first = await legs().to(bob)
    first.fail('NO_ANSWER')
    await usual
    const own = dial(id, {
      ...{ endpoints: [eve], caller_id_name: 'Conference XYZ', caller_id_number: '5551212' },
      timeout: 5,
    })
    const second = await legs().to(eve)
    second.fail('NO_ANSWER')
    await own

    expect(first.placing).toMatchObject({
      accountId: api().accountId,
      from: { name: 'Weekly', number: '4100' },
      timeoutMs: 20_000,
    })
    expect(second.placing).toMatchObject({
      from: { name: 'Conference XYZ', number: '5551212' },
      timeoutMs: 5000,
    })
  })

  it('seats who answers with its flags and variables', async () => {
    const id = await conference()
    const answer = api().call('PUT', `/conferences/${id}`, {
      action: 'dial',
      data: {
        custom_application_vars: { foo: 'bar', tries: 3 },
        data: { endpoints: [bob], participant_flags: ['deaf', 'mute', 'is_moderator'] },
      },
    })
    ;(await legs().to(bob)).answer()
    await answer
    expect(rooms().admissions).toMatchObject([
      {
        conference: { id, isAdHoc: false },
        isModerator: true,
        flags: ['deaf', 'mute'],
        customApplicationVars: { foo: 'bar', tries: '3' },
      },
    ])
  })

  it('uses the Call-ID and job it was given, no Call-ID twice', async () => {
    const answer = dial(await conference(), {
      ...{ endpoints: [bob, eve], outbound_call_id: 'xyz-abc', job_id: 'job-7' },
    })
    ;(await legs().to(bob)).answer()
    ;(await legs().to(eve)).answer()
    expect((await answer).envelope.data.endpoint_responses).toMatchObject([
      { call_id: 'xyz-abc', job_id: 'job-7' },
      { call_id: 'xyz-abc-2', job_id: 'job-7' },
    ])
  })

  it('tells of every leg while it waits', async () => {
    const id = await conference()
    const answer = dial(id, { endpoints: [bob, eve], job_id: 'job-7' })
    const [toBob, toEve] = [await legs().to(bob), await legs().to(eve)]
    toBob.ring()
    toEve.fail('CALL_REJECTED')
    await expect.poll(events).toHaveLength(4)
    toBob.answer()
    await answer

    expect(events().map(({ event, endpoint_id: to, cause }) => [event, to, cause])).toEqual([
      ['dial-started', bob, undefined],
      ['dial-started', eve, undefined],
      ['dial-ringing', bob, undefined],
      ['dial-failed', eve, 'CALL_REJECTED'],
      ['dial-answered', bob, undefined],
    ])
    expect(events()[4]).toEqual({
      ...{ event: 'dial-answered', account_id: api().accountId, conference_id: id },
      ...{ job_id: 'job-7', endpoint_id: bob, call_id: 'call-1', by: { kind: 'api_key' } },
    })
  })

  it('tells of who cannot be called too, and of no password', async () => {
    const away = await phone('away', [])
    await dial(await conference(), { endpoints: [away, 'sip:carol:secret@main.example'] })
    const about = events().map((each) => `${each.event} ${each.endpoint_id} ${each.cause}`)
    expect(about[0]).toBe(`dial-failed ${away} USER_NOT_REGISTERED`)
    expect(about[1]).toBe('dial-failed sip:carol@main.example UNALLOCATED_NUMBER')
  })

  it('goes on when nobody waits for its answer any more', async () => {
    const id = await conference()
    const path = `/conferences/${id}`
    const body = { action: 'dial', data: { data: { endpoints: [bob] } } }
    const gone = new AbortController()
    const answer = api().call('PUT', path, body, { signal: gone.signal })
    const call = await legs().to(bob)
    gone.abort()
    await expect(answer).rejects.toThrow()
    call.answer()
    await expect.poll(() => rooms().admissions).toHaveLength(1)
  })
})

describe('a user', () => {
  it('gets an answer for each device, and a device is called once', async () => {
    const owner = await user()
    const desk = await phone('1001', [bob], owner)
    const mobile = await phone('1002', [eve], owner)
    const answer = dial(await conference(), { endpoints: [desk, owner, '1001'] })
    ;(await legs().to(bob)).answer()
    ;(await legs().to(eve)).fail('USER_BUSY')
    const { endpoint_responses: responses } = (await answer).envelope.data

    expect(legs().calls).toHaveLength(2)
    expect(responses).toMatchObject([
      { endpoint_id: desk, call_id: 'call-1', status: 'success' },
      { endpoint_id: desk, call_id: 'call-1', status: 'success' },
      { endpoint_id: mobile, message: 'USER_BUSY', status: 'error' },
      { endpoint_id: '1001', call_id: 'call-1', status: 'success' },
    ])
  })
})

describe('a conference without a document', () => {
  it('is made by dialling, of a default one and what the request says', async () => {
    const answer = dial('standup', {
      ...{ endpoints: [bob], name: 'Stand-up', play_entry_tone: true, play_name: false },
      ...{ language: 'de-de', id: 'other', _private: 1, profile_name: 'default' },
    })
    ;(await legs().to(bob)).answer()
    await answer
    expect(rooms().admissions[0]?.conference).toEqual({
      ...{ id: 'standup', accountId: api().accountId, isAdHoc: true },
      document: {
        ...{ id: 'standup', name: 'Stand-up', language: 'de-de', profile_name: 'default' },
        ...{ play_entry_tone: true, play_name: false, conference_numbers: [] },
        member: { join_deaf: false, join_muted: true, numbers: [], pins: [] },
        moderator: { join_deaf: false, join_muted: false, numbers: [], pins: [] },
      },
    })
  })

  it('keeps to the schema, and calls nobody before', async () => {
    const { status, envelope } = await dial('standup', {
      endpoints: [bob],
      max_participants: 'many',
    })
    expect(status).toBe(400)
    expect(Object.keys(envelope.data)).toEqual(['max_participants'])
    expect(legs().calls).toEqual([])
  })

  it('cannot be called what no websocket binding could name', async () => {
    expect((await dial('a.b', { endpoints: [bob] })).status).toBe(404)
  })
})
