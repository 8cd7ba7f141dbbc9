import { answerChallenge } from '../digest/client.ts'
import type { Header, SipResponse } from '../message/message.ts'
import { reasonOf } from '../message/reasons.ts'
import type { Transactions } from '../transaction/transactions.ts'
import type { Peer } from '../transport/peer.ts'
import type { Wire } from '../transport/transport.ts'
import { newBranch, newCallId, newTag } from './ids.ts'
import { ackOf, placeOf, requestOfParts, sentByOf } from './outgoing.ts'
import type { Outcome, OutgoingRequest } from './types.ts'

const local = (status: number, reason = reasonOf(status)): Outcome => ({
  status,
  reason,
  response: undefined,
})

/** What may not go out this way: they belong to a call. */
const ofCalls = /^(?:INVITE|ACK|CANCEL)$/

/** Sends requests outside dialogs (RFC 3261 §8.1). */
export const createClient = (deps: {
  wire: Wire
  transactions: Transactions
  product: string
  /** Aborted when the stack stops: whoever waits is told. */
  stopped: AbortSignal
}) => {
  const { wire, transactions, product, stopped } = deps

  const findPeer = async (request: OutgoingRequest): Promise<Peer | Outcome> => {
    if (request.target) return request.target
    const place = placeOf(request.uri)
    if (!place) return local(416, `No way to send to ${request.uri}`)
    try {
      return { ...place, host: await wire.resolve(place.host) }
    } catch {
      return local(503, `${place.host} has no address`)
    }
  }

  return async (request: OutgoingRequest): Promise<Outcome> => {
    const { method, uri, credentials } = request
    if (ofCalls.test(method)) throw new Error(`${method} is sent by calls`)
    const peer = await findPeer(request)
    if ('status' in peer) return peer
    const host = await wire.localHost(peer)
    const from = `${request.from};tag=${newTag()}`
    const callId = newCallId(host)
    const sentBy = sentByOf({ host, port: wire.port })

    const attempt = (cseq: number, proof: readonly Header[]): Promise<Outcome> =>
      new Promise((resolve) => {
        const parts = {
          ...{ method, uri, from, callId, cseq, sentBy },
          transport: peer.transport,
          branch: newBranch(),
          to: request.to ?? `<${uri}>`,
          headers: [{ name: 'User-Agent', value: product }, ...proof, ...(request.headers ?? [])],
          body: request.body,
        }
        const stop = () => resolve(local(503, 'Stopped'))
        stopped.addEventListener('abort', stop)
        const end = (outcome: Outcome) => {
          stopped.removeEventListener('abort', stop)
          resolve(outcome)
        }
        const isSent =
          !stopped.aborted &&
          transactions.send({
            ...{ method, peer, branch: parts.branch },
            bytes: requestOfParts(parts),
            ackFor: (response) => ackOf(parts, response),
            onResponse: (response) => {
              if (response.status >= 200) end(outcomeOf(response))
            },
            onTimeout: () => end(local(408)),
            onFailure: () => end(local(503)),
          })
        if (!isSent) end(local(503, stopped.aborted ? 'Stopped' : 'Too many transactions'))
      })

    const first = await attempt(1, [])
    const isChallenge = first.status === 401 || first.status === 407
    if (!isChallenge || !first.response || !credentials) return first
    const proof = answerChallenge(first.response, { method, uri }, credentials)
    return proof ? attempt(2, [proof]) : first
  }
}

const outcomeOf = (response: SipResponse): Outcome => ({
  status: response.status,
  reason: response.reason,
  response,
})
