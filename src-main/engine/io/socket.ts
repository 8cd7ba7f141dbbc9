import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { plainHost, reachable, type Address } from './socket-address.ts'

/** A bound UDP socket that talks to one other at a time. */
export type DatagramSocket = {
  /** Where `send` goes from now on; nowhere when undefined or out of reach. Opens the socket for everybody. */
  readonly aim: (to: Address | undefined) => void
  /** The system drops what comes from anybody else than the one it is aimed at, until the next `aim`. */
  readonly shut: () => void
  /** Taken from at once: the bytes may change afterwards. */
  readonly send: (bytes: Uint8Array) => void
  readonly close: () => Promise<void>
}

export type DatagramEvents = {
  /** The bytes belong to the receiver. */
  readonly onPacket: (bytes: Uint8Array, host: string, port: number) => void
  /** The network said that nobody receives what was sent. */
  readonly onUnreachable: () => void
}

/** For what comes while the thread sleeps or is late. */
const receiveBufferBytes = 1_048_576

/** Rejects with the system's error when the address cannot be had. */
export const openDatagramSocket = async (
  bind: Address,
  { onPacket, onUnreachable }: DatagramEvents,
): Promise<DatagramSocket> => {
  const family = isIPv6(bind.host) ? 6 : 4
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    recvBufferSize: receiveBufferBytes,
    // Hosts are IP addresses: there is nothing to look up, and nothing to wait for before each packet.
    lookup: (host, _, done) => done(null, host, family),
  })
  const listening = once(socket, 'listening')
  socket.bind({ address: bind.host, port: bind.port, exclusive: true })
  try {
    await listening
  } catch (error) {
    socket.close()
    throw error
  }
  // ECONNREFUSED arrives here as soon as the socket is connected and the other side closed its port.
  socket.on('error', onUnreachable)
  socket.on('message', (bytes, from) => onPacket(bytes, plainHost(from.address), from.port))

  let target: Address | undefined
  let isShut = false
  const isConnected = () => {
    try {
      socket.remoteAddress()
      return true
    } catch {
      return false
    }
  }
  let isOpen = true

  return {
    aim: (to) => {
      if (isShut) socket.disconnect()
      isShut = false
      const host = to && reachable(bind.host, to.host)
      target = to && host !== undefined ? { host, port: to.port } : undefined
    },
    shut: () => {
      if (isShut || !target) return
      socket.connect(target.port, target.host)
      // Done at once; where the system refuses, the socket stays open for everybody.
      isShut = isConnected()
    },
    send: (bytes) => {
      if (!isOpen || !target) return
      if (isShut) socket.send(bytes)
      else socket.send(bytes, target.port, target.host)
    },
    close: () =>
      new Promise<void>((resolve) => {
        isOpen = false
        socket.close(() => resolve())
      }),
  }
}
