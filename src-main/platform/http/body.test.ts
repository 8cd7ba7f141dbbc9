import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startMediaApp } from '../../test/media.ts'

let app: Awaited<ReturnType<typeof startMediaApp>>

beforeAll(async () => {
  app = await startMediaApp()
})
afterAll(() => app.dispose())

it.each([[[]], ['x'], [null], [5]])('demands an object as data, not %j', async (data) => {
  for (const [method, path] of [
    ['PUT', app.base],
    ['PATCH', `${app.base}/any`],
  ] as const) {
    const { status, envelope } = await app.call(method, path, { json: { data } })
    expect(status).toBe(400)
    expect(envelope.data.data.type).toMatchObject({ target: 'object', value: data })
  }
})

it('refuses what is nested deeper than can be stored', async () => {
  const nested = (depth: number) =>
    app.call('PUT', app.base, {
      body: `{"data":{"name":"\\"]]","a":${'['.repeat(depth)}${']'.repeat(depth)}}}`,
    })

  expect((await nested(150)).status).toBe(201)
  for (const depth of [300, 1500, 500_000]) {
    const { status, envelope } = await nested(depth)
    expect([depth, status]).toEqual([depth, 400])
    expect(envelope.data.json.invalid.message).toMatch(/nested/)
  }
})

it('takes no file under the name of a verb that takes none', async () => {
  const id = await app.create({ name: 'Tunnelled' })
  for (const verb of ['patch', 'delete']) {
    const { status } = await app.upload(id, 'sound', 'audio/mp3', `?verb=${verb}`)
    expect([verb, status]).toEqual([verb, 415])
  }
})

it('refuses a multipart boundary its reader cannot look for', async () => {
  const id = await app.create({ name: 'Bounded' })
  const type = `multipart/form-data; boundary=${'b'.repeat(5000)}`
  const { status, envelope } = await app.upload(id, '--b', type)
  expect(status).toBe(400)
  expect(envelope.data).toHaveProperty('file.invalid')
})

it('takes an Accept in the query for what it says, whatever that is', async () => {
  for (const accept of ['__proto__', 'constructor', ';;,', '']) {
    expect((await app.call('GET', `${app.base}?accept=${accept}`)).status).toBe(200)
  }
})

it('tells a client that reads only after it has sent everything what is wrong', async () => {
  const { port } = new URL(app.url)
  const size = 20_000_000
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `POST ${app.base}/x/raw HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Auth-Token: ${app.launchToken}\r\nContent-Type: audio/x-wav\r\nContent-Length: ${size}\r\n\r\n`,
      )
      socket.write(Buffer.alloc(size), () => socket.once('data', (bytes) => resolve(String(bytes))))
    })
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
})
