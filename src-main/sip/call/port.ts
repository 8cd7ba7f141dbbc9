import type { Log } from '../../platform/log.ts'
import type { Exchange } from '../core/exchange.ts'
import type { IncomingRequest } from '../core/types.ts'
import type { SipRequest } from '../message/message.ts'
import type { After } from '../transaction/run.ts'
import type { Peer } from '../transport/peer.ts'
import type { Wire } from '../transport/transport.ts'

/** What calls need of the stack below them. */
export type CallPort = {
  readonly wire: Wire
  readonly exchange: Exchange
  readonly after: After
  readonly log: Log
  readonly product: string
  /** Below 1. */
  readonly random: () => number
  /** Gives the requests of a dialog to whoever has it; the returned function takes it away. */
  readonly register: (key: string, sink: DialogSink) => () => void
}

/** Who has a dialog. */
export type DialogSink = {
  readonly take: (incoming: IncomingRequest) => void
  readonly takeAck: (request: SipRequest) => void
}

export const dialogKey = (callId: string, localTag: string, remoteTag: string): string =>
  `${callId} ${localTag} ${remoteTag}`

/** Our Contact: where the other side reaches us over the transport it uses. */
export const contactOf = (host: string, port: number, { transport }: Peer): string => {
  const bracketed = host.includes(':') ? `[${host}]` : host
  return `<sip:${bracketed}:${port}${transport === 'tcp' ? ';transport=tcp' : ''}>`
}
