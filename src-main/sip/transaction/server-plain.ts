import { patience, start } from './machine.ts'
import { endServer, keep, repeat, type ServerMachine } from './server.ts'

/** The server transaction of everything but INVITE and ACK (RFC 3261 §17.2.2). */
export const stepPlainServer: ServerMachine = (state, event) => {
  if (state.phase === 'terminated') return keep(state)
  if (event.type === 'repeated') return repeat(state)
  if (state.phase === 'completed') {
    return event.type === 'timer' && event.timer === 'J' ? endServer(state) : keep(state)
  }
  if (event.type !== 'respond') return keep(state)
  const { status, bytes } = event
  const send = { type: 'send', bytes } as const
  if (status < 200) {
    return { state: { ...state, phase: 'proceeding', last: bytes }, commands: [send] }
  }
  if (state.isReliable) return endServer({ ...state, last: bytes }, send)
  return {
    state: { ...state, phase: 'completed', last: bytes },
    commands: [send, start('J', patience)],
  }
}
