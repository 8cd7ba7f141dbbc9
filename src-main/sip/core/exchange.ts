import type { SipResponse } from '../message/message.ts'
import { reasonOf } from '../message/reasons.ts'
import type { Transactions } from '../transaction/transactions.ts'
import type { Peer } from '../transport/peer.ts'
import type { Wire } from '../transport/transport.ts'
import { ackOf, placeOf, requestOfParts, type RequestParts } from './outgoing.ts'
import type { Outcome } from './types.ts'

/** Sends one request and waits for its end; never rejects. */
export type Exchange = (
  parts: RequestParts,
  peer: Peer,
  /** Sees every response, provisional and repeated ones too. */
  onResponse?: (response: SipResponse) => void,
  /** Gets how to stop waiting. */
  onSent?: (abandon: () => void) => void,
) => Promise<Outcome>

export const createExchange =
  (deps: {
    transactions: Transactions
    /** Aborted when the stack stops: whoever waits is told. */
    stopped: AbortSignal
  }): Exchange =>
  (parts, peer, onResponse, onSent) =>
    new Promise((resolve) => {
      const { transactions, stopped } = deps
      const stop = () => resolve(localOutcome(503, 'Stopped'))
      stopped.addEventListener('abort', stop)
      const end = (outcome: Outcome) => {
        stopped.removeEventListener('abort', stop)
        resolve(outcome)
      }
      if (stopped.aborted) {
        stop()
        return
      }
      const abandon = transactions.send({
        ...{ method: parts.method, branch: parts.branch, peer },
        bytes: requestOfParts(parts),
        ackFor: (response) => ackOf(parts, response),
        onResponse: (response) => {
          onResponse?.(response)
          if (response.status >= 200) end(outcomeOf(response))
        },
        onTimeout: () => end(localOutcome(408)),
        onFailure: () => end(localOutcome(503)),
      })
      if (!abandon) {
        end(localOutcome(503, 'Too many transactions'))
        return
      }
      onSent?.(() => {
        abandon()
        end(localOutcome(487))
      })
    })

/** An end nobody sent (RFC 3261 §8.1.3.1). */
export const localOutcome = (status: number, reason = reasonOf(status)): Outcome => ({
  status,
  reason,
  response: undefined,
})

const outcomeOf = (response: SipResponse): Outcome => ({
  status: response.status,
  reason: response.reason,
  response,
})

/** Where a request goes; an outcome when it cannot go anywhere. */
export const findPeer = async (
  wire: Wire,
  { uri, target }: { uri: string; target?: Peer | undefined },
): Promise<Peer | Outcome> => {
  if (target) return target
  const place = placeOf(uri)
  if (!place) return localOutcome(416, `No way to send to ${uri}`)
  try {
    return { ...place, host: await wire.resolve(place.host) }
  } catch {
    return localOutcome(503, `${place.host} has no address`)
  }
}
