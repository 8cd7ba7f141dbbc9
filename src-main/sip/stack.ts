import { createCalls, type Calls } from './call/calls.ts'
import type { CallHandler, InviteRequest, OutgoingCall } from './call/types.ts'
import type { Log } from '../platform/log.ts'
import type { Algorithm } from './digest/hash.ts'
import { createDigestServer, type DigestLimits } from './digest/server.ts'
import { readMessage } from './message/parse.ts'
import type { After } from './transaction/run.ts'
import { createTransactions, type Transactions } from './transaction/transactions.ts'
import type { Peer, WireEvents } from './transport/peer.ts'
import type { Wire } from './transport/transport.ts'
import { createClient } from './core/client.ts'
import { createExchange } from './core/exchange.ts'
import { createServer } from './core/server.ts'
import type { Outcome, OutgoingRequest, RequestHandler } from './core/types.ts'

/** Everything above the wire: what comes from it goes to transactions, and what is new to whoever handles it. */
export type Stack = WireEvents & {
  readonly handle: (method: string, handler: RequestHandler) => () => void
  readonly request: (request: OutgoingRequest) => Promise<Outcome>
  readonly answer: (handler: CallHandler) => () => void
  readonly invite: (request: InviteRequest) => OutgoingCall
  /** Transactions and dialogs that live. */
  readonly count: () => number
}

export const createStack = (deps: {
  wire: Wire
  log: Log
  nowMs: () => number
  after: After
  stopped: AbortSignal
  realm: string
  product: string
  limits: DigestLimits & { transactions: number }
  algorithms: readonly Algorithm[]
}): Stack => {
  const { wire, log, nowMs, stopped, realm, product, limits, algorithms } = deps
  /** A bug in one request must not end the process that carries all calls. */
  const guarded = (run: () => void) => {
    try {
      run()
    } catch (error) {
      log.error('sip failed on a message', { error })
    }
  }
  const after: After = (ms, run) => deps.after(ms, () => guarded(run))
  const digest = createDigestServer({ realm, nowMs, limits, algorithms })
  const server = createServer({
    ...{ log, after, digest, product, send: wire.send },
    transactions: () => transactions,
    takeWithin: (incoming) => calls.take(incoming),
  })
  const transactions: Transactions = createTransactions({
    send: wire.send,
    after,
    limit: limits.transactions,
    events: {
      onRequest: server.takeRequest,
      onAck: (request) => calls.takeAck(request),
      onMerged: server.refuseMerged,
      onOverload: server.refuseOverload,
    },
  })
  const exchange = createExchange({ transactions, stopped })
  const calls: Calls = createCalls({ wire, exchange, after, log, product, random: Math.random })

  const take = (bytes: Buffer, from: Peer) => {
    const reading = readMessage(bytes, from.transport === 'udp' ? 'datagram' : 'stream')
    switch (reading.kind) {
      case 'dropped':
        log.debug('sip message dropped', { from: from.host, reason: reading.why })
        break
      case 'refused':
        log.debug('sip message refused', { from: from.host, reason: reading.reason })
        server.refuseReading(reading, from)
        break
      case 'message':
        if (reading.message.kind === 'request') transactions.takeRequest(reading.message, from)
        else transactions.takeResponse(reading.message)
        break
    }
  }

  return {
    handle: server.handle,
    request: createClient({ wire, product, exchange }),
    answer: (handler) => server.takeInvites((incoming) => calls.takeInvite(incoming, handler)),
    invite: calls.invite,
    received: (bytes, from) => guarded(() => take(bytes, from)),
    failed: (to, why) => {
      log.debug('sip peer lost', { peer: to.host, reason: why })
      guarded(() => transactions.takeFailure(to))
    },
    count: () => transactions.count() + calls.count(),
  }
}
