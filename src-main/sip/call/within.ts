import { findPeer } from '../core/exchange.ts'
import { newBranch } from '../core/ids.ts'
import { requestOfParts, sentByOf, type RequestParts } from '../core/outgoing.ts'
import type { Outcome } from '../core/types.ts'
import { answerChallenge } from '../digest/client.ts'
import { admitted, counted, refresh, routed, type Dialog } from '../dialog/dialog.ts'
import type { Header, SipMessage, SipRequest, SipResponse } from '../message/message.ts'
import { isSipUri } from '../message/uri.ts'
import type { Peer } from '../transport/peer.ts'
import { contactOf, type CallPort } from './port.ts'

export type Content = { readonly headers?: readonly Header[]; readonly body?: Buffer | undefined }

/** Requests within one dialog. */
export type Within = {
  readonly dialog: () => Dialog
  readonly contact: string
  readonly replace: (dialog: Dialog) => void
  /** Takes note of a request of the other side; false when it comes too late. */
  readonly admit: (request: SipRequest) => boolean
  /** Sends a request; a re-INVITE is acknowledged here. */
  readonly send: (method: string, content?: Content) => Promise<Outcome>
  /** Sends the ACK of a 2xx with that number. */
  readonly ack: (cseq: number) => Promise<void>
}

export const createWithin = (
  port: CallPort,
  options: {
    dialog: Dialog
    /** Our address as the other side sees it. */
    host: string
    /** Where everything goes, whatever Contact says; undefined to follow Contact and routes. */
    flow: Peer | undefined
    /** Where the call began: what Contact's transport is written for. */
    peer: Peer
    /** Answers one 401 or 407 to each request. */
    credentials?: { username: string; password: string } | undefined
  },
): Within => {
  const { wire, exchange, product } = port
  const { host, flow, peer, credentials } = options
  const contact = contactOf(host, wire.port, peer)
  let dialog = options.dialog

  const partsOf = (
    method: string,
    cseq: number,
    to: Peer,
    { headers = [], body }: Content,
  ): RequestParts => {
    const { uri, routes } = routed(dialog)
    return {
      ...{ method, uri, cseq, body, callId: dialog.callId, from: dialog.local, to: dialog.remote },
      transport: to.transport,
      sentBy: sentByOf({ host, port: wire.port }),
      branch: newBranch(),
      headers: [
        ...routes.map((value) => ({ name: 'Route', value })),
        { name: 'User-Agent', value: product },
        ...(/^(?:INVITE|UPDATE)$/.test(method) ? [{ name: 'Contact', value: contact }] : []),
        ...headers,
      ],
    }
  }

  const nextHop = () => {
    const { uri, routes } = routed(dialog)
    const hop = routes[0] === undefined ? uri : routes[0].replace(/^[^<]*<([^>]*)>.*$/, '$1')
    return findPeer(wire, { uri: hop, target: flow })
  }

  const ack = async (cseq: number): Promise<void> => {
    const hop = await nextHop()
    if ('status' in hop) return
    wire.send(requestOfParts(partsOf('ACK', cseq, hop, {})), hop, true)
  }

  const acknowledge = (response: SipResponse) => {
    if (response.status < 200 || response.status > 299) return
    dialog = refresh(dialog, response)
    void ack(response.cseq.number)
  }

  const sendOnce = async (method: string, content: Content): Promise<Outcome> => {
    // The number is taken before anything waits, so that requests keep their order.
    dialog = counted(dialog)
    const cseq = dialog.localSeq
    const hop = await nextHop()
    if ('status' in hop) return hop
    const parts = partsOf(method, cseq, hop, content)
    const outcome = await exchange(parts, hop, method === 'INVITE' ? acknowledge : undefined)
    if (method === 'UPDATE' && outcome.response && outcome.status < 300) {
      dialog = refresh(dialog, outcome.response)
    }
    return outcome
  }

  return {
    contact,
    dialog: () => dialog,
    replace: (next) => (dialog = next),
    admit: (request) => {
      const next = admitted(dialog, request)
      if (next) dialog = next
      return next !== undefined
    },
    send: async (method, content = {}) => {
      const outcome = await sendOnce(method, content)
      const { response } = outcome
      const isChallenge = outcome.status === 401 || outcome.status === 407
      if (!response || !isChallenge || !credentials) return outcome
      const { uri } = routed(dialog)
      const proof = answerChallenge(response, { method, uri }, credentials)
      if (!proof) return outcome
      return sendOnce(method, { ...content, headers: [proof, ...(content.headers ?? [])] })
    },
    ack,
  }
}

/**
 * Whether a call goes back the way it came instead of to its Contact: over the same TCP connection, and through
 * the NAT a phone with an address of its own inside sits behind. With proxies on the way their routes count.
 */
export const flowOf = (message: SipMessage, source: Peer): Peer | undefined => {
  if (message.headers.some(({ name }) => /^record-route$/i.test(name))) return undefined
  if (source.transport === 'tcp') return source
  const uri = message.contacts === '*' ? undefined : message.contacts[0]?.uri
  return uri && isSipUri(uri) && uri.host !== source.host ? source : undefined
}
