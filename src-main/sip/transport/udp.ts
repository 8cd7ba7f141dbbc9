import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv4, isIPv6 } from 'node:net'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import { plainHost, type Peer, type WireEvents } from './peer.ts'

/** For bursts that come while the thread is busy. */
const receiveBufferBytes = 1_048_576

/** One socket for everything. Rejects when the address cannot be had. */
export const openUdp = async (options: {
  scope: Scope
  log: Log
  bind: { host: string; port: number }
  events: WireEvents
}): Promise<{ port: number; send: (bytes: Buffer, to: Peer) => void }> => {
  const { scope, log, bind, events } = options
  const family = isIPv6(bind.host) ? 6 : 4
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    recvBufferSize: receiveBufferBytes,
    // Peers are IP literals: there is nothing to look up.
    lookup: (host, _, done) => done(null, host, family),
  })
  let isOpen = true
  scope.add(
    () =>
      new Promise<void>((resolve) => {
        isOpen = false
        socket.close(() => resolve())
      }),
  )
  // Asked for before binding, which ends at once because nothing is looked up.
  const listening = once(socket, 'listening')
  socket.bind({ address: bind.host, port: bind.port })
  await listening

  socket.on('error', (error) => log.warn('udp socket', { error }))
  socket.on('message', (bytes, { address, port }) => {
    // Keep-alives of one, two or four bytes are no messages.
    const host = plainHost(address)
    if (bytes.length > 4) events.received(bytes, { transport: 'udp', host, port })
  })

  return {
    port: socket.address().port,
    send: (bytes, to) => {
      if (!isOpen) return
      const host = family === 6 && isIPv4(to.host) ? `::ffff:${to.host}` : to.host
      socket.send(bytes, to.port, host, (error) => {
        // One datagram that is too long says nothing about the peer.
        if (error && 'code' in error && error.code === 'EMSGSIZE') {
          log.error('sip message too long for UDP', { bytes: bytes.length })
        } else if (error) events.failed(to, error.message)
      })
    },
  }
}

/** The local address the system would send from. Connecting a datagram socket sends nothing. */
export const routeTo = async ({ host, port }: Peer): Promise<string> => {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  try {
    const connected = once(socket, 'connect')
    socket.connect(port, host)
    await connected
    return socket.address().address
  } finally {
    socket.close()
  }
}
