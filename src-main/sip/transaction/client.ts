import type { Step } from './machine.ts'

/** What happens to a client transaction; `R` is a response, which the machines only hand on. */
export type ClientEvent<R> =
  | { readonly type: 'begin' }
  | { readonly type: 'response'; readonly status: number; readonly response: R }
  | { readonly type: 'timer'; readonly timer: string }
  /** The transport says nothing more can be sent. */
  | { readonly type: 'failed' }
  /** Whoever asked has stopped waiting (RFC 3261 §9.1). */
  | { readonly type: 'abandoned' }

export type ClientCommand<R> =
  | { readonly type: 'send-request' }
  /** Acknowledges a final response that is no 2xx. */
  | { readonly type: 'send-ack'; readonly response: R }
  | { readonly type: 'deliver'; readonly response: R }
  | { readonly type: 'deliver-timeout' }
  | { readonly type: 'deliver-failure' }

export type ClientPhase = 'calling' | 'proceeding' | 'accepted' | 'completed' | 'terminated'

export type ClientState = {
  readonly phase: ClientPhase
  /** Over TCP nothing is sent twice. */
  readonly isReliable: boolean
  /** Until the next retransmission. */
  readonly resendMs: number
}

export type ClientStep<R> = Step<ClientState, ClientCommand<R>>
export type ClientMachine = <R>(state: ClientState, event: ClientEvent<R>) => ClientStep<R>

export const beginClient = (isReliable: boolean): ClientState => ({
  phase: 'calling',
  isReliable,
  resendMs: 0,
})

export const stay = <R>(state: ClientState): ClientStep<R> => ({ state, commands: [] })

export const endClient = <R>(
  state: ClientState,
  ...commands: ClientStep<R>['commands']
): ClientStep<R> => ({ state: { ...state, phase: 'terminated' }, commands })
