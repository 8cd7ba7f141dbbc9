export type Transport = 'udp' | 'tcp'

/** An address on the network; the host is an IP literal. */
export type Peer = {
  readonly transport: Transport
  readonly host: string
  readonly port: number
}

/** One text for one peer, to find it again. */
export const peerKey = ({ transport, host, port }: Peer): string => `${transport} ${host} ${port}`

/** IPv4 as a socket for both families shows it, in the form everybody else uses. */
export const plainHost = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

export type WireEvents = {
  /** A datagram or a message cut from a stream. */
  readonly received: (bytes: Buffer, from: Peer) => void
  /** Nothing more can be sent there: refused, unreachable, or its connection broke. */
  readonly failed: (to: Peer, why: string) => void
}
