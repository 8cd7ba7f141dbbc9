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

/** A request and its transaction, as its handler sees them; `cancel` is what a CANCEL does. */
export const openIncoming = (deps: {
  log: Log
  after: After
  digest: ReturnType<typeof createDigestServer>
  product: string
  request: SipRequest
  source: Peer
  transaction: ServerTransaction
}): IncomingRequest & { cancel: () => void } => {
  const { log, after, digest, product, request, source, transaction } = deps
  const { method } = request
  const ownTag = newTag()
  const cancelling = new AbortController()

  const respond = (status: number, answer: Answer = {}) => {
    if (cancelling.signal.aborted) return
    if (!transaction.isOpen()) throw new Error(`a second final response (${status}) to ${method}`)
    const headers = [{ name: 'Server', value: product }, ...(answer.headers ?? [])]
    const toTag = status === 100 ? undefined : ownTag
    const parts = { ...answer, status, toTag, headers }
    transaction.respond(status, responseTo(request, source, parts))
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
    after(patience, () => {
      if (!transaction.isOpen()) return
      log.error('sip request without an answer', { method })
      respond(500)
    })
  }
  return { request, source, cancelled: cancelling.signal, authenticate, respond, cancel }
}
