import { endClient, stay, type ClientMachine } from './client.ts'
import { patience, start, stop, t1, t2, t4 } from './machine.ts'

/** The client transaction of everything but INVITE (RFC 3261 §17.1.2). */
export const stepPlainClient: ClientMachine = (state, event) => {
  if (state.phase === 'terminated') return stay(state)
  if (state.phase === 'completed') {
    return event.type === 'timer' && event.timer === 'K' ? endClient(state) : stay(state)
  }
  switch (event.type) {
    case 'begin':
      return {
        state: { ...state, resendMs: t1 },
        commands: [
          { type: 'send-request' },
          ...(state.isReliable ? [] : [start('E', t1)]),
          start('F', patience),
        ],
      }
    case 'timer': {
      if (event.timer === 'F') return endClient(state, { type: 'deliver-timeout' })
      const resendMs = state.phase === 'proceeding' ? t2 : Math.min(state.resendMs * 2, t2)
      return {
        state: { ...state, resendMs },
        commands: [{ type: 'send-request' }, start('E', resendMs)],
      }
    }
    case 'response': {
      const deliver = { type: 'deliver', response: event.response } as const
      if (event.status < 200) {
        return { state: { ...state, phase: 'proceeding' }, commands: [deliver] }
      }
      if (state.isReliable) return endClient(state, deliver)
      return {
        state: { ...state, phase: 'completed' },
        commands: [stop('E'), stop('F'), deliver, start('K', t4)],
      }
    }
    case 'abandoned':
      return endClient(state)
    case 'failed':
      return endClient(state, { type: 'deliver-failure' })
  }
}
