import { Worker } from 'node:worker_threads'
import { cancelled } from '../process/request.ts'
import { unpackError, type TaskCall, type TaskReply } from './task.ts'

/** One thread that runs one task at a time. */
export type Thread = {
  /** Rejects with the task's error, or because the thread was ended or died; it is of no use then. */
  run: (call: TaskCall, options: ThreadOptions) => Promise<unknown>
  /** Ends it, whatever it is doing. */
  end: () => Promise<void>
}

type ThreadOptions = {
  signal: AbortSignal
  onMessage?: ((message: unknown) => void) | undefined
}

type Running = { reply: (answer: TaskReply) => void; fail: (error: Error) => void }

/** Starts a thread. `onGone` is called once, when it is of no use any more. */
export const startThread = (entry: URL, onGone: () => void): Thread => {
  const worker = new Worker(entry, { execArgv: [], name: 'patchbay-worker' })
  let running: Running | undefined
  let gone: Error | undefined

  const leave = (error: Error) => {
    if (gone) return
    gone = error
    onGone()
    running?.fail(error)
  }
  worker.on('message', (answer: TaskReply) => running?.reply(answer))
  worker.on('messageerror', leave)
  worker.on('error', (error) => leave(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => leave(new Error(`a worker thread ended with ${code}`)))

  const end = async () => {
    leave(new Error('the worker thread was ended'))
    await worker.terminate()
  }

  return {
    run: (call, { signal, onMessage }) =>
      new Promise<unknown>((resolve, reject) => {
        if (gone) {
          reject(gone)
          return
        }
        const cancel = () => {
          fail(cancelled(call.task, signal))
          void end()
        }
        const settle = () => {
          running = undefined
          signal.removeEventListener('abort', cancel)
        }
        const fail = (error: Error) => {
          settle()
          reject(error)
        }
        const reply = (answer: TaskReply) => {
          if (answer.kind === 'message') {
            onMessage?.(answer.message)
            return
          }
          settle()
          if (answer.kind === 'done') resolve(answer.output)
          else reject(unpackError(answer))
        }
        running = { reply, fail }
        signal.addEventListener('abort', cancel)
        worker.postMessage(call)
      }),
    end,
  }
}
