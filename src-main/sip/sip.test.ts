import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { createScope, type Scope } from '../platform/scope.ts'
import { createSip, type Peer, type Sip, type SipOptions, type SipRequest } from './sip.ts'
import { requestBytes } from './test/requests.ts'

let scope: Scope
beforeEach(() => (scope = createScope('test')))
afterEach(() => scope.dispose())

const start = (more: Partial<SipOptions> = {}): Promise<Sip> =>
  createSip({
    scope,
    log: silentLog,
    clock: systemClock,
    bind: { host: '127.0.0.1', port: 0 },
    realm: 'patchbay',
    product: 'Patchbay',
    ...more,
  })

it.each(['udp', 'tcp'] as const)(
  'registers over %s with the password and not without',
  async (transport) => {
    const registrar = await start()
    const seen: { user: string; source: Peer }[] = []
    registrar.handle('REGISTER', ({ authenticate, respond, source }) => {
      const user = authenticate((name) => (name === 'ann' ? 'geheim' : undefined))
      if (user === undefined) return
      seen.push({ user, source })
      respond(200, { headers: [{ name: 'Contact', value: '<sip:ann@127.0.0.1>;expires=60' }] })
    })
    const phone = await start()
    const register = (password: string) =>
      phone.request({
        method: 'REGISTER',
        uri: `sip:${registrar.address};transport=${transport}`,
        to: '<sip:ann@127.0.0.1>',
        from: '<sip:ann@127.0.0.1>',
        credentials: { username: 'ann', password },
      })

    expect(await register('geheim')).toMatchObject({ status: 200, response: { contacts: [{}] } })
    expect(await register('wrong')).toMatchObject({ status: 403 })
    expect(seen).toMatchObject([{ user: 'ann', source: { transport, host: '127.0.0.1' } }])
    if (transport === 'udp') expect(seen[0]!.source.port).toBe(phone.port)

    // Back through the connection or port the phone registered from.
    const { source } = seen[0]!
    const asked = await registrar.request({
      ...{ method: 'OPTIONS', uri: 'sip:ann@127.0.0.1', from: '<sip:a@b>', target: source },
    })
    expect(asked.status).toBe(200)
  },
)

it('bound to all addresses, names the one its peer sees', async () => {
  const server = await start()
  const everywhere = await start({ bind: { host: '0.0.0.0', port: 0 } })
  let seen: SipRequest | undefined
  server.handle('MESSAGE', ({ request, respond }) => {
    seen = request
    respond(200)
  })
  const sent = await everywhere.request({
    ...{ method: 'MESSAGE', uri: `sip:${server.address}`, from: '<sip:a@b>' },
  })

  expect([everywhere.address, sent.status]).toEqual([`0.0.0.0:${everywhere.port}`, 200])
  expect(seen!.via[0]).toMatchObject({ host: '127.0.0.1', port: everywhere.port })
})

it('answers a phone on a socket, byte by byte what the RFC wants', async () => {
  const sip = await start()
  const phone = createSocket('udp4')
  scope.add(() => void phone.close())
  const answer = once(phone, 'message')
  phone.send(requestBytes('OPTIONS'), sip.port, '127.0.0.1')
  const [text] = (await answer).map(String)

  expect(text).toMatch(
    /^SIP\/2\.0 200 OK\r\nVia: SIP\/2\.0\/UDP 192\.0\.2\.1:5062;branch=z9hG4bKphone1;received=127\.0\.0\.1;rport=\d+\r\n/,
  )
  expect(text).toContain('\r\nServer: Patchbay\r\n')
  expect(text).toMatch(/\r\nContent-Length: 0\r\n\r\n$/)
})

it('closes a stream after what it cannot frame, and says why', async () => {
  const sip = await start()
  const socket = connect({ host: '127.0.0.1', port: sip.port })
  socket.write(
    requestBytes('OPTIONS')
      .toString()
      .replace(/Content-Length: 0/, 'Content-Length: x'),
  )
  let text = ''
  socket.on('data', (bytes) => (text += bytes.toString()))
  await once(socket, 'close')

  expect(text).toMatch(/^SIP\/2\.0 400 Malformed Content-Length\r\n/)
})

it('refuses a port that is taken, and lets go of it when its scope ends', async () => {
  const own = createScope('own')
  const first = await start({ scope: own })
  const again = { bind: { host: '127.0.0.1', port: first.port } }
  await expect(start(again)).rejects.toThrow('EADDRINUSE')

  await own.dispose()

  expect((await start(again)).address).toBe(`127.0.0.1:${first.port}`)
})

it('tells who waits for an answer when it stops', async () => {
  const own = createScope('own')
  const sip = await start({ scope: own })
  const silent = createSocket('udp4')
  silent.bind(0, '127.0.0.1')
  await once(silent, 'listening')
  scope.add(() => void silent.close())
  const heard = once(silent, 'message')
  const outcome = sip.request({
    ...{ method: 'OPTIONS', from: '<sip:a@b>', uri: `sip:127.0.0.1:${silent.address().port}` },
  })
  await heard
  await own.dispose()

  expect(await outcome).toMatchObject({ status: 503, reason: 'Stopped' })
})
