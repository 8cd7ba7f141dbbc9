import { isIP } from 'node:net'
import type { Ports } from './io/ports.ts'
import type { DatagramEvents, DatagramSocket } from './io/socket.ts'
import type { Address } from './io/socket-address.ts'
import { EngineError } from './port.ts'

export type OpenSocket = (bind: Address, events: DatagramEvents) => Promise<DatagramSocket>

/** Where a leg receives: RTP on an even port, and RTCP on the next one for phones that want it apart. */
export type LegSockets = {
  readonly address: Address
  readonly rtp: DatagramSocket
  /** Undefined when somebody else has that port: calls do without RTCP then. */
  readonly openControl: (events: DatagramEvents) => Promise<DatagramSocket | undefined>
  /** Their ports are free afterwards. */
  readonly close: () => Promise<void>
}

/** Other programs have ports of the range too, but not so many in a row. */
const mostTries = 100

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
const isTaken = (error: unknown) => ['EADDRINUSE', 'EACCES'].includes(codeOf(error))

const asEngineError = (error: unknown, host: string): unknown => {
  const code = codeOf(error)
  if (['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(code)) {
    return new EngineError('bad_address', `${host} is no address of this machine`)
  }
  if (['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'].includes(code)) {
    return new EngineError('no_ports', `the system has no more sockets: ${code}`)
  }
  return error
}

/** Rejects with `EngineError` when there is no port, or the host is not ours. */
export const openLegSockets = async (deps: {
  ports: Ports
  openSocket: OpenSocket
  host: string
  events: DatagramEvents
}): Promise<LegSockets> => {
  const { ports, openSocket, host, events } = deps
  if (isIP(host) === 0) throw new EngineError('bad_address', `"${host}" is no IP address`)

  const bind = async (): Promise<{ port: number; rtp: DatagramSocket }> => {
    for (let tries = 0; tries < Math.min(mostTries, ports.count); tries += 1) {
      const port = ports.take()
      if (port === undefined) break
      try {
        return { port, rtp: await openSocket({ host, port }, events) }
      } catch (error) {
        ports.giveBack(port)
        if (!isTaken(error)) throw asEngineError(error, host)
      }
    }
    throw new EngineError('no_ports', 'all ports for audio are taken')
  }

  const { port, rtp } = await bind()
  let control: Promise<DatagramSocket | undefined> | undefined

  return {
    address: { host, port },
    rtp,
    openControl: (controlEvents) =>
      (control ??= openSocket({ host, port: port + 1 }, controlEvents).catch(() => undefined)),
    close: async () => {
      await Promise.all([rtp.close(), control?.then((socket) => socket?.close())])
      ports.giveBack(port)
    },
  }
}
