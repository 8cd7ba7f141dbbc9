import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from './test/app.ts'

let app: TestApp
let base: string

beforeAll(async () => {
  app = await startApp()
  base = `/v2/accounts/${app.accountId}/media`
})
afterAll(() => app.dispose())

describe('access', () => {
  it('needs a token, and takes it from every documented place', async () => {
    const token = app.launchToken
    expect((await app.call('GET', base, { token: null })).status).toBe(401)
    expect((await app.call('GET', base, { token: 'wrong' })).status).toBe(401)
    expect((await app.call('GET', `${base}?auth_token=${token}`, { token: null })).status).toBe(200)
    expect(
      (await app.call('GET', base, { token: null, headers: { authorization: `Bearer ${token}` } }))
        .status,
    ).toBe(200)
    const inBody = await app.call('PUT', base, {
      token: null,
      json: { auth_token: token, data: { name: 'In body' } },
    })
    expect(inBody.status).toBe(201)
  })

  it('logs in with md5 and sha credentials and with the API key of the first account', async () => {
    const path = join(app.dataDir, 'credentials.json')
    const known = JSON.parse(await readFile(path, 'utf8'))
    const hashed = (method: string) =>
      createHash(method).update(`${known.username}:${known.password}`).digest('hex')
    const logIn = (data: unknown) =>
      app.call('PUT', '/v2/user_auth', { token: null, json: { data } })

    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const md5 = await logIn({ credentials: hashed('md5'), account_name: known.account_name })
    const sha = await logIn({
      credentials: hashed('sha1'),
      method: 'sha',
      account_realm: known.account_realm,
    })
    const key = await app.call('PUT', '/v2/api_auth', {
      token: null,
      json: { data: { api_key: known.api_key } },
    })
    for (const { status, envelope } of [md5, sha, key]) {
      expect(status).toBe(201)
      expect(envelope.data.account_id).toBe(app.accountId)
      expect((await app.call('GET', base, { token: envelope.auth_token! })).status).toBe(200)
    }
    expect(
      (await logIn({ credentials: '0'.repeat(32), account_name: known.account_name })).status,
    ).toBe(401)
    expect(
      (await logIn({ credentials: '0'.repeat(32), account_realm: 'no.where' })).envelope.data,
    ).toHaveProperty('account_realm.not_found')
  })

  it('keeps accounts apart, and system media for the administrator', async () => {
    const created = await app.call('PUT', '/v2/accounts', { json: { data: { name: 'Second' } } })
    const { id, api_key: apiKey } = created.envelope.data
    const { envelope } = await app.call('PUT', '/v2/api_auth', {
      token: null,
      json: { data: { api_key: apiKey } },
    })
    const token = envelope.auth_token!
    const own = `/v2/accounts/${id}/media`

    expect(created.status).toBe(201)
    expect((await app.call('PUT', own, { token, json: { data: { name: 'Mine' } } })).status).toBe(
      201,
    )
    expect((await app.call('GET', own, { token })).envelope.data).toHaveLength(1)
    expect((await app.call('GET', base, { token })).status).toBe(403)
    expect((await app.call('GET', '/v2/media', { token })).status).toBe(403)
    expect(
      (await app.call('PUT', '/v2/accounts', { token, json: { data: { name: 'Third' } } })).status,
    ).toBe(403)
    expect((await app.call('GET', '/v2/media')).envelope.data).toEqual([])
    expect((await app.call('GET', `${base}?filter_name=Mine`)).envelope.data).toEqual([])
    expect(
      (await app.call('PUT', '/v2/accounts', { json: { data: { name: 'second' } } })).envelope.data,
    ).toHaveProperty('name.unique')
  })

  it('lets tokens expire after an hour', async () => {
    let nowMs = Date.now()
    const timed = await startApp({ clock: { nowMs: () => nowMs } })
    const { api_key: apiKey } = (await timed.call('GET', `/v2/accounts/${timed.accountId}/api_key`))
      .envelope.data
    const { envelope } = await timed.call('PUT', '/v2/api_auth', {
      token: null,
      json: { data: { api_key: apiKey } },
    })
    const read = () =>
      timed.call('GET', `/v2/accounts/${timed.accountId}/media`, { token: envelope.auth_token! })

    expect((await read()).status).toBe(200)
    nowMs += 3_601_000
    expect((await read()).status).toBe(401)
    await timed.dispose()
  })

  it('refuses names this server was not given, and pages of other origins', async () => {
    const { port } = new URL(app.url)
    const { default: http } = await import('node:http')
    const status = await new Promise<number | undefined>((resolve) => {
      http.get(
        { port, path: base, headers: { host: 'evil.example', 'x-auth-token': app.launchToken } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
    })
    const foreign = await app.call('OPTIONS', base, { headers: { origin: 'http://evil.example' } })
    const own = await app.call('OPTIONS', base, { headers: { origin: app.url } })

    expect(status).toBe(403)
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
    expect(own.headers.get('access-control-allow-origin')).toBe(app.url)
  })

  it('leaves open only what has to be', async () => {
    const open = ['/v2/websockets', '/docs/json']
    for (const path of open) expect((await app.call('GET', path, { token: null })).status).toBe(200)
    const document = JSON.parse((await app.call('GET', '/docs/json')).bytes.toString())
    for (const [path, operations] of Object.entries<Record<string, { security: unknown[] }>>(
      document.paths,
    )) {
      for (const [method, { security }] of Object.entries(operations)) {
        if (security.length === 0) continue
        const called = path.replace('{account_id}', app.accountId).replaceAll(/\{\w+\}/g, 'x')
        const { status } = await app.call(method.toUpperCase(), called, { token: null })
        expect([method, path, status]).toEqual([method, path, 401])
      }
    }
  })
})
