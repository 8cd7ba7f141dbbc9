import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'

let app: TestApp

beforeEach(async () => {
  app = await startApp()
})
afterEach(() => app.dispose())

const get = async (path = '/studio/sip') => (await app.call('GET', path)).envelope.data
const change = (data: object) => app.call('PATCH', '/studio/sip', { json: { data } })

describe('an address others can reach', () => {
  const open = { bind: '0.0.0.0', authenticate_calls: false }

  it('is refused when anybody could call from there', async () => {
    const { status, envelope } = await change(open)
    expect(status).toBe(400)
    expect(envelope.data).toHaveProperty('bind.forbidden')
    expect((await get()).bind).toBe('127.0.0.1')
  })

  it.each([
    ['calls must authenticate', { bind: '0.0.0.0' }],
    ['a list of addresses says who may', { ...open, allow_list: ['192.168.0.0/16'] }],
  ])('is taken when %s', async (_why, settings) => {
    expect((await change(settings)).status).toBe(200)
    expect((await get('/studio/sip/server')).address).toMatch(/^0\.0\.0\.0:\d+$/)
  })

  it('keeps what protects it: the last protection is not taken away', async () => {
    await change({ bind: '0.0.0.0' })
    expect((await change({ authenticate_calls: false })).envelope.data).toHaveProperty(
      'bind.forbidden',
    )
  })
})

it.each([
  [{ bind: 'localhost' }, 'bind.wrong_format'],
  [{ allow_list: ['10.0.0.0/33'] }, ['allow_list.0', 'wrong_format']],
  [{ allow_list: ['::1/64/1'] }, ['allow_list.0', 'pattern']],
  [{ minimum_expires: 600, maximum_expires: 60 }, 'minimum_expires.maximum'],
  [{ port: 70_000 }, 'port.maximum'],
  [{ realm: 'two words' }, 'realm.pattern'],
])('refuses %j', async (settings, rule) => {
  const { status, envelope } = await change(settings)
  expect(status).toBe(400)
  expect(envelope.data).toHaveProperty(rule)
})

it('keeps the password of the trunk to itself, and nobody sees it among the other settings', async () => {
  await change({ trunk: { host: 'sip.example.com', username: 'us', password: 'trunk secret' } })
  await change({ trunk: { port: 5080 } })

  expect((await get()).trunk).toEqual({
    ...{ host: 'sip.example.com', port: 5080, transport: 'udp', username: 'us' },
    has_password: true,
  })
  expect(JSON.stringify(await get('/studio/settings'))).not.toContain('trunk')
  await change({ trunk: { password: '' } })
  expect((await get()).trunk.has_password).toBe(false)
})

it('is for the administrator of the installation', async () => {
  const { api_key: key } = (
    await app.call('PUT', '/v2/accounts', { json: { data: { name: 'Guests' } } })
  ).envelope.data
  const token = (await app.call('PUT', '/v2/api_auth', { json: { data: { api_key: key } } }))
    .envelope.auth_token
  const asGuest = { token: token ?? '' }

  expect((await app.call('GET', '/studio/sip', asGuest)).status).toBe(403)
  const server = await app.call('GET', '/studio/sip/server', asGuest)
  expect(server.envelope.data).toMatchObject({
    address: app.sip,
    domain: expect.stringMatching(/\.patchbay\.local$/),
  })
})

it('outlives a restart', async () => {
  await change({ realm: 'example.com', maximum_expires: 120, trunk: { password: 'secret' } })
  await app.close()
  const again = await startApp({ dataDir: app.dataDir })
  try {
    const { envelope } = await again.call('GET', '/studio/sip')
    const others = (await again.call('GET', '/studio/settings')).envelope.data
    expect(envelope.data).toMatchObject({ realm: 'example.com', maximum_expires: 120 })
    expect(envelope.data.trunk.has_password).toBe(true)
    expect(others).not.toHaveProperty('sip')
    expect(JSON.stringify([envelope, others])).not.toContain('"secret"')
  } finally {
    await again.close()
  }
})

describe('a port that is taken', () => {
  const taken = async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    return { port, free: () => new Promise((resolve) => server.close(resolve)) }
  }

  it('of the command line keeps the application from starting, with a sentence', async () => {
    const { port, free } = await taken()
    await expect(startApp({ sipPort: port })).rejects.toThrow(
      `SIP port ${port} is in use on 127.0.0.1: stop what uses it, or choose another`,
    )
    await free()
  })

  it('of the settings leaves SIP out and says so, until another is chosen', async () => {
    const { port, free } = await taken()
    // No port of the command line, so that the settings decide.
    await change({ port })
    await app.close()
    const again = await startApp({ dataDir: app.dataDir, sipPort: undefined })
    try {
      const status = (await again.call('GET', '/studio/status')).envelope.data
      expect(again.sip).toBeNull()
      expect(status.sip).toBeNull()
      expect(status.sip_problem).toContain(`SIP port ${port} is in use`)

      await again.call('PATCH', '/studio/sip', { json: { data: { port: 0 } } })
      const then = (await again.call('GET', '/studio/status')).envelope.data
      expect(then.sip).toMatch(/^127\.0\.0\.1:\d+$/)
      expect(then).not.toHaveProperty('sip_problem')
    } finally {
      await again.close()
      await free()
    }
  })
})

it('stops listening when it is switched off', async () => {
  expect((await get('/studio/status')).sip).toBe(app.sip)
  await change({ enabled: false })
  const status = await get('/studio/status')
  expect(status.sip).toBeNull()
  expect(status).not.toHaveProperty('sip_problem')
})
