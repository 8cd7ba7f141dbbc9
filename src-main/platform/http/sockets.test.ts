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
