/**
 * Transactions as pure machines (RFC 3261 §17, RFC 6026): a step takes a state and an event and says what is to be
 * done. Time, sockets and messages stay with whoever runs them.
 */
export type Step<State, Command> = {
  readonly state: State
  readonly commands: readonly (Command | TimerCommand)[]
}

/** Names of the RFC: A, B, D, E, F, K, M at the client, G, H, I, J, L at the server; the words belong to calls. */
export type Timer =
  | 'A'
  | 'B'
  | 'D'
  | 'E'
  | 'F'
  | 'G'
  | 'H'
  | 'I'
  | 'J'
  | 'K'
  | 'L'
  | 'M'
  | 'repeat'
  | 'give-up'
  | 'refresh'
  | 'expire'

/** Starting a timer that runs starts it anew. A machine that is terminated has no timers any more. */
export type TimerCommand =
  | { readonly type: 'start'; readonly timer: Timer; readonly ms: number }
  | { readonly type: 'stop'; readonly timer: Timer }

/** Milliseconds: round trip, longest interval between retransmissions, life of a packet in the network. */
export const t1 = 500
export const t2 = 4_000
export const t4 = 5_000
/** How long either side goes on trying. */
export const patience = 64 * t1

export const start = (timer: Timer, ms: number): TimerCommand => ({ type: 'start', timer, ms })
export const stop = (timer: Timer): TimerCommand => ({ type: 'stop', timer })
