import type { Incoming } from '../core/incoming.ts'
import type { SipRequest } from '../message/message.ts'
import { openIncomingCall } from './incoming.ts'
import { startOutgoingCall } from './outgoing.ts'
import { dialogKey, type CallPort, type DialogSink } from './port.ts'
import type { CallHandler, InviteRequest, OutgoingCall } from './types.ts'

/** All calls of a stack, in and out, and the dialogs their requests belong to. */
export type Calls = {
  /** Takes an INVITE that belongs to no dialog. */
  readonly takeInvite: (incoming: Incoming, handler: CallHandler) => Promise<void>
  /** Takes a request of a dialog; false when there is no such dialog. */
  readonly take: (incoming: Incoming) => boolean
  readonly takeAck: (request: SipRequest) => void
  readonly invite: (request: InviteRequest) => OutgoingCall
  /** Dialogs that live. */
  readonly count: () => number
}

export const createCalls = (deps: Omit<CallPort, 'register'>): Calls => {
  const dialogs = new Map<string, DialogSink>()
  const register: CallPort['register'] = (key, sink) => {
    dialogs.set(key, sink)
    return () => {
      if (dialogs.get(key) === sink) dialogs.delete(key)
    }
  }
  const port: CallPort = { ...deps, register }
  const sinkOf = ({ callId, from, to }: SipRequest) =>
    dialogs.get(dialogKey(callId, to.params.get('tag') ?? '', from.params.get('tag') ?? ''))

  return {
    takeInvite: async (incoming, handler) => {
      const host = await deps.wire.localHost(incoming.source)
      if (incoming.cancelled.aborted) return
      const call = openIncomingCall(port, incoming, host)
      if (call) await handler(call)
    },
    take: (incoming) => {
      const sink = sinkOf(incoming.request)
      sink?.take(incoming)
      return sink !== undefined
    },
    takeAck: (request) => sinkOf(request)?.takeAck(request),
    invite: (request) => startOutgoingCall(port, request),
    count: () => dialogs.size,
  }
}
