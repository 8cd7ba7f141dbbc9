import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { serverAfter, startPhone, type SipPhone } from '../../test/sip-phone.ts'

let app: TestApp
let base: string
let udp: SipPhone
let tcp: SipPhone

beforeAll(async () => {
  app = await startApp()
  base = `/v2/accounts/${app.accountId}/devices`
  // So that what expires can be waited for, and wrong passwords of one test do not stop another's.
  const server = await serverAfter(app, { minimum_expires: 1, failures_per_source: 1000 })
  udp = await startPhone(server, 'udp')
  tcp = await startPhone(server, 'tcp')
})
afterAll(async () => {
  udp.close()
  tcp.close()
  await app.dispose()
})

let devices = 0
const password = 'correct horse'

/** A device with a SIP user of its own. */
const device = async (more: Record<string, unknown> = {}) => {
  const user = `phone-${(devices += 1)}`
  const data = { name: user, sip: { username: user, password }, ...more }
  const { envelope } = await app.call('PUT', base, { json: { data } })
  const id: string = envelope.data.id
  return { id, user, password }
}

const registrationsOf = async (id: string) =>
  (await app.call('GET', `${base}/${id}`)).envelope.data._read_only.registrations as any[]

describe.each([
  ['UDP', () => udp],
  ['TCP', () => tcp],
])('over %s a phone', (name, phone) => {
  it('registers with the right password, and the operator sees where it is', async () => {
    const { id, user } = await device()
    const contact = phone().contact(user)
    const answer = await phone().register({
      ...{ user, password, expires: 300, contacts: [`<${contact}>`] },
      headers: ['User-Agent: Test Phone 1.0'],
    })
    const [registration] = await registrationsOf(id)

    expect(answer.status).toBe(200)
    expect(answer.all('Contact')).toEqual([`<${contact}>;expires=300`])
    expect(answer.all('Date')).toHaveLength(1)
    expect(registration).toMatchObject({
      contact,
      source: `127.0.0.1:${phone().port}`,
      transport: name.toLowerCase(),
      user_agent: 'Test Phone 1.0',
    })
    expect(registration.expires - registration.registered).toBe(300)
  })

  it('does not register with a wrong password, under a name nobody has, or switched off', async () => {
    const { user, id } = await device()
    const off = await device({ enabled: false })
    const contacts = [`<${phone().contact(user)}>`]
    const wrong = await phone().register({ user, password: 'wrong', contacts })
    const unknown = await phone().register({ user: 'nobody', password, contacts })
    const disabled = await phone().register({ ...off, contacts })

    for (const { status } of [wrong, unknown, disabled]) expect([401, 403]).toContain(status)
    expect(await registrationsOf(id)).toEqual([])
  })
})

describe('registrations', () => {
  it('are listed by devices/status and the list of devices', async () => {
    const { id, user } = await device()
    await device()
    await udp.register({ user, password, contacts: [`<${udp.contact(user)}>`] })
    const status = (await app.call('GET', `${base}/status`)).envelope.data as any[]
    const list = (await app.call('GET', `${base}?page_size=2`)).envelope.data as any[]

    expect(status.find(({ device_id: each }) => each === id)).toMatchObject({
      registered: true,
      registrations: [{ contact: udp.contact(user) }],
    })
    expect(status.every(({ registered }) => registered === true)).toBe(true)
    expect(list.map(({ registered }) => registered)).toEqual([false, true])
  })

  it('belong to a device of the account only', async () => {
    const { id, user } = await device()
    await udp.register({ user, password, contacts: [`<${udp.contact(user)}>`] })
    const other = (await app.call('PUT', '/v2/accounts', { json: { data: { name: 'Elsewhere' } } }))
      .envelope.data.id
    const status = await app.call('GET', `/v2/accounts/${other}/devices/status`)

    expect(await registrationsOf(id)).toHaveLength(1)
    expect(status.envelope.data).toEqual([])
  })

  it('of another account are made under its realm', async () => {
    const data = { name: 'Branch', realm: 'branch.example.com' }
    const branch = (await app.call('PUT', '/v2/accounts', { json: { data } })).envelope.data.id
    const path = `/v2/accounts/${branch}/devices`
    const sip = { username: 'branch-1', password }
    const made = await app.call('PUT', path, { json: { data: { name: 'Desk', sip } } })
    const request = { user: 'branch-1', password, contacts: [`<${udp.contact('branch-1')}>`] }

    expect([401, 403]).toContain((await udp.register(request)).status)
    expect((await udp.register({ ...request, domain: 'Branch.example.com' })).status).toBe(200)
    const [status] = (await app.call('GET', `${path}/status`)).envelope.data
    expect(status.device_id).toBe(made.envelope.data.id)
  })

  it('are changed by no one but the device they belong to', async () => {
    const mine = await device()
    const theirs = await device()
    const answer = await udp.register({
      ...{ user: theirs.user, proveAs: mine.user, password },
      contacts: [`<${udp.contact(mine.user)}>`],
    })
    expect(answer.status).toBe(403)
    expect(await registrationsOf(theirs.id)).toEqual([])
    expect(await registrationsOf(mine.id)).toEqual([])
  })

  it('show in the ETag of the device, so that nobody keeps an old one', async () => {
    const { id, user } = await device()
    const before = await app.call('GET', `${base}/${id}`)
    await udp.register({ user, password, contacts: [`<${udp.contact(user)}>`] })
    const etag = before.headers.get('etag') ?? ''
    const after = await app.call('GET', `${base}/${id}`, { headers: { 'if-none-match': etag } })

    expect(after.status).toBe(200)
    expect(after.envelope.revision).toBe(before.envelope.revision)
    expect(
      (
        await app.call('GET', `${base}/${id}`, {
          headers: { 'if-none-match': after.headers.get('etag') ?? '' },
        })
      ).status,
    ).toBe(304)
  })
})

