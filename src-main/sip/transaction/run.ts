import type { Step, Timer, TimerCommand } from './machine.ts'

/** Calls `run` after so many milliseconds, unless the returned function is called first. */
export type After = (ms: number, run: () => void) => () => void

type Runnable = { readonly phase: string }

/** Runs one machine: keeps its state, its timers, and tells when it is over. */
export const createRunner = <S extends Runnable, E, C extends { readonly type: string }>(options: {
  state: S
  step: (state: S, event: E | { type: 'timer'; timer: string }) => Step<S, C>
  perform: (command: C) => void
  after: After
  ended: () => void
}): { tell: (event: E) => void; state: () => S } => {
  const { step, perform, after, ended } = options
  const timers = new Map<Timer, () => void>()
  const queue: (E | { type: 'timer'; timer: string })[] = []
  let state = options.state
  let isRunning = false

  const isTimer = (command: C | TimerCommand): command is TimerCommand =>
    command.type === 'start' || command.type === 'stop'

  const obey = (command: C | TimerCommand) => {
    if (!isTimer(command)) {
      perform(command)
      return
    }
    const { timer } = command
    timers.get(timer)?.()
    timers.delete(timer)
    if (command.type === 'stop') return
    const fire = () => {
      timers.delete(timer)
      tell({ type: 'timer', timer })
    }
    timers.set(timer, after(command.ms, fire))
  }

  const take = (event: E | { type: 'timer'; timer: string }) => {
    if (state.phase === 'terminated') return
    const { state: next, commands } = step(state, event)
    state = next
    for (const command of commands) obey(command)
    if (next.phase !== 'terminated') return
    for (const cancel of timers.values()) cancel()
    timers.clear()
    ended()
  }

  // What a command leads to comes after the commands of its step.
  const tell = (event: E | { type: 'timer'; timer: string }) => {
    queue.push(event)
    if (isRunning) return
    isRunning = true
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) take(next)
    } finally {
      isRunning = false
    }
  }

  return { tell, state: () => state }
}
