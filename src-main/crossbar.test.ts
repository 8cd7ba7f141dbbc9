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

const put = (data: unknown) => app.call('PUT', base, { json: { data } })

describe('envelopes', () => {
  it('frame a creation with 201, a Location, a revision and nothing but application/json', async () => {
    const { status, headers, envelope } = await put({
      name: 'File',
      ui_metadata: { origin: 'x' },
      _private: 1,
      pvt_x: 2,
    })

    expect(status).toBe(201)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('location')).toBe(`${base}/${envelope.data.id}`)
    expect(headers.get('x-request-id')).toBe(envelope.request_id)
    expect(envelope).toMatchObject({
      status: 'success',
      auth_token: app.launchToken,
      version: '0.1.0',
    })
    expect(envelope.revision).toMatch(/^1-[0-9a-f]{32}$/)
    expect(envelope.data).toMatchObject({ name: 'File', ui_metadata: { origin: 'x' } })
    expect(envelope.data).not.toHaveProperty('_private')
    expect(envelope.data).not.toHaveProperty('pvt_x')
  })

  it('answer broken JSON with the documented 400', async () => {
    const { status, envelope } = await app.call('PUT', base, { body: '{"data":{"name":"File",}}' })

    expect(status).toBe(400)
    expect(envelope).toMatchObject({
      status: 'error',
      error: '400',
      data: { json: { invalid: { target: 'body' } } },
    })
  })

  it('take curl -d bodies, bodies without a type and odd types for JSON', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'garbage']) {
      const { status } = await app.call('PUT', base, {
        body: '{"data":{"name":"Typed"}}',
        headers: { 'content-type': type },
      })
      expect([type, status]).toEqual([type, 201])
    }
  })

  it('demand data, and say so by path and rule', async () => {
    const { status, envelope } = await app.call('PUT', base, { body: '{"action":"lock"}' })
    expect(status).toBe(400)
    expect(envelope.data).toHaveProperty('data.required')
  })

  it('echo a given request id', async () => {
    const { envelope } = await app.call('GET', base, { headers: { 'x-request-id': 'abc-1' } })
    expect(envelope.request_id).toBe('abc-1')
  })
})

describe('validation', () => {
  it('keys violations by dotted path and rule, with the facts of each', async () => {
    const { status, envelope } = await put({
      description: '',
      media_source: 'radio',
      tts: { voice: 'robot', text: '' },
    })

    expect(status).toBe(400)
    expect(envelope.data.name.required).toMatchObject({ value: 'name' })
    expect(envelope.data.description.minLength).toMatchObject({ target: 1 })
    expect(envelope.data.media_source.enum.target).toEqual(['recording', 'upload', 'tts'])
    expect(envelope.data['tts.voice'].enum).toMatchObject({ value: 'robot' })
    expect(envelope.data['tts.text'].minLength.message).toMatch(/at least 1/)
  })

  it('reads "true" and "5" where a boolean or number is wanted, and refuses what reads as neither', async () => {
    const good = await put({ name: 'Coerced', streamable: 'false' })
    const bad = await put({ name: 'Bad', streamable: 'maybe' })

    expect(good.envelope.data.streamable).toBe(false)
    expect(bad.envelope.data.streamable.type).toMatchObject({ value: 'maybe' })
  })

  it('refuses a name of 10,000 characters', async () => {
    const { status, envelope } = await put({ name: 'x'.repeat(10_000) })
    expect(status).toBe(400)
    expect(envelope.data.name.maxLength.target).toBe(128)
  })
})

describe('status codes', () => {
  it.each([
    ['GET', '/v2/nothing', 404, 'not_found'],
    ['GET', '/v1/accounts', 410, 'gone'],
    ['GET', '/v2/accounts/xyz/media', 404, 'bad_identifier'],
    ['GET', `/v2/accounts/${'0'.repeat(32)}/media`, 404, 'bad_identifier'],
    ['GET', 'BASE/unknown', 404, 'bad_identifier'],
    ['GET', 'BASE/%00', 404, 'bad_identifier'],
    ['GET', `BASE/${'x'.repeat(3000)}`, 404, 'bad_identifier'],
    ['GET', 'BASE/%zz', 400, 'parse_error'],
    ['PATCH', 'BASE', 405, 'invalid_method'],
  ])('%s %.40s is %i %s', async (method, path, status, message) => {
    const answer = await app.call(method, path.replace('BASE', base))
    expect(answer.status).toBe(status)
    expect(answer.envelope).toMatchObject({ status: 'error', error: String(status), message })
  })

  it('name the allowed verbs with a 405', async () => {
    const { headers } = await app.call('PATCH', base)
    expect(headers.get('allow')).toBe('GET, PUT')
  })

  it('refuse bodies over the limit with its size', async () => {
    const { status, envelope } = await app.call('PUT', base, { body: 'x'.repeat(8_000_001) })
    expect(status).toBe(413)
    expect(envelope.data.file.maxSize.target).toBe(8_000_000)
  })
})

describe('tunnelling', () => {
  it('lets POST stand for another verb, in the body or the query', async () => {
    const { envelope } = await app.call('POST', base, {
      json: { verb: 'PUT', data: { name: 'Tunnelled' } },
    })
    const removed = await app.call('POST', `${base}/${envelope.data.id}?verb=delete`)

    expect(removed.status).toBe(200)
    expect(removed.envelope.data._read_only.deleted).toBe(true)
  })

  it('lets a query stand for Accept', async () => {
    const { headers, bytes } = await app.call('GET', `${base}?accept=csv&filter_name=Typed`, {
      headers: { 'x-file-name': 'typed.csv' },
    })
    expect(headers.get('content-disposition')).toBe('attachment; filename="typed.csv"')
    expect(headers.get('content-type')).toBe('text/csv')
    expect(bytes.toString().split('\r\n')[0]).toBe('id,name,media_source,language,is_prompt')
  })
})

describe('the OpenAPI document', () => {
  it('names what lists take, and files where files are taken', async () => {
    const { paths } = JSON.parse((await app.call('GET', '/docs/json')).bytes.toString())
    const media = paths['/v2/accounts/{account_id}/media']
    const raw = paths['/v2/media/{media_id}/raw']

    expect(media.get.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['page_size', 'start_key', 'filter_{key}', 'key_missing']),
    )
    expect(Object.keys(raw.post.requestBody.content)).not.toContain('application/json')
  })
})

describe('conditional requests', () => {
  it('answer 304 to a GET whose ETag is known, and never to anything else', async () => {
    const { envelope } = await put({ name: 'Tagged' })
    const path = `${base}/${envelope.data.id}`
    const etag = `"${envelope.revision}"`

    expect((await app.call('GET', path)).headers.get('etag')).toBe(etag)
    expect((await app.call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    const post = await app.call('POST', path, {
      json: { data: { name: 'Tagged' } },
      headers: { 'if-none-match': etag },
    })
    expect(post.status).toBe(200)
    expect(post.envelope.revision).toMatch(/^2-/)
  })

  it('refuse a change made on an old revision', async () => {
    const { envelope } = await put({ name: 'Raced' })
    const path = `${base}/${envelope.data.id}`
    const change = (name: string) =>
      app.call('POST', path, {
        json: { data: { name } },
        headers: { 'if-match': `"${envelope.revision}"` },
      })

    expect((await change('First')).status).toBe(200)
    expect(await change('Second')).toMatchObject({
      status: 409,
      envelope: { message: 'datastore_conflict' },
    })
    expect((await app.call('GET', path)).envelope.data.name).toBe('First')
  })
})

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
