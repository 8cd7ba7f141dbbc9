import { endClient, stay, type ClientMachine, type ClientState } from './client.ts'
import type { ClientEvent, ClientStep } from './client.ts'
import { patience, start, stop, t1 } from './machine.ts'

/** How long a lost ACK can still be asked for; "at least 32 s" (§17.1.1.2). */
const timerD = 32_000

/**
 * The INVITE client transaction (RFC 3261 §17.1.1 with RFC 6026). It ACKs refusals itself; every 2xx, also a repeated
 * one and one of another branch of a fork, goes to the dialog, which ACKs it.
 */
export const stepInviteClient: ClientMachine = (state, event) => {
  if (event.type === 'abandoned') return endClient(state)
  switch (state.phase) {
    case 'calling':
      return calling(state, event)
    case 'proceeding':
      if (event.type === 'response') return respond(state, event)
      return event.type === 'failed' ? endClient(state, { type: 'deliver-failure' }) : stay(state)
    case 'accepted':
      return accepted(state, event)
    case 'completed':
      return completed(state, event)
    case 'terminated':
      return stay(state)
  }
}

const isTimer = (event: ClientEvent<unknown>, timer: string) =>
  event.type === 'timer' && event.timer === timer

const accepted = <R>(state: ClientState, event: ClientEvent<R>): ClientStep<R> => {
  if (event.type === 'response' && event.status >= 200 && event.status < 300) {
    return { state, commands: [{ type: 'deliver', response: event.response }] }
  }
  return isTimer(event, 'M') ? endClient(state) : stay(state)
}

const completed = <R>(state: ClientState, event: ClientEvent<R>): ClientStep<R> => {
  if (event.type === 'response' && event.status >= 300) {
    return { state, commands: [{ type: 'send-ack', response: event.response }] }
  }
  return isTimer(event, 'D') || event.type === 'failed' ? endClient(state) : stay(state)
}

const calling = <R>(state: ClientState, event: ClientEvent<R>): ClientStep<R> => {
  switch (event.type) {
    case 'abandoned':
      return endClient(state)
    case 'begin':
      return {
        state: { ...state, resendMs: t1 },
        commands: [
          { type: 'send-request' },
          ...(state.isReliable ? [] : [start('A', t1)]),
          start('B', patience),
        ],
      }
    case 'timer': {
      if (event.timer === 'B') return endClient(state, { type: 'deliver-timeout' })
      const resendMs = state.resendMs * 2
      return {
        state: { ...state, resendMs },
        commands: [{ type: 'send-request' }, start('A', resendMs)],
      }
    }
    case 'response':
      return respond(state, event)
    case 'failed':
      return endClient(state, { type: 'deliver-failure' })
  }
}

const respond = <R>(
  state: ClientState,
  { status, response }: { status: number; response: R },
): ClientStep<R> => {
  const deliver = { type: 'deliver', response } as const
  const quiet = [stop('A'), stop('B')]
  if (status < 200) {
    return { state: { ...state, phase: 'proceeding' }, commands: [...quiet, deliver] }
  }
  if (status < 300) {
    return {
      state: { ...state, phase: 'accepted' },
      commands: [...quiet, deliver, start('M', patience)],
    }
  }
  const ack = { type: 'send-ack', response } as const
  if (state.isReliable) return endClient(state, deliver, ack)
  return {
    state: { ...state, phase: 'completed' },
    commands: [...quiet, deliver, ack, start('D', timerD)],
  }
}