describe('a registration', () => {
  const at = (port: number, more = '') => `<sip:p@127.0.0.1:${port}>${more}`
  const contactsOf = async (id: string) =>
    (await registrationsOf(id)).map(({ contact }: { contact: string }) => contact).sort()

  it('may have several contacts, each with its own end', async () => {
    const me = await device()
    const contacts = [at(5001, ';expires=100'), at(5002)]
    const answer = await udp.register({ ...me, contacts, expires: 200 })

    expect(answer.all('Contact').sort()).toEqual([
      at(5001, ';expires=100'),
      at(5002, ';expires=200'),
    ])
    expect(await contactsOf(me.id)).toEqual(['sip:p@127.0.0.1:5001', 'sip:p@127.0.0.1:5002'])
  })

  it('is refreshed by the same URI, however it is written', async () => {
    const me = await device()
    await udp.register({ ...me, contacts: ['<sip:p@Example.COM:5001;ob>'] })
    await udp.register({ ...me, contacts: ['<sip:%70@example.com:5001>'] })
    await udp.register({ ...me, contacts: ['<sip:P@example.com:5001>'] })
    expect(await contactsOf(me.id)).toEqual(['sip:%70@example.com:5001', 'sip:P@example.com:5001'])
  })

  it('has been there since it came, however often it was refreshed', async () => {
    let nowMs = Date.now()
    const own = await startApp({ clock: { nowMs: () => nowMs } })
    try {
      const path = `/v2/accounts/${own.accountId}/devices`
      const sip = { username: 'desk', password }
      await own.call('PUT', path, { json: { data: { name: 'Desk', sip } } })
      const phone = await startPhone(own.sip ?? '', 'udp')
      const request = { user: 'desk', password, contacts: [at(5001)], expires: 100 }
      await phone.register(request)
      nowMs += 60_000
      await phone.register(request)
      phone.close()
      const [{ registrations }] = (await own.call('GET', `${path}/status`)).envelope.data
      expect(registrations[0].expires - registrations[0].registered).toBe(160)
    } finally {
      await own.dispose()
    }
  })

  it('is told, and changed in nothing, by a request without a contact', async () => {
    const me = await device()
    await udp.register({ ...me, contacts: [at(5001)], expires: 100 })
    const answer = await udp.register(me)
    expect(answer.status).toBe(200)
    expect(answer.all('Contact')[0]).toMatch(/^<sip:p@127\.0\.0\.1:5001>;expires=(99|100)$/)
  })

  it('ends with expires 0: one contact, or all of them with *', async () => {
    const me = await device()
    await udp.register({ ...me, contacts: [at(5001), at(5002), at(5003)] })
    const one = await udp.register({ ...me, contacts: [at(5002, ';expires=0')] })
    expect(one.all('Contact')).toHaveLength(2)
    const all = await udp.register({ ...me, contacts: ['*'], expires: 0 })

    expect(all.status).toBe(200)
    expect(all.all('Contact')).toEqual([])
    expect(await contactsOf(me.id)).toEqual([])
  })

  it.each([
    ['* without Expires: 0', ['*'], 60],
    ['a contact that is no SIP URI', ['<tel:+15551234>'], 60],
  ])('is not changed by %s', async (_what, contacts, expires) => {
    const me = await device()
    await udp.register({ ...me, contacts: [at(5001)] })
    expect((await udp.register({ ...me, contacts, expires })).status).toBe(400)
    expect(await contactsOf(me.id)).toEqual(['sip:p@127.0.0.1:5001'])
  })

  it('lasts no longer than the settings let it, and is refused when it is too short', async () => {
    const settings = (data: object) => app.call('PATCH', '/studio/sip', { json: { data } })
    const me = await device()
    await settings({ minimum_expires: 60, maximum_expires: 600 })
    try {
      const long = await udp.register({ ...me, contacts: [at(5001)], expires: 86_400 })
      const unsaid = await udp.register({ ...me, contacts: [at(5002)] })
      const brief = await udp.register({ ...me, contacts: [at(5003), at(5004)], expires: 30 })

      expect(long.all('Contact')).toEqual([at(5001, ';expires=600')])
      expect(unsaid.all('Contact')).toContain(at(5002, ';expires=600'))
      expect(brief.status).toBe(423)
      expect(brief.all('Min-Expires')).toEqual(['60'])
      expect(await contactsOf(me.id)).toHaveLength(2)
    } finally {
      await settings({ minimum_expires: 1, maximum_expires: 3600 })
    }
  })

  it('is not undone by an older request that arrives late', async () => {
    const me = await device()
    const call = { ...me, callId: 'same-call' }
    await udp.register({ ...call, cseq: 10, contacts: [at(5001)], expires: 100 })
    const late = await udp.register({ ...call, cseq: 5, contacts: [at(5001, ';expires=0')] })
    const all = await udp.register({ ...call, cseq: 7, contacts: ['*'], expires: 0 })
    const other = await udp.register({ ...me, cseq: 1, contacts: [at(5001)], expires: 50 })

    expect([late.status, all.status]).toEqual([500, 500])
    expect(other.all('Contact')).toEqual([at(5001, ';expires=50')])
  })

  it('keeps the ten newest contacts of a device that keeps restarting', async () => {
    const me = await device()
    for (let port = 5001; port <= 5012; port += 1) {
      await udp.register({ ...me, contacts: [at(port)] })
    }
    const contacts = await contactsOf(me.id)
    expect(contacts).toHaveLength(10)
    expect(contacts).not.toContain('sip:p@127.0.0.1:5002')
    expect(contacts).toContain('sip:p@127.0.0.1:5012')
  })

  it('ends by itself when its time is up', async () => {
    const me = await device()
    await udp.register({ ...me, contacts: [at(5001)], expires: 1 })
    expect(await contactsOf(me.id)).toHaveLength(1)
    await expect.poll(() => contactsOf(me.id), { timeout: 3000 }).toEqual([])
  })

  it.each([
    ['deleted', 'DELETE', undefined],
    ['switched off', 'PATCH', { enabled: false }],
    ['given another password', 'PATCH', { sip: { password: 'battery staple' } }],
    ['given another SIP user', 'PATCH', { sip: { username: 'renamed' } }],
  ])('ends when its device is %s', async (_what, method, data) => {
    const me = await device()
    await udp.register({ ...me, contacts: [at(5001)] })
    await app.call(method, `${base}/${me.id}`, data ? { json: { data } } : {})
    const status = (await app.call('GET', `${base}/status`)).envelope.data as any[]
    expect(status.map(({ device_id: id }) => id)).not.toContain(me.id)
  })

  it('outlives a change of its device that has nothing to do with it', async () => {
    const me = await device()
    await udp.register({ ...me, contacts: [at(5001)] })
    await app.call('PATCH', `${base}/${me.id}`, { json: { data: { name: 'Hall' } } })
    expect(await contactsOf(me.id)).toHaveLength(1)
  })
})

it('is announced to windows when a phone comes, moves and goes, and not when it refreshes', async () => {
  const me = await device()
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket`)
  const heard: string[] = []
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const subscribed = new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(String(data))
      if (frame.action === 'reply') resolve()
      else if (frame.data.id === me.id) heard.push(frame.data.event)
    })
  })
  socket.send(
    JSON.stringify({
      action: 'subscribe',
      auth_token: app.launchToken,
      data: { account_id: app.accountId, binding: 'object.*.registration' },
    }),
  )
  await subscribed
  await udp.register({ ...me, contacts: ['<sip:p@127.0.0.1:5001>'] })
  await udp.register({ ...me, contacts: ['<sip:p@127.0.0.1:5001>'] })
  await tcp.register({ ...me, contacts: ['<sip:p@127.0.0.1:5001>'] })
  await udp.register({ ...me, contacts: ['*'], expires: 0 })

  await expect.poll(() => heard).toEqual(['doc_created', 'doc_edited', 'doc_deleted'])
  socket.close()
})
