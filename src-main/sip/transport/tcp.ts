import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import { createFramer } from '../message/framer.ts'
import { peerKey, plainHost, type Peer, type WireEvents } from './peer.ts'

export type ConnectionLimits = {
  /** TCP connections at once, and of one source. */
  connections: number
  connectionsPerSource: number
  /** A connection without a byte for so long is closed. */
  idleMs: number
}

type Tcp = { send: (bytes: Buffer, to: Peer, mayConnect: boolean) => void }

const keepAliveMs = 60_000

/** What a peer may leave unread before it is dropped. */
const unreadLimit = 1_048_576

/** Listens, and keeps every connection, in and out, to be used in both directions (RFC 3261 §18). */
export const openTcp = async (options: {
  scope: Scope
  log: Log
  bind: { host: string; port: number }
  limits: ConnectionLimits
  events: WireEvents
}): Promise<Tcp> => {
  const { scope, log, bind, limits, events } = options
  const connections = new Map<string, { socket: Socket; peer: Peer }>()

  const fromSource = (host: string) =>
    [...connections.values()].filter(({ peer }) => peer.host === host).length

  const keep = (socket: Socket, peer: Peer) => {
    const key = peerKey(peer)
    const framer = createFramer()
    let why = 'closed'
    connections.set(key, { socket, peer })
    const forget = scope.add(() => void socket.destroy())
    socket.setNoDelay(true)
    // Finds out about phones that lost their power.
    socket.setKeepAlive(true, keepAliveMs)
    socket.setTimeout(limits.idleMs, () => socket.destroy())
    socket.on('error', (error) => (why = error.message))
    socket.on('close', () => {
      forget()
      if (connections.get(key)?.socket === socket) connections.delete(key)
      if (!scope.signal.aborted) events.failed(peer, why)
    })
    socket.on('data', (bytes) => {
      for (const frame of framer.push(bytes)) {
        if (frame.kind === 'ping') write(socket, Buffer.from('\r\n'))
        else events.received(frame.bytes, peer)
        if (frame.kind === 'broken') {
          log.info('sip stream given up', { peer: key, reason: frame.why })
          socket.end()
        }
      }
    })
  }

  const write = (socket: Socket, bytes: Buffer) => {
    if (socket.destroyed || socket.writableEnded) return
    socket.write(bytes)
    if (socket.writableLength > unreadLimit) socket.destroy()
  }

  const server = createServer((socket) => {
    const { remoteAddress, remotePort: port } = socket
    const host = plainHost(remoteAddress ?? '')
    const isFull =
      connections.size >= limits.connections || fromSource(host) >= limits.connectionsPerSource
    if (host === '' || port === undefined || isFull) {
      socket.destroy()
      return
    }
    keep(socket, { transport: 'tcp', host, port })
  })
  scope.add(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        // It only ends when its connections have; theirs come later in the order of stopping.
        for (const { socket } of connections.values()) socket.destroy()
      }),
  )
  server.listen({ host: bind.host, port: bind.port })
  await once(server, 'listening')
  server.on('error', (error) => log.warn('tcp server', { error }))

  return {
    send: (bytes, to, mayConnect) => {
      const open = connections.get(peerKey(to))?.socket
      if (open && !open.destroyed && !open.writableEnded) {
        write(open, bytes)
        return
      }
      if (!mayConnect || scope.signal.aborted) return
      if (connections.size >= limits.connections) {
        // Later, because callers expect to be told after they have asked.
        queueMicrotask(() => events.failed(to, 'too many connections'))
        return
      }
      const socket = connect({ host: to.host, port: to.port })
      keep(socket, to)
      write(socket, bytes)
    },
  }
}
