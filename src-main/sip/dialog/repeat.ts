import { patience, start, t1, t2, type Step } from '../transaction/machine.ts'

/**
 * A response that is repeated until the other side confirms it: a 2xx until its ACK (RFC 3261 §13.3.1.4), a reliable
 * provisional one until its PRACK (RFC 3262 §3).
 */
export type RepeatState = {
  readonly phase: 'repeating' | 'terminated'
  readonly resendMs: number
  readonly kind: 'final' | 'provisional'
}
export type RepeatEvent =
  | { readonly type: 'begin' }
  | { readonly type: 'confirmed' }
  | { readonly type: 'timer'; readonly timer: string }
export type RepeatCommand = { readonly type: 'send-again' } | { readonly type: 'deliver-silence' }

export const beginRepeat = (kind: RepeatState['kind']): RepeatState => ({
  phase: 'repeating',
  resendMs: t1,
  kind,
})

export const stepRepeat = (
  state: RepeatState,
  event: RepeatEvent,
): Step<RepeatState, RepeatCommand> => {
  if (state.phase === 'terminated') return { state, commands: [] }
  const over: RepeatState = { ...state, phase: 'terminated' }
  if (event.type === 'confirmed') return { state: over, commands: [] }
  if (event.type === 'begin') {
    return { state, commands: [start('repeat', t1), start('give-up', patience)] }
  }
  if (event.timer === 'give-up') return { state: over, commands: [{ type: 'deliver-silence' }] }
  const doubled = state.resendMs * 2
  const resendMs = state.kind === 'final' ? Math.min(doubled, t2) : doubled
  return {
    state: { ...state, resendMs },
    commands: [{ type: 'send-again' }, start('repeat', resendMs)],
  }
}
