import { parseAddress, parseAddresses } from '../message/address.ts'
import { valuesOf } from '../message/headers.ts'
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts'
import { isSipUri } from '../message/uri.ts'

/** What both ends of a call keep of each other (RFC 3261 §12). Never changed; steps give another one. */
export type Dialog = {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  /** From and To of our requests, with tags. */
  readonly local: string
  readonly remote: string
  readonly localSeq: number
  /** Undefined until the other side sent a request. */
  readonly remoteSeq: number | undefined
  /** Where requests go: the other side's Contact. */
  readonly target: string
  /** Values of Route. */
  readonly routes: readonly string[]
}

/**
 * The dialog of an INVITE we answer; undefined when its sender cannot be reached. What is older than the RFC may have
 * no Contact: then From is all we know.
 */
export const dialogAsServer = (request: SipRequest, localTag: string): Dialog | undefined => {
  const { uri } = request.from
  const target = contactOf(request) ?? (isSipUri(uri) ? uri.text : undefined)
  if (target === undefined) return undefined
  return {
    ...{ callId: request.callId, localTag, target },
    remoteTag: request.from.params.get('tag') ?? '',
    local: `${request.to.text};tag=${localTag}`,
    remote: request.from.text,
    localSeq: 0,
    remoteSeq: request.cseq.number,
    routes: recordedRoutes(request),
  }
}

/**
 * The dialog a response to our INVITE makes; undefined without a tag. Without a Contact, which a 2xx must have, the
 * Request-URI stays the target: an answered call that cannot be hung up would be worse.
 */
export const dialogAsClient = (
  response: SipResponse,
  { from, target }: { from: string; target: string },
): Dialog | undefined => {
  const remoteTag = response.to.params.get('tag')
  if (remoteTag === undefined) return undefined
  return {
    ...{ callId: response.callId, remoteTag, local: from, remote: response.to.text },
    localTag: response.from.params.get('tag') ?? '',
    localSeq: response.cseq.number,
    remoteSeq: undefined,
    target: contactOf(response) ?? target,
    // The other end sees the proxies in the opposite order (§12.1.2).
    routes: recordedRoutes(response).reverse(),
  }
}

/** The 2xx settles what an early dialog only supposed (§13.2.2.4). */
export const confirmed = (dialog: Dialog, response: SipResponse): Dialog => ({
  ...dialog,
  target: contactOf(response) ?? dialog.target,
  routes: recordedRoutes(response).reverse(),
})

/** The next number of our own. */
export const counted = (dialog: Dialog): Dialog => ({ ...dialog, localSeq: dialog.localSeq + 1 })

/** The dialog after a request of the other side; undefined for one that comes too late (§12.2.2). */
export const admitted = (dialog: Dialog, request: SipRequest): Dialog | undefined => {
  const { number } = request.cseq
  if (dialog.remoteSeq !== undefined && number <= dialog.remoteSeq) return undefined
  const refreshed = /^(?:INVITE|UPDATE)$/.test(request.method) ? refresh(dialog, request) : dialog
  return { ...refreshed, remoteSeq: number }
}

/** INVITE and UPDATE, and their answers, may say where the other side moved to. */
export const refresh = (dialog: Dialog, message: SipMessage): Dialog => ({
  ...dialog,
  target: contactOf(message) ?? dialog.target,
})

/** Request-URI and Route of a request within the dialog; a first proxy without `lr` wants both swapped (§12.2.1.1). */
export const routed = ({ target, routes }: Dialog): { uri: string; routes: readonly string[] } => {
  const [first, ...rest] = routes
  const uri = first === undefined ? undefined : parseAddress(first)?.uri
  if (!uri || !isSipUri(uri) || uri.params.has('lr')) return { uri: target, routes }
  return { uri: uri.text, routes: [...rest, `<${target}>`] }
}

const recordedRoutes = (message: SipMessage): string[] =>
  valuesOf(message, 'record-route').flatMap((value) =>
    (parseAddresses(value) ?? []).map(({ text }) => text),
  )

const contactOf = ({ contacts }: SipMessage): string | undefined => {
  const uri = contacts === '*' ? undefined : contacts[0]?.uri
  return uri && isSipUri(uri) ? uri.text : undefined
}
