import type { SipRequest, SipResponse } from '../message/message.ts'
import { replyPeer } from '../message/response.ts'
import { peerKey, type Peer } from '../transport/peer.ts'
import { beginClient, type ClientCommand, type ClientEvent, type ClientState } from './client.ts'
import { stepInviteClient } from './client-invite.ts'
import { stepPlainClient } from './client-plain.ts'
import { clientKey, mergeKey, serverKey } from './keys.ts'
import { createRunner, type After } from './run.ts'
import { beginServer, type ServerCommand, type ServerEvent, type ServerState } from './server.ts'
import { stepInviteServer } from './server-invite.ts'
import { stepPlainServer } from './server-plain.ts'

/** All transactions of one stack: which message belongs to which, and running them. */
export type Transactions = {
  /** A request from the wire: repeated ones are absorbed, new ones given to `onRequest`. */
  readonly takeRequest: (request: SipRequest, source: Peer) => void
  /** A response from the wire; one that answers nothing we asked is dropped. */
  readonly takeResponse: (response: SipResponse) => void
  /** The transport cannot reach the peer any more. */
  readonly takeFailure: (peer: Peer) => void
  /**
   * Sends a request; `branch` is the one in its Via. Gives how to stop waiting for it, or undefined when there are
   * too many transactions.
   */
  readonly send: (request: ClientRequest) => (() => void) | undefined
  /** The INVITE a CANCEL is about. */
  readonly inviteOf: (cancel: SipRequest) => ServerTransaction | undefined
  readonly count: () => number
}

export type ClientRequest = {
  readonly method: string
  readonly branch: string
  readonly bytes: Buffer
  readonly peer: Peer
  /** The bytes of the ACK for a response that is no 2xx. */
  readonly ackFor: (response: SipResponse) => Buffer
  readonly onResponse: (response: SipResponse) => void
  readonly onTimeout: () => void
  readonly onFailure: () => void
}

export type ServerTransaction = {
  readonly respond: (status: number, bytes: Buffer) => void
  /** No final response was given yet. */
  readonly isOpen: () => boolean
  /** An INVITE that got a final response other than 2xx. */
  readonly isRefused: () => boolean
}

export type TransactionEvents = {
  readonly onRequest: (request: SipRequest, source: Peer, transaction: ServerTransaction) => void
  /** An ACK that belongs to no refusal: it acknowledges a 2xx. */
  readonly onAck: (request: SipRequest, source: Peer) => void
  /** The request exists already on another branch: 482 is due. */
  readonly onMerged: (request: SipRequest, source: Peer) => void
  /** One transaction too many: 503 is due. */
  readonly onOverload: (request: SipRequest, source: Peer) => void
}

type Entry<E> = { readonly tell: (event: E) => void; readonly peer: Peer }

export const createTransactions = (deps: {
  send: (bytes: Buffer, to: Peer, connect: boolean) => void
  after: After
  /** How many at once. */
  limit: number
  events: TransactionEvents
}): Transactions => {
  const { send, after, limit, events } = deps
  const clients = new Map<string, Entry<ClientEvent<SipResponse>>>()
  const servers = new Map<string, Entry<ServerEvent> & { transaction: ServerTransaction }>()
  /** The transaction each request came in first. */
  const origins = new Map<string, string>()
  const count = () => clients.size + servers.size

  const openServer = (request: SipRequest, source: Peer, key: string): ServerTransaction => {
    const peer = replyPeer(request.via[0], source)
    const origin = mergeKey(request)
    const runner = createRunner<ServerState, ServerEvent, ServerCommand>({
      state: beginServer(source.transport === 'tcp'),
      step: request.method === 'INVITE' ? stepInviteServer : stepPlainServer,
      perform: (command) => {
        if (command.type === 'send') send(command.bytes, peer, false)
      },
      after,
      ended: () => {
        servers.delete(key)
        if (origins.get(origin) === key) origins.delete(origin)
      },
    })
    const transaction: ServerTransaction = {
      respond: (status, bytes) => runner.tell({ type: 'respond', status, bytes }),
      isOpen: () => /^(?:trying|proceeding)$/.test(runner.state().phase),
      isRefused: () => /^(?:completed|confirmed|terminated)$/.test(runner.state().phase),
    }
    servers.set(key, { tell: runner.tell, peer: source, transaction })
    if (!request.to.params.has('tag')) origins.set(origin, key)
    return transaction
  }

  const takeRequest = (request: SipRequest, source: Peer) => {
    const key = serverKey(request)
    const known = servers.get(key)
    if (request.method === 'ACK') {
      // Of an accepted INVITE the ACK has a branch of its own, but old clients repeat the INVITE's.
      if (known?.transaction.isRefused()) known.tell({ type: 'ack' })
      else events.onAck(request, source)
      return
    }
    if (known) {
      known.tell({ type: 'repeated' })
      return
    }
    const isOutside = !request.to.params.has('tag') && request.method !== 'CANCEL'
    if (isOutside && origins.has(mergeKey(request))) events.onMerged(request, source)
    else if (count() >= limit) events.onOverload(request, source)
    else events.onRequest(request, source, openServer(request, source, key))
  }

  const openClient = (request: ClientRequest) => {
    const { method, branch, bytes, peer } = request
    const key = `${branch} ${method}`
    const perform = (command: ClientCommand<SipResponse>) => {
      switch (command.type) {
        case 'send-request':
          send(bytes, peer, true)
          break
        case 'send-ack':
          send(request.ackFor(command.response), peer, true)
          break
        case 'deliver':
          request.onResponse(command.response)
          break
        case 'deliver-timeout':
          request.onTimeout()
          break
        case 'deliver-failure':
          request.onFailure()
          break
      }
    }
    const runner = createRunner<ClientState, ClientEvent<SipResponse>, ClientCommand<SipResponse>>({
      state: beginClient(peer.transport === 'tcp'),
      step: method === 'INVITE' ? stepInviteClient : stepPlainClient,
      perform,
      after,
      ended: () => void clients.delete(key),
    })
    clients.set(key, { tell: runner.tell, peer })
    runner.tell({ type: 'begin' })
    return () => runner.tell({ type: 'abandoned' })
  }

  return {
    takeRequest,
    takeResponse: (response) => {
      // Somebody else's Via below ours means that it was not for us (§8.1.3.3).
      if (response.via.length > 1) return
      const { status } = response
      clients.get(clientKey(response))?.tell({ type: 'response', status, response })
    },
    takeFailure: (peer) => {
      const key = peerKey(peer)
      for (const entry of [...clients.values(), ...servers.values()]) {
        if (peerKey(entry.peer) === key) entry.tell({ type: 'failed' })
      }
    },
    send: (request) => (count() >= limit ? undefined : openClient(request)),
    inviteOf: (cancel) => servers.get(serverKey(cancel, 'INVITE'))?.transaction,
    count,
  }
}
