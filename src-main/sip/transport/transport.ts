import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPortTaken } from '../../platform/port.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Peer, WireEvents } from './peer.ts'
import { openTcp, type ConnectionLimits } from './tcp.ts'
import { openUdp, routeTo } from './udp.ts'

/** Bytes to and from peers: the only part of the stack that does I/O. */
export type Wire = {
  readonly host: string
  readonly port: number
  /**
   * Sends; what cannot be sent is told to `failed`. With `connect` a TCP connection is opened when there is none,
   * without it (responses) only one that is open is used.
   */
  readonly send: (bytes: Buffer, to: Peer, connect: boolean) => void
  /** The IP address of a host; rejects when it has none. */
  readonly resolve: (host: string) => Promise<string>
  /** The address of this machine that a peer sees, also when bound to all of them. */
  readonly localHost: (to: Peer) => Promise<string>
}

export type WireOptions = {
  scope: Scope
  log: Log
  bind: { host: string; port: number }
  limits: ConnectionLimits
  events: WireEvents
}

/** How often another free port is tried when TCP does not have the one UDP got. */
const attempts = 10

/** All IP addresses of a host; none when it has none. */
export const addressesOf = (host: string): Promise<readonly string[]> =>
  lookup(host, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  )

/**
 * Opens UDP and TCP on one address and port. Rejects when that is taken or not of this machine, with nothing
 * left open.
 */
export const openWire = async (options: WireOptions): Promise<Wire> => {
  const { bind } = options
  for (let attempt = 1; ; attempt += 1) {
    const scope = options.scope.child('wire')
    try {
      const udp = await openUdp({ ...options, scope })
      const tcp = await openTcp({ ...options, scope, bind: { ...bind, port: udp.port } })
      return {
        host: bind.host,
        port: udp.port,
        send: (bytes, to, connect) => {
          if (to.transport === 'udp') udp.send(bytes, to)
          else tcp.send(bytes, to, connect)
        },
        localHost: (to) =>
          /^(?:0\.0\.0\.0|::)$/.test(bind.host) ? routeTo(to) : Promise.resolve(bind.host),
        resolve: async (host) => (isIP(host) > 0 ? host : (await lookup(host)).address),
      }
    } catch (error) {
      await scope.dispose()
      const isUnlucky = bind.port === 0 && isPortTaken(error)
      if (!isUnlucky || attempt === attempts) throw error
    }
  }
}
