import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'

let app: TestApp
let base: string

beforeEach(async () => {
  app = await startApp()
  base = `/v2/accounts/${app.accountId}/users`
})
afterEach(() => app.dispose())

const ada = { first_name: 'Ada', last_name: 'Lovelace' }
const create = (data: unknown) => app.call('PUT', base, { json: { data } })
const patch = (id: string, data: unknown) => app.call('PATCH', `${base}/${id}`, { json: { data } })
const logIn = (username: string, password: string) =>
  app.call('PUT', '/v2/user_auth', {
    token: null,
    json: {
      data: {
        credentials: createHash('md5').update(`${username}:${password}`).digest('hex'),
        account_name: 'Main account',
      },
    },
  })

describe('a user', () => {
  it('gets the defaults of the schema and needs a first and a last name', async () => {
    const made = await create({ ...ada, email: 'ada@example.com', note: 'kept' })
    const nameless = await create({ email: 'x@example.com' })

    expect(made.status).toBe(201)
    expect(made.envelope.data).toMatchObject({
      ...ada,
      enabled: true,
      priv_level: 'user',
      note: 'kept',
    })
    expect(Object.keys(nameless.envelope.data).sort()).toEqual(['first_name', 'last_name'])
  })

  it('is listed beside the first administrator', async () => {
    await create({ ...ada, username: 'ada' })
    const { data } = (await app.call('GET', base)).envelope
    expect(data).toMatchObject([
      { ...ada, username: 'ada', priv_level: 'user' },
      { first_name: 'Account', last_name: 'Admin', username: 'admin', priv_level: 'admin' },
    ])
  })

  it('has a username nobody else has, whatever its case', async () => {
    await create({ ...ada, username: 'ada' })
    expect((await create({ ...ada, username: 'ADA' })).envelope.data).toHaveProperty(
      'username.unique',
    )
  })
})

describe('a password', () => {
  it('lets an administrator log in and is never shown', async () => {
    const { id } = (
      await create({ ...ada, username: 'ada', password: 'difference engine', priv_level: 'admin' })
    ).envelope.data
    const session = await logIn('ada', 'difference engine')
    const shown = JSON.stringify((await app.call('GET', `${base}/${id}`)).envelope)

    expect(session.status).toBe(201)
    expect(session.envelope.data.owner_id).toBe(id)
    expect((await logIn('ada', 'wrong engine')).status).toBe(401)
    expect(shown).not.toContain('difference engine')
    const stored = await readFile(join(app.dataDir, 'patchbay.sqlite-wal'))
    expect(stored.includes('difference engine')).toBe(false)
  })

  it('stays when the rest is replaced, and must be said again with a new username', async () => {
    const admin = { ...ada, username: 'ada', priv_level: 'admin' }
    const { id } = (await create({ ...admin, password: 'difference engine' })).envelope.data
    const replaced = await app.call('POST', `${base}/${id}`, {
      json: { data: { ...admin, last_name: 'King' } },
    })
    const renamed = await patch(id, { username: 'countess' })

    expect(replaced.status).toBe(200)
    expect((await logIn('ada', 'difference engine')).status).toBe(201)
    expect(renamed.envelope.data).toHaveProperty('password.required')
    await patch(id, { username: 'countess', password: 'analytical engine' })
    expect((await logIn('countess', 'analytical engine')).status).toBe(201)
  })

  it('needs a username', async () => {
    const { envelope } = await create({ ...ada, password: 'difference engine' })
    expect(envelope.data).toHaveProperty('username.required')
  })
})

describe('who may act', () => {
  it('is no ordinary user: only administrators log in', async () => {
    await create({ ...ada, username: 'ada', password: 'difference engine' })
    expect((await logIn('ada', 'difference engine')).status).toBe(401)
  })

  it.each([
    ['disabled', { enabled: false }],
    ['made an ordinary user', { priv_level: 'user' }],
  ])('ends at once for an administrator who is %s', async (_what, change) => {
    const { id } = (
      await create({ ...ada, username: 'ada', password: 'difference engine', priv_level: 'admin' })
    ).envelope.data
    const token = (await logIn('ada', 'difference engine')).envelope.auth_token ?? ''

    expect((await app.call('GET', base, { token })).status).toBe(200)
    await patch(id, change)
    expect((await app.call('GET', base, { token })).status).toBe(401)
  })

  it('ends at once for an administrator who is deleted', async () => {
    const { id } = (
      await create({ ...ada, username: 'ada', password: 'difference engine', priv_level: 'admin' })
    ).envelope.data
    const token = (await logIn('ada', 'difference engine')).envelope.auth_token ?? ''
    await app.call('DELETE', `${base}/${id}`)
    expect((await app.call('GET', base, { token })).status).toBe(401)
  })

  it('is never nobody: the last administrator stays one', async () => {
    const [first] = (await app.call('GET', base)).envelope.data
    const removed = await app.call('DELETE', `${base}/${first.id}`)

    expect(removed.envelope.data).toHaveProperty('id.forbidden')
    expect((await patch(first.id, { enabled: false })).envelope.data).toHaveProperty(
      'priv_level.forbidden',
    )
    await create({ ...ada, username: 'ada', password: 'difference engine', priv_level: 'admin' })
    expect((await app.call('DELETE', `${base}/${first.id}`)).status).toBe(200)
  })
})
