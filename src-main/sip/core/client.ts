import { answerChallenge } from '../digest/client.ts'
import type { Header } from '../message/message.ts'
import type { Wire } from '../transport/transport.ts'
import { findPeer, type Exchange } from './exchange.ts'
import { newBranch, newCallId, newTag } from './ids.ts'
import { sentByOf } from './outgoing.ts'
import type { Outcome, OutgoingRequest } from './types.ts'

/** What may not go out this way: they belong to a call. */
const ofCalls = /^(?:INVITE|ACK|CANCEL)$/

/** Sends requests outside dialogs (RFC 3261 §8.1). */
export const createClient = (deps: { wire: Wire; exchange: Exchange; product: string }) => {
  const { wire, exchange, product } = deps

  return async (request: OutgoingRequest): Promise<Outcome> => {
    const { method, uri, credentials } = request
    if (ofCalls.test(method)) throw new Error(`${method} belongs to calls`)
    const peer = await findPeer(wire, request)
    if ('status' in peer) return peer
    const host = await wire.localHost(peer)
    const from = `${request.from};tag=${newTag()}`
    const callId = newCallId(host)
    const sentBy = sentByOf({ host, port: wire.port })

    const attempt = (cseq: number, proof: readonly Header[]): Promise<Outcome> =>
      exchange(
        {
          ...{ method, uri, from, callId, cseq, sentBy, body: request.body },
          transport: peer.transport,
          branch: newBranch(),
          to: request.to ?? `<${uri}>`,
          headers: [{ name: 'User-Agent', value: product }, ...proof, ...(request.headers ?? [])],
        },
        peer,
      )

    const first = await attempt(1, [])
    const isChallenge = first.status === 401 || first.status === 407
    if (!isChallenge || !first.response || !credentials) return first
    const proof = answerChallenge(first.response, { method, uri }, credentials)
    return proof ? attempt(2, [proof]) : first
  }
}
