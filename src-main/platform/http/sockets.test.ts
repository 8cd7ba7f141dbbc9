import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startApp, type TestApp } from '../../test/app.ts'

let app: TestApp
let base: string

beforeAll(async () => {
  app = await startApp({ socketPort: 0 })
  base = `/v2/accounts/${app.accountId}/media`
})
afterAll(() => app.dispose())

const connect = async (options: { protocol?: string; origin?: string } = {}) => {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket`, options.protocol, {
    ...(options.origin !== undefined && { origin: options.origin }),
  })
  const frames: any[] = []
  socket.on('message', (frame: Buffer) => frames.push(JSON.parse(frame.toString())))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const next = async (wanted: (frame: any) => boolean) => {
    await expect.poll(() => frames.some(wanted)).toBe(true)
    return frames.find(wanted)
  }
  let count = 0
  return {
    socket,
    frames,
    next,
    send: async (command: Record<string, unknown> | string) => {
      const requestId = `r${(count += 1)}`
      socket.send(
        typeof command === 'string'
          ? command
          : JSON.stringify({ request_id: requestId, ...command }),
      )
      return next(
        (frame) =>
          frame.action === 'reply' &&
          (typeof command === 'string' || frame.request_id === requestId),
      )
    },
  }
}

const subscription = (binding: string) => ({
  action: 'subscribe',
  auth_token: app.launchToken,
  data: { account_id: app.accountId, binding },
})

it('needs a token with the first message, and answers every mistake without closing', async () => {
  const { send, socket } = await connect()
  const errors = async (command: Record<string, unknown> | string) =>
    (await send(command)).data.errors[0]

  expect(await errors({ action: 'ping' })).toMatch(/authentication token required/)
  expect(await errors({ action: 'ping', auth_token: 'x' })).toMatch(/failed to authenticate/)
  expect(await errors({ ...subscription('object.doc_created.media'), data: {} })).toMatch(/binding/)
  expect(await errors(subscription('conference.nothing'))).toMatch(/no available subscriptions/)
  expect(
    await errors({
      ...subscription('object.*.media'),
      data: { account_id: '*', binding: 'object.*.media' },
    }),
  ).toMatch(/wildcard/)
  expect(await send({ action: 'ping', auth_token: app.launchToken })).toMatchObject({
    status: 'success',
    data: { response: 'pong' },
  })
  socket.close()
})

it('tells subscribers what happened to media, and others nothing', async () => {
  const created = await connect()
  const deleted = await connect()
  expect(await created.send(subscription('object.doc_created.media'))).toMatchObject({
    data: { subscribed: ['object.doc_created.media'] },
  })
  await deleted.send(subscription('object.doc_deleted.media'))

  const { envelope } = await app.call('PUT', base, { json: { data: { name: 'News' } } })
  const { id } = envelope.data
  await app.call('POST', `${base}/${id}`, { json: { data: { name: 'Newer' } } })
  await app.call('DELETE', `${base}/${id}`)

  const event = await created.next((frame) => frame.action === 'event')
  expect(event).toMatchObject({
    subscribed_key: 'object.doc_created.media',
    name: 'doc_created',
    data: {
      id,
      type: 'media',
      account_id: app.accountId,
      rev: envelope.revision,
      origin: envelope.request_id,
    },
  })
  await deleted.next((frame) => frame.action === 'event' && frame.name === 'doc_deleted')
  expect(created.frames.filter((frame) => frame.action === 'event')).toHaveLength(1)
})

it('forgets a binding when unsubscribed, and a session when closed', async () => {
  const { send, socket } = await connect()
  await send(subscription('object.*.media'))
  const sessions = async () =>
    (await app.call('GET', `/v2/accounts/${app.accountId}/websockets`)).envelope.data
  const before = (await sessions()).length

  const reply = await send({ action: 'unsubscribe', data: { binding: 'object.*.media' } })
  expect(reply.data).toEqual({ unsubscribed: ['object.*.media'], subscribed: [] })
  socket.close()
  await expect.poll(async () => (await sessions()).length).toBe(before - 1)
})

it('keeps the events of an account from another', async () => {
  const account = await app.call('PUT', '/v2/accounts', { json: { data: { name: 'Other' } } })
  const login = await app.call('PUT', '/v2/api_auth', {
    token: null,
    json: { data: { api_key: account.envelope.data.api_key } },
  })
  const other = await connect()
  const token = login.envelope.auth_token
  const refused = await other.send({ ...subscription('object.*.media'), auth_token: token })
  expect(refused.data.errors[0]).toMatch(/unauthorized account/)
  await other.send({ action: 'subscribe', auth_token: token, data: { binding: 'object.*.media' } })

  await app.call('PUT', base, { json: { data: { name: 'Private' } } })
  await app.call('PUT', `/v2/accounts/${account.envelope.data.id}/media`, {
    token: token!,
    json: { data: { name: 'Own' } },
  })

  const event = await other.next((frame) => frame.action === 'event')
  expect(event.data.account_id).toBe(account.envelope.data.id)
})

it('refuses subprotocols and pages of other origins', async () => {
  await expect(connect({ protocol: 'x' })).rejects.toThrow('400')
  await expect(connect({ origin: 'http://evil.example' })).rejects.toThrow('403')
  const own = await connect({ origin: app.url })
  own.socket.close()
})

it('survives upgrades of targets that are no path, and clients that reset at once', async () => {
  const { port } = new URL(app.url)
  const upgrade = (target: string) =>
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
  const answered = (target: string) =>
    new Promise<string>((resolve) => {
      const socket = connectTcp(Number(port), '127.0.0.1', () => socket.write(upgrade(target)))
      socket.once('data', (bytes) => {
        resolve(bytes.toString().split('\r\n')[0] ?? '')
        socket.resetAndDestroy()
      })
    })

  for (const target of ['//', 'http://[', 'http://a:99999/', '*']) {
    expect([target, await answered(target)]).toEqual([target, 'HTTP/1.1 404 Not Found'])
  }
  expect((await app.call('GET', base)).status).toBe(200)
})

it('drops a client that asks and never reads', async () => {
  const { socket } = await connect()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const question = JSON.stringify({ action: 'ping', request_id: 'x'.repeat(60_000) })
  socket.pause()
  // Far more than the system's buffers and ours take together.
  for (let count = 0; count < 1000; count += 1) socket.send(question)
  await expect.poll(() => socket.bufferedAmount, { timeout: 5000 }).toBe(0)
  socket.resume()
  expect(await closed).toBe(1006)
})
