import { confirmed, dialogAsClient } from '../dialog/dialog.ts'
import { listOf, valuesOf } from '../message/headers.ts'
import type { SipResponse } from '../message/message.ts'
import type { Peer } from '../transport/peer.ts'
import { dialogKey, type CallPort, type DialogSink } from './port.ts'
import { createWithin, flowOf, type Within } from './within.ts'

/** One of the dialogs an INVITE opens: several when a proxy forks it. */
export type Branch = {
  readonly within: Within
  /** Who gets its requests; until then they are told to wait. */
  sink?: DialogSink
  readonly release: () => void
}

export type Branches = {
  /** The dialog of a response; undefined when the response makes none. */
  readonly of: (response: SipResponse) => Branch | undefined
  /** Whether it is new; a reliable one is acknowledged (RFC 3262 §4). */
  readonly takeProvisional: (response: SipResponse) => boolean
  /** The 2xx settles the dialog. */
  readonly confirm: (branch: Branch, response: SipResponse) => void
  /** Forgets all, but the one that has a call. */
  readonly releaseOthers: (winner: string | undefined) => void
}

export const createBranches = (
  port: CallPort,
  options: {
    callId: string
    from: string
    uri: string
    host: string
    peer: Peer
    target: Peer | undefined
    credentials: { username: string; password: string } | undefined
  },
): Branches => {
  const { callId, from, uri, host, peer, target, credentials } = options
  const branches = new Map<string, Branch & { rseq: number | undefined }>()

  const find = (response: SipResponse) => {
    const dialog = dialogAsClient(response, { from, target: uri })
    if (!dialog) return undefined
    const known = branches.get(dialog.remoteTag)
    if (known) return known
    const flow = target ?? flowOf(response, peer)
    const sink: DialogSink = {
      take: (incoming) => {
        if (branch.sink) branch.sink.take(incoming)
        else incoming.respond(500, { headers: [{ name: 'Retry-After', value: '2' }] })
      },
      takeAck: (request) => branch.sink?.takeAck(request),
    }
    const branch: Branch & { rseq: number | undefined } = {
      within: createWithin(port, { dialog, host, flow, peer, credentials }),
      rseq: undefined,
      release: port.register(dialogKey(callId, dialog.localTag, dialog.remoteTag), sink),
    }
    branches.set(dialog.remoteTag, branch)
    return branch
  }

  return {
    of: find,
    takeProvisional: (response) => {
      const branch = find(response)
      const isReliable = listOf(response, 'require').some((tag) => tag.toLowerCase() === '100rel')
      const rseq = Number(valuesOf(response, 'rseq')[0])
      if (!branch || !isReliable || !Number.isInteger(rseq)) return true
      // Repeated, or one before it is missing: that one comes again first.
      if (branch.rseq !== undefined && rseq !== branch.rseq + 1) return false
      branch.rseq = rseq
      const rack = { name: 'RAck', value: `${rseq} ${response.cseq.number} INVITE` }
      void branch.within.send('PRACK', { headers: [rack] })
      return true
    },
    confirm: ({ within }, response) => within.replace(confirmed(within.dialog(), response)),
    releaseOthers: (winner) => {
      for (const [tag, { release }] of branches) if (tag !== winner) release()
    },
  }
}
