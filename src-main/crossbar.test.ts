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
