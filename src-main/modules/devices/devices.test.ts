import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'

let app: TestApp
let base: string

beforeAll(async () => {
  app = await startApp()
  base = `/v2/accounts/${app.accountId}/devices`
})
afterAll(() => app.dispose())

const create = (data: unknown) => app.call('PUT', base, { json: { data } })
const get = (id: string) => app.call('GET', `${base}/${id}`)

describe('a device', () => {
  it('gets the defaults of the schema and keeps keys nobody knows', async () => {
    const { status, envelope, headers } = await create({
      name: 'New Device',
      ui_metadata: { origin: 'callflows' },
      _read_only: { registered: true },
    })

    expect(status).toBe(201)
    expect(envelope.data).toMatchObject({
      name: 'New Device',
      enabled: true,
      sip: { method: 'password', expire_seconds: 300, invite_format: 'contact' },
      ui_metadata: { origin: 'callflows' },
      _read_only: { registered: false, registrations: [] },
    })
    expect(headers.get('location')).toBe(`${base}/${envelope.data.id}`)
  })

  it('is read with its SIP password, as in Crossbar', async () => {
    const made = await create({ name: 'Desk', sip: { username: 'desk', password: 'open sesame' } })
    const { envelope } = await get(made.envelope.data.id)
    expect(envelope.data.sip).toMatchObject({ username: 'desk', password: 'open sesame' })
    expect(envelope.revision).toMatch(/^1-[0-9a-f]{32}$/)
  })

  it('is listed, filtered by what its document says, and paged', async () => {
    await create({ name: 'One', sip: { username: 'list-1' }, device_type: 'softphone' })
    await create({ name: 'Two', sip: { username: 'list-2' } })
    const { envelope } = await app.call('GET', `${base}?filter_sip.username=list-1`)
    const page = (await app.call('GET', `${base}?page_size=1`)).envelope

    expect(envelope.data).toEqual([
      {
        id: expect.any(String),
        name: 'One',
        enabled: true,
        device_type: 'softphone',
        username: 'list-1',
        registered: false,
      },
    ])
    expect(page.data).toHaveLength(1)
    expect(page.next_start_key).toEqual(expect.any(String))
  })

  it('is merged by PATCH, where null removes, and replaced by POST', async () => {
    const { id } = (await create({ name: 'Old', mac_address: '00:01', sip: { username: 'merge' } }))
      .envelope.data
    const patched = await app.call('PATCH', `${base}/${id}`, {
      json: { data: { mac_address: null, sip: { password: 'secret' } } },
    })
    const replaced = await app.call('POST', `${base}/${id}`, { json: { data: { name: 'New' } } })

    expect(patched.envelope.data.sip).toMatchObject({ username: 'merge', password: 'secret' })
    expect(patched.envelope.data).not.toHaveProperty('mac_address')
    expect(replaced.envelope.data).toMatchObject({ name: 'New' })
    expect(replaced.envelope.data.sip).not.toHaveProperty('username')
  })

  it('is changed only under the revision somebody saw', async () => {
    const made = await create({ name: 'Contended' })
    const { id } = made.envelope.data
    const change = (revision: string) =>
      app.call('PATCH', `${base}/${id}`, {
        json: { data: { language: 'fr-fr' } },
        headers: { 'if-match': revision },
      })
    const etag = made.headers.get('etag') ?? ''

    expect((await change(etag)).status).toBe(200)
    expect((await change(etag)).status).toBe(409)
    expect((await change(`"${(await get(id)).envelope.revision ?? ''}"`)).status).toBe(200)
  })

  it('takes every one of several changes made at once', async () => {
    const { id } = (await create({ name: 'Busy' })).envelope.data
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) =>
        app.call('PATCH', `${base}/${id}`, { json: { data: { [key]: 1 } } }),
      ),
    )
    expect((await get(id)).envelope.data).toMatchObject({ a: 1, b: 1, c: 1, d: 1 })
  })

  it('is gone when it is deleted, and its name free again', async () => {
    const { id } = (await create({ name: 'Gone', sip: { username: 'gone' } })).envelope.data
    const removed = await app.call('DELETE', `${base}/${id}`)

    expect(removed.envelope.data).toMatchObject({ name: 'Gone', _read_only: { deleted: true } })
    expect((await get(id)).status).toBe(404)
    expect((await create({ name: 'Next', sip: { username: 'gone' } })).status).toBe(201)
  })
})

describe('a SIP user name', () => {
  it('belongs to one device of the account, whatever its case', async () => {
    await create({ name: 'First', sip: { username: 'Reception' } })
    const { status, envelope } = await create({ name: 'S', sip: { username: 'reception' } })

    expect(status).toBe(400)
    expect(envelope.data).toEqual({
      'sip.username': {
        unique: { message: 'SIP credentials already in use', cause: 'reception' },
      },
    })
  })

  it('may be kept when its device is changed, and be used in another account', async () => {
    const { id } = (await create({ name: 'Keep', sip: { username: 'keep' } })).envelope.data
    const other = (
      await app.call('PUT', '/v2/accounts', { json: { data: { name: 'Neighbours' } } })
    ).envelope.data.id
    const elsewhere = await app.call('PUT', `/v2/accounts/${other}/devices`, {
      json: { data: { name: 'Same', sip: { username: 'keep' } } },
    })

    const same = { name: 'Kept', sip: { username: 'keep' } }
    expect((await app.call('POST', `${base}/${id}`, { json: { data: same } })).status).toBe(200)
    expect(elsewhere.status).toBe(201)
  })

  it.each(['a', 'x'.repeat(33), 'two words', 'a"b', 'a@b', 'a:b', 'a\r\nVia: x'])(
    'cannot be %j',
    async (username) => {
      const { status, envelope } = await create({ name: 'n', sip: { username } })
      expect(status).toBe(400)
      expect(Object.keys(envelope.data)).toEqual(['sip.username'])
    },
  )
})

it('belongs to a user the account has', async () => {
  const wrong = await create({ name: 'n', owner_id: 'f'.repeat(32) })
  const owner = (
    await app.call('PUT', `/v2/accounts/${app.accountId}/users`, {
      json: { data: { first_name: 'Ada', last_name: 'Lovelace' } },
    })
  ).envelope.data.id
  const { id } = (await create({ name: 'Hers', owner_id: owner })).envelope.data
  const hers = await app.call('GET', `/v2/accounts/${app.accountId}/users/${owner}/devices`)

  expect(wrong.envelope.data).toHaveProperty('owner_id.not_found')
  expect(hers.envelope.data).toMatchObject([{ id, owner_id: owner }])

  await app.call('DELETE', `/v2/accounts/${app.accountId}/users/${owner}`)
  const renamed = await app.call('PATCH', `${base}/${id}`, { json: { data: { name: 'Left' } } })
  expect(renamed.status).toBe(200)
})

it('has no status while nothing is registered', async () => {
  expect((await app.call('GET', `${base}/status`)).envelope.data).toEqual([])
})
