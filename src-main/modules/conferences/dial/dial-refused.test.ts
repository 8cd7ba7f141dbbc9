import { describe, expect, it } from 'vitest'
import { setDialStage } from '../test/dial-stage.ts'

const { api, conferences, legs, rooms, dial, conference } = setDialStage()

const bob = 'sip:bob@10.0.0.1'

describe('a dial calls nobody', () => {
  it.each([
    [{}, 'endpoints', 'required'],
    [{ endpoints: [] }, 'endpoints', 'minItems'],
    [{ endpoints: [5] }, 'endpoints.0', 'type'],
    [{ endpoints: [bob], timeout: 0 }, 'timeout', 'minimum'],
    [{ endpoints: [bob], participant_flags: ['loud'] }, 'participant_flags.0', 'enum'],
    [{ endpoints: [bob], outbound_call_id: 'a b' }, 'outbound_call_id', 'wrong_format'],
    [{ endpoints: [bob], custom_application_vars: { a: {} } }, 'custom_application_vars.a', 'type'],
    [{ endpoints: [bob, 'nonsense'] }, 'data.endpoints.2', 'enum'],
  ])('for %j', async (data, key, rule) => {
    const { status, envelope } = await dial(await conference(), data)
    expect(status).toBe(400)
    expect(envelope.data).toEqual({ [key]: { [rule]: expect.anything() } })
    expect(legs().calls).toEqual([])
  })

  it('without data', async () => {
    const id = await conference()
    const { envelope } = await api().call('PUT', `/conferences/${id}`, { action: 'dial' })
    expect(Object.keys(envelope.data)).toEqual(['data'])
  })

  it('into a conference that must run and does not', async () => {
    const wanted = { endpoints: [bob], participant_flags: ['join_existing'] }
    const { status, envelope } = await dial(await conference(), wanted)
    expect([status, envelope.data.message]).toEqual([404, 'the conference is not running'])
    expect(legs().calls).toEqual([])
  })

  it('into a locked conference', async () => {
    const id = await conference()
    rooms().run(conferences().byId(api().accountId, id)!).lock()
    const { envelope } = await dial(id, { endpoints: [bob] })
    expect(envelope.data.endpoint_responses).toMatchObject([
      { endpoint_id: bob, status: 'error', message: 'conference is locked' },
    ])
    expect(legs().calls).toEqual([])
  })
})

it('hangs up who finds no seat, and says why', async () => {
  const id = await conference()
  rooms().refusal = 'full'
  const answer = dial(id, { endpoints: [bob] })
  const call = await legs().to(bob)
  call.answer()
  expect((await answer).envelope.data.endpoint_responses).toMatchObject([
    { status: 'error', message: 'conference is full' },
  ])
  expect(call.hungUp).toBe('CALL_REJECTED')
})

it('hangs up who answers after the conference ended that must run', async () => {
  const id = await conference()
  rooms().run(conferences().byId(api().accountId, id)!)
  const answer = dial(id, { endpoints: [bob], participant_flags: ['join_existing'] })
  const call = await legs().to(bob)
  rooms().end(api().accountId, id)
  call.answer()
  expect((await answer).envelope.data.endpoint_responses).toMatchObject([
    { status: 'error', message: 'conference is not running' },
  ])
  expect(rooms().admissions).toEqual([])
  expect(call.hungUp).toBeDefined()
})
