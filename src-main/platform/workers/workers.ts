/**
 * Threads for long arithmetic, so that the thread that answers people stays free. A task is a function
 * of worker.ts by name; what goes in and comes out is copied as structured clones. Threads are started
 * when they are needed, kept for a while, and ended with the scope.
 */
import { availableParallelism } from 'node:os'
import type { Log } from '../log.ts'
import { cancelled } from '../process/request.ts'
import { createSlots } from '../process/slots.ts'
import type { Scope } from '../scope.ts'
import { findProgram } from './program.ts'
import type { RunOptions } from './task.ts'
import { startThread, type Thread } from './thread.ts'

export type { RunOptions, Task, TaskContext } from './task.ts'

export type Workers = {
  /**
   * Runs a task in a free thread, or in the next one that gets free. Rejects with an AbortError when the
   * signal aborts (a running thread is ended then), or with the task's own error: refusals stay refusals,
   * other errors keep their name, message and code.
   */
  run: <O>(task: string, input: unknown, options?: RunOptions) => Promise<O>
}

/** A thread costs tens of milliseconds to start and some megabytes to keep. */
const KEPT_IDLE_MS = 10_000
const program = { source: '../../worker.ts', built: 'worker.js' }

export const createWorkers = (deps: {
  scope: Scope
  log: Log
  entry?: URL
  concurrency?: number
}): Workers => {
  const { scope, log, concurrency = availableParallelism() } = deps
  const entry = deps.entry ?? findProgram(import.meta.url, program)
  const slots = createSlots(concurrency)
  const idle: Idle[] = []
  const threads = new Set<Thread>()
  scope.add(async () => {
    await Promise.all([...threads].map((thread) => thread.end()))
  })

  const start = (): Thread => {
    const thread = startThread(entry, () => threads.delete(thread))
    threads.add(thread)
    log.debug('started a worker thread', { threads: threads.size })
    return thread
  }

  const take = (): Thread => {
    const waiting = idle.pop()
    waiting?.forget()
    return waiting?.thread ?? start()
  }

  const giveBack = (thread: Thread) => {
    if (!threads.has(thread) || scope.signal.aborted) return
    const waiting: Idle = {
      thread,
      forget: scope.timeout(() => {
        idle.splice(idle.indexOf(waiting), 1)
        void thread.end()
      }, KEPT_IDLE_MS),
    }
    idle.push(waiting)
  }

  return {
    run: async <O>(task: string, input: unknown, options: RunOptions = {}): Promise<O> => {
      const signal = options.signal ? AbortSignal.any([scope.signal, options.signal]) : scope.signal
      const release = await slots.acquire(signal, task)
      try {
        if (signal.aborted) throw cancelled(task, signal)
        const thread = take()
        const output = await thread.run({ task, input }, { ...options, signal })
        giveBack(thread)
        return output as O
      } finally {
        release()
      }
    },
  }
}

type Idle = { thread: Thread; forget: () => void }
