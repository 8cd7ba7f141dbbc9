import { createSocket, type Socket as Udp } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../platform/log.ts'
import { createScope, type Scope } from '../../platform/scope.ts'
import { until } from '../../test/tools.ts'
import type { Peer } from './peer.ts'
import { openWire, type Wire } from './transport.ts'

const limits = { connections: 4, connectionsPerSource: 3, idleMs: 10_000 }
let scope: Scope
let received: { text: string; from: Peer }[]
let failed: { to: Peer; why: string }[]
let sockets: Socket[]

beforeEach(() => {
  scope = createScope('test')
  received = []
  failed = []
  sockets = []
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await scope.dispose()
})

const open = (more: Partial<typeof limits> = {}, port = 0): Promise<Wire> =>
  openWire({
    scope,
    log: silentLog,
    bind: { host: '127.0.0.1', port },
    limits: { ...limits, ...more },
    events: {
      received: (bytes, from) => {
        // Sound (RFC 3550 §5.1: version 2) for the port's former owner, in a test beside this one.
        if ((bytes[0] ?? 0) >> 6 === 2) return
        received.push({ text: bytes.toString(), from })
      },
      failed: (to, why) => failed.push({ to, why }),
    },
  })

const dial = async (port: number): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port })
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}
const message = 'OPTIONS sip:a SIP/2.0\r\nContent-Length: 2\r\n\r\nhi'

it('hears datagrams and streams on one port and answers where they came from', async () => {
  const wire = await open()
  const udp: Udp = createSocket('udp4')
  scope.add(() => void udp.close())
  const back = once(udp, 'message')
  udp.send(message, wire.port, '127.0.0.1')
  await until(() => received.length === 1)
  wire.send(Buffer.from('answer'), received[0]!.from, false)
  expect(String((await back)[0])).toBe('answer')

  const tcp = await dial(wire.port)
  tcp.write(message + message.slice(0, 10))
  await until(() => received.length === 2)
  tcp.write(message.slice(10))
  await until(() => received.length === 3)
  expect(received.map(({ text, from }) => [text, from.transport])).toEqual([
    [message, 'udp'],
    [message, 'tcp'],
    [message, 'tcp'],
  ])
  wire.send(Buffer.from('over the same connection'), received[2]!.from, false)
  expect(String((await once(tcp, 'data'))[0])).toBe('over the same connection')
})

it('opens a connection for a request and uses it again, both ways', async () => {
  const wire = await open()
  const server = createServer()
  const accepted: Socket[] = []
  server.on('connection', (socket) => accepted.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.add(() => void server.close())
  const peer: Peer = {
    transport: 'tcp',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
  }

  wire.send(Buffer.from('one '), peer, true)
  wire.send(Buffer.from('two'), peer, false)
  await until(() => accepted.length === 1)
  let text = ''
  accepted[0]!.on('data', (bytes) => (text += bytes.toString()))
  await until(() => text === 'one two')
  accepted[0]!.write(message)
  await until(() => received.length === 1)

  expect(received[0]).toEqual({ text: message, from: peer })
  accepted[0]!.destroy()
  await until(() => failed.length === 1)
  expect(failed[0]!.to).toEqual(peer)
})

it('tells when nobody is there, and blames no peer for a message of ours', async () => {
  const wire = await open()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')

  wire.send(Buffer.from(message), { transport: 'tcp', host: '127.0.0.1', port }, true)
  wire.send(Buffer.alloc(70_000), { transport: 'udp', host: '127.0.0.1', port }, true)
  wire.send(Buffer.from(message), { transport: 'udp', host: '255.255.255.255', port }, true)
  await until(() => failed.length === 2)

  expect(failed.map(({ why }) => why).sort()).toEqual([
    expect.stringContaining('ECONNREFUSED'),
    expect.stringContaining('EACCES'),
  ])
})

it('closes connections beyond the limit of their source, idle ones and broken ones', async () => {
  const wire = await open({ connectionsPerSource: 2, idleMs: 150 })
  const first = await dial(wire.port)
  const second = await dial(wire.port)
  const third = await dial(wire.port)
  await once(third, 'close')
  expect([first.destroyed, second.destroyed]).toEqual([false, false])

  second.write('OPTIONS sip:a SIP/2.0\r\n\r\n')
  second.resume()
  await once(second, 'end')
  expect(received).toHaveLength(1)
  first.resume()
  await once(first, 'close')
})

it('answers a ping on a stream and ignores keep-alives on UDP', async () => {
  const wire = await open()
  const udp = createSocket('udp4')
  scope.add(() => void udp.close())
  udp.send('\r\n\r\n', wire.port, '127.0.0.1')
  const tcp = await dial(wire.port)
  tcp.write('\r\n\r\n')

  expect(String((await once(tcp, 'data'))[0])).toBe('\r\n')
  expect(received).toEqual([])
})

it('leaves nothing open when the port is taken, and closes everything with its scope', async () => {
  const wire = await open()
  await expect(open({}, wire.port)).rejects.toThrow('EADDRINUSE')
  const tcp = await dial(wire.port)

  await scope.dispose()
  await once(tcp, 'close')
  wire.send(Buffer.from('late'), { transport: 'udp', host: '127.0.0.1', port: 9 }, true)

  scope = createScope('again')
  expect((await open({}, wire.port)).port).toBe(wire.port)
})
