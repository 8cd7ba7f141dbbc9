import type { Log } from '../../platform/log.ts'
import type { createDigestServer } from '../digest/server.ts'
import type { SipRequest } from '../message/message.ts'
import { responseTo } from '../message/response.ts'
import { patience } from '../transaction/machine.ts'
import type { After } from '../transaction/run.ts'
import type { ServerTransaction } from '../transaction/transactions.ts'
import type { Peer } from '../transport/peer.ts'
import { newTag } from './ids.ts'
import type { Answer, IncomingRequest } from './types.ts'

/** A request and its transaction: what its handler sees, and what only the stack does with it. */
export type Incoming = IncomingRequest & {
  /** What a CANCEL does. */
  readonly cancel: () => void
  /** Ours in To, when the request has none. */
  readonly tag: string
}

export const openIncoming = (deps: {
  log: Log
  after: After
  digest: ReturnType<typeof createDigestServer>
  product: string
  request: SipRequest
  source: Peer
  transaction: ServerTransaction
  /** Ours in To; a new one when missing. */
  tag?: string | undefined
  /** A final response was given. */
  ended?: (tag: string) => void
}): Incoming => {
  const { log, after, digest, product, request, source, transaction } = deps
  const { method } = request
  const ownTag = deps.tag ?? newTag()
  const cancelling = new AbortController()
  let accepted: number | undefined
  let forgetPatience: (() => void) | undefined

  const respond = (status: number, answer: Answer = {}) => {
    if (cancelling.signal.aborted) return
    // A call repeats its 2xx until the ACK.
    const isRepeated = method === 'INVITE' && accepted === status
    if (!transaction.isOpen() && !isRepeated) {
      throw new Error(`a second final response (${status}) to ${method}`)
    }
    if (status >= 200 && status < 300) accepted = status
    const headers = [{ name: 'Server', value: product }, ...(answer.headers ?? [])]
    const toTag = status === 100 ? undefined : ownTag
    const parts = { ...answer, status, toTag, headers }
    transaction.respond(status, responseTo(request, source, parts))
    if (status < 200) return
    forgetPatience?.()
    deps.ended?.(ownTag)
  }

  const authenticate: IncomingRequest['authenticate'] = (passwordOf) => {
    const verdict = digest(request, source.host, passwordOf)
    if (verdict.kind === 'accepted') return verdict.username
    log.debug('sip not authenticated', { from: source.host, status: verdict.status })
    respond(verdict.status, { headers: verdict.headers })
    return undefined
  }

  const cancel = () => {
    if (method !== 'INVITE' || !transaction.isOpen()) return
    respond(487)
    cancelling.abort()
  }

  if (method === 'INVITE') respond(100)
  else {
    // Nothing else would end it: a transaction waits for its answer as long as it takes.
    forgetPatience = after(patience, () => {
      log.error('sip request without an answer', { method })
      respond(500)
    })
  }
  const cancelled = cancelling.signal
  return { request, source, cancelled, authenticate, respond, cancel, tag: ownTag }
}
