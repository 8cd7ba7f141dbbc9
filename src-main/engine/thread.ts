import type { Log } from '../platform/log.ts'
import type { Scope } from '../platform/scope.ts'
import { startCompanion } from '../platform/workers/companion.ts'
import { findProgram } from '../platform/workers/program.ts'
import type { CommandName, Commands, EngineOptions, FromThread, ToThread } from './messages.ts'
import { EngineError, type EngineEvent } from './port.ts'

/** The engine's thread, as its face calls it. */
export type EngineThread = {
  /** Rejects with `EngineError`; with its code `gone` once the thread is, or is to end: what was asked before is answered. */
  readonly command: <N extends CommandName>(
    name: N,
    ...args: Parameters<Commands[N]>
  ) => Promise<Awaited<ReturnType<Commands[N]>>>
}

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void }

/** Time to complete recordings and to close sockets. */
const endsWithinMs = 3_000
const program = { source: './worker.ts', built: 'engine-worker.js' }

/** Resolves once it takes commands. */
export const startEngineThread = (deps: {
  scope: Scope
  log: Log
  options: EngineOptions
  program?: URL
  onEvent: (event: EngineEvent) => void
}): Promise<EngineThread> => {
  const { scope, log, options, onEvent } = deps
  const waiting = new Map<number, Waiting>()
  const started = Promise.withResolvers<EngineThread>()
  let lastId = 0
  let gone: EngineError | undefined
  let isStopped = false

  const leave = (message: string) => {
    gone = new EngineError('gone', message)
    started.reject(gone)
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
  }
  const settle = (id: number, how: (waiting: Waiting) => void) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (one) how(one)
  }
  const receive = (message: FromThread) => {
    if (gone) return
    switch (message.kind) {
      case 'ready':
        started.resolve({ command })
        break
      case 'done':
        settle(message.id, ({ resolve }) => resolve(message.value as never))
        break
      case 'refused':
        settle(message.id, ({ reject }) => reject(new EngineError(message.code, message.message)))
        break
      case 'broken':
        settle(message.id, ({ reject }) => reject(new Error(message.message)))
        break
      case 'events':
        if (!isStopped) message.events.forEach(onEvent)
        break
      case 'log':
        log[message.level](message.message, message.fields)
        break
    }
  }

  const thread = startCompanion({
    program: deps.program ?? findProgram(import.meta.url, program),
    name: 'patchbay-engine',
    data: options,
    onMessage: (message) => receive(message as FromThread),
    onGone: (error) => {
      if (isStopped) {
        leave('the engine was stopped')
        return
      }
      log.error('the engine is gone', { error })
      leave(error.message)
      onEvent({ event: 'failed', message: error.message })
    },
  })
  const post = (message: ToThread) => thread.post(message)
  scope.add(async () => {
    isStopped = true
    post({ kind: 'close' })
    await thread.end(endsWithinMs)
  })

  const command = <N extends CommandName>(name: N, ...args: Parameters<Commands[N]>) =>
    new Promise<never>((resolve, reject) => {
      if (gone || isStopped) {
        reject(gone ?? new EngineError('gone', 'the engine was stopped'))
        return
      }
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      post({ kind: 'command', id: lastId, name, args })
    })

  return started.promise
}
