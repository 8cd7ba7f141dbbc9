import type { Step } from './machine.ts'

/** What happens to a server transaction. */
export type ServerEvent =
  /** The request came again. */
  | { readonly type: 'repeated' }
  | { readonly type: 'ack' }
  | { readonly type: 'respond'; readonly status: number; readonly bytes: Buffer }
  | { readonly type: 'timer'; readonly timer: string }
  | { readonly type: 'failed' }

export type ServerCommand =
  | { readonly type: 'send'; readonly bytes: Buffer }
  /** The refusal of an INVITE was never acknowledged. */
  | { readonly type: 'deliver-silence' }

export type ServerState = {
  readonly phase: 'trying' | 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated'
  readonly isReliable: boolean
  /** What answers a repeated request. */
  readonly last: Buffer | undefined
  readonly resendMs: number
}

export type ServerStep = Step<ServerState, ServerCommand>
export type ServerMachine = (state: ServerState, event: ServerEvent) => ServerStep

export const beginServer = (isReliable: boolean): ServerState => ({
  phase: 'trying',
  isReliable,
  last: undefined,
  resendMs: 0,
})

export const keep = (state: ServerState): ServerStep => ({ state, commands: [] })

export const endServer = (state: ServerState, ...commands: ServerStep['commands']): ServerStep => ({
  state: { ...state, phase: 'terminated' },
  commands,
})

/** Says again what was said last. */
export const repeat = (state: ServerState): ServerStep => ({
  state,
  commands: state.last ? [{ type: 'send', bytes: state.last }] : [],
})
