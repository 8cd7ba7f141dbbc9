import { once } from 'node:events'
import { spawn, type ChildProcess } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export type Running = {
  child: ChildProcess
  log: () => string
  /** Asks it to end, and ends it when it does not. */
  stop: () => Promise<void>
}

const stopLimitMs = 8000

/** Starts the product on the Node the tests run on, and collects what it logs. */
export const startNode = (args: readonly string[]): Running => {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (log += text))
  const ended = once(child, 'exit')
  return {
    child,
    log: () => log,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const killer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
      await ended
      clearTimeout(killer)
    },
  }
}

/** Rejects with the log when the process ends before `promise` settles. */
export const whileRunning = async <T>({ child, log }: Running, promise: Promise<T>): Promise<T> => {
  const gone = once(child, 'exit').then(() => {
    throw new Error(`Patchbay ended before it was ready:\n${log()}`)
  })
  return Promise.race([promise, gone])
}
