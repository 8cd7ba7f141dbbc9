import { once } from 'node:events'
import { spawn, type ChildProcess } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export type Running = {
  child: ChildProcess
  log: () => string
  /** Asks it to end; rejects when it does not do so in time or not cleanly. */
  stop: () => Promise<void>
  kill: () => Promise<void>
}

const stopLimitMs = 5000

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
      const [code] = (await ended) as [number | null]
      clearTimeout(killer)
      if (code !== 0) throw new Error(`Patchbay did not end cleanly (${code ?? 'killed'}):\n${log}`)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
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
