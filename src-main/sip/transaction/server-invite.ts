import { patience, start, stop, t1, t2, t4 } from './machine.ts'
import { endServer, keep, repeat, type ServerMachine, type ServerState } from './server.ts'
import type { ServerEvent, ServerStep } from './server.ts'

/**
 * The INVITE server transaction (RFC 3261 §17.2.1 with RFC 6026). It repeats refusals until they are acknowledged; a
 * 2xx is repeated by the dialog, for which this stays to absorb INVITEs that come again.
 */
export const stepInviteServer: ServerMachine = (state, event) => {
  switch (state.phase) {
    case 'trying':
    case 'proceeding':
      if (event.type === 'repeated') return repeat(state)
      return event.type === 'respond' ? respond(state, event) : keep(state)
    case 'accepted':
      if (event.type === 'respond' && event.status >= 200 && event.status < 300) {
        return { state, commands: [{ type: 'send', bytes: event.bytes }] }
      }
      return isTimer(event, 'L') ? endServer(state) : keep(state)
    case 'completed':
      return completed(state, event)
    case 'confirmed':
      return isTimer(event, 'I') ? endServer(state) : keep(state)
    case 'terminated':
      return keep(state)
  }
}

const isTimer = (event: ServerEvent, timer: string) =>
  event.type === 'timer' && event.timer === timer

const respond = (
  state: ServerState,
  { status, bytes }: { status: number; bytes: Buffer },
): ServerStep => {
  const send = { type: 'send', bytes } as const
  const last = bytes
  if (status < 200) return { state: { ...state, phase: 'proceeding', last }, commands: [send] }
  if (status < 300) {
    return {
      state: { ...state, phase: 'accepted', last },
      commands: [send, start('L', patience)],
    }
  }
  return {
    state: { ...state, phase: 'completed', last, resendMs: t1 },
    commands: [send, ...(state.isReliable ? [] : [start('G', t1)]), start('H', patience)],
  }
}

const completed = (state: ServerState, event: ServerEvent): ServerStep => {
  switch (event.type) {
    case 'repeated':
      return repeat(state)
    case 'ack':
      if (state.isReliable) return endServer(state)
      return {
        state: { ...state, phase: 'confirmed' },
        commands: [stop('G'), stop('H'), start('I', t4)],
      }
    case 'timer': {
      if (event.timer === 'H') return endServer(state, { type: 'deliver-silence' })
      const resendMs = Math.min(state.resendMs * 2, t2)
      const { commands } = repeat(state)
      return { state: { ...state, resendMs }, commands: [...commands, start('G', resendMs)] }
    }
    case 'failed':
      return endServer(state, { type: 'deliver-silence' })
    case 'respond':
      return keep(state)
  }
}
