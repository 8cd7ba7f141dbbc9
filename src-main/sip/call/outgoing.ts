import { findPeer, localOutcome } from '../core/exchange.ts'
import { newBranch, newCallId, newTag } from '../core/ids.ts'
import { sentByOf, type RequestParts } from '../core/outgoing.ts'
import { answerChallenge } from '../digest/client.ts'
import { agreedAsClient, askedTimer } from '../dialog/session-timer.ts'
import type { Header, SipResponse } from '../message/message.ts'
import { patience } from '../transaction/machine.ts'
import type { Peer } from '../transport/peer.ts'
import { createBranches } from './branches.ts'
import { establish, type Established } from './established.ts'
import { sessionHeaders } from './session-headers.ts'
import { contactOf, type CallPort } from './port.ts'
import type { CallOutcome, InviteRequest, OutgoingCall } from './types.ts'

/** Places a call (RFC 3261 §13.2): reliable provisional responses, forks, cancelling, one answer to a challenge. */
export const startOutgoingCall = (port: CallPort, invite: InviteRequest): OutgoingCall => {
  let cancelWanted = false
  let onCancel: OutgoingCall['cancel'] | undefined
  const run = async (): Promise<CallOutcome> => {
    const peer = await findPeer(port.wire, invite)
    if ('status' in peer) return { kind: 'failed', ...peer }
    const host = await port.wire.localHost(peer)
    const attempts = createAttempts(port, invite, { peer, host })
    onCancel = attempts.cancel
    return cancelWanted ? { kind: 'failed', ...localOutcome(487) } : attempts.run()
  }
  return {
    cancel: (headers) => {
      cancelWanted = true
      onCancel?.(headers)
    },
    outcome: run(),
  }
}

const createAttempts = (
  port: CallPort,
  invite: InviteRequest,
  { peer, host }: { peer: Peer; host: string },
) => {
  const { wire, exchange, after } = port
  const { uri, credentials, owner } = invite
  const from = `${invite.from};tag=${newTag()}`
  const { callId = newCallId(host) } = invite
  const branches = createBranches(port, {
    ...{ callId, from, uri, host, peer, credentials },
    target: invite.target,
  })
  let established: Established | undefined
  let winner: string | undefined
  let isCancelled = false
  let farewell: readonly Header[] = []
  let isRinging = false
  let sendCancel: (() => void) | undefined

  const partsOf = (cseq: number, proof: readonly Header[]): RequestParts => ({
    ...{ method: 'INVITE', uri, from, callId, cseq, to: invite.to ?? `<${uri}>` },
    transport: peer.transport,
    sentBy: sentByOf({ host, port: wire.port }),
    branch: newBranch(),
    headers: [
      { name: 'Contact', value: contactOf(host, wire.port, peer) },
      { name: 'User-Agent', value: port.product },
      ...sessionHeaders,
      ...askedTimer(undefined),
      ...proof,
      ...(invite.headers ?? []),
    ],
    body: invite.description,
  })

  const takeProvisional = (response: SipResponse) => {
    isRinging = true
    if (isCancelled) sendCancel?.()
    if (response.status === 100) return
    if (branches.takeProvisional(response)) invite.onProgress?.(response)
  }

  const takeSuccess = (response: SipResponse) => {
    const branch = branches.of(response)
    const tag = response.to.params.get('tag')
    if (!branch || tag === undefined) return
    const { within } = branch
    const isFirst = winner === undefined
    if (isFirst) {
      winner = tag
      branches.confirm(branch, response)
    }
    void within.ack(response.cseq.number).then(() => {
      // Of several phones that answer at once only one gets the call; nobody gets a cancelled one.
      const isUnwanted = winner !== tag || isCancelled
      if (isUnwanted && !branch.sink) {
        branch.sink = { take: ({ respond }) => respond(481), takeAck: () => undefined }
        void within.send('BYE', { headers: farewell }).then(branch.release)
      }
    })
    if (!isFirst || isCancelled) return
    established = establish(port, {
      ...{ within, owner, remote: response.to, isCaller: true, peerMessage: response },
      timer: agreedAsClient(response),
      description: invite.description,
      released: branch.release,
    })
    branch.sink = established
  }

  const attempt = async (cseq: number, proof: readonly Header[]): Promise<CallOutcome> => {
    const parts = partsOf(cseq, proof)
    let abandon: (() => void) | undefined
    let isAsked = false
    sendCancel = () => {
      if (isAsked) return
      isAsked = true
      const routes = parts.headers.filter(({ name }) => name === 'Route')
      const headers = [...routes, ...farewell]
      void exchange({ ...parts, method: 'CANCEL', headers, body: undefined }, peer)
      after(patience, () => abandon?.())
    }
    const outcome = await exchange(
      parts,
      peer,
      (response) => {
        if (response.status < 200) takeProvisional(response)
        else if (response.status < 300) takeSuccess(response)
      },
      (stop) => (abandon = stop),
    )
    const { status, response } = outcome
    if (winner !== undefined) {
      // Another phone that rang may still answer, and has to be hung up then.
      after(patience, () => branches.releaseOthers(winner))
      if (established && response) return { kind: 'answered', call: established.call, response }
      return { kind: 'failed', ...localOutcome(487) }
    }
    const isChallenge = status === 401 || status === 407
    const request = { method: 'INVITE', uri }
    const answer =
      response && isChallenge && credentials && proof.length === 0 && !isCancelled
        ? answerChallenge(response, request, credentials)
        : undefined
    if (answer) {
      isRinging = false
      return attempt(cseq + 1, [answer])
    }
    branches.releaseOthers(undefined)
    const end = status < 300 ? localOutcome(500, 'An answer without a tag') : outcome
    return { kind: 'failed', ...end }
  }

  return {
    run: () => attempt(1, []),
    cancel: (headers: readonly Header[] = []) => {
      if (winner !== undefined || isCancelled) return
      isCancelled = true
      farewell = headers
      // Before anything came back a CANCEL could overtake its INVITE (RFC 3261 §9.1).
      if (isRinging) sendCancel?.()
    },
  }
}
