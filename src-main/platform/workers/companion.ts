import { parentPort, Worker, workerData } from 'node:worker_threads'

/** A thread that lives beside us with a program of its own, and messages in both directions. */
export type Companion = {
  readonly post: (message: unknown) => void
  /** Resolves when it has ended by itself; ends it by force after `withinMs`. */
  readonly end: (withinMs: number) => Promise<void>
}

export type CompanionOptions = {
  readonly program: URL
  readonly name: string
  /** What the program is given to start with: anything that can be cloned. */
  readonly data: unknown
  readonly onMessage: (message: unknown) => void
  /** Called once, when it is of no use any more. */
  readonly onGone: (error: Error) => void
}

export const startCompanion = (options: CompanionOptions): Companion => {
  const { program, name, data, onMessage, onGone } = options
  const worker = new Worker(program, { execArgv: [], name, workerData: data })
  let isGone = false
  const leave = (error: Error) => {
    if (isGone) return
    isGone = true
    onGone(error)
  }
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      leave(new Error(`the thread "${name}" ended with ${code}`))
      resolve()
    })
  })
  worker.on('message', onMessage)
  worker.on('messageerror', leave)
  worker.on('error', (error) => leave(error instanceof Error ? error : new Error(String(error))))

  return {
    post: (message) => {
      if (!isGone) worker.postMessage(message)
    },
    end: async (withinMs) => {
      const force = setTimeout(() => void worker.terminate(), withinMs)
      await exited
      clearTimeout(force)
    },
  }
}

/** The other side of a companion: what its program sees. */
export type Starter<Data> = {
  readonly data: Data
  readonly post: (message: unknown) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** Nothing more is received, and the thread ends when it has nothing else to do. */
  readonly leave: () => void
}

export const starter = <Data>(): Starter<Data> => {
  const port = parentPort
  if (!port) throw new Error('this program runs in a thread only')
  return {
    data: workerData as Data,
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    leave: () => port.close(),
  }
}
