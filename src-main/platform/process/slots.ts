import { cancelled } from './request.ts'

/** A limit on how many things run at once; the others wait their turn, first come first served. */
export type Slots = {
  /** Resolves with the function that gives the slot back. Rejects when `signal` aborts while waiting. */
  acquire: (signal: AbortSignal, what: string) => Promise<() => void>
  counts: () => { running: number; waiting: number; limit: number }
}

export const createSlots = (limit: number): Slots => {
  const waiting = new Set<() => void>()
  let running = 0

  const grant = (): (() => void) => {
    running += 1
    let held = true
    return () => {
      if (!held) return
      held = false
      running -= 1
      const [next] = waiting
      next?.()
    }
  }

  const wait = (signal: AbortSignal, what: string) =>
    new Promise<() => void>((resolve, reject) => {
      const leave = () => {
        waiting.delete(start)
        signal.removeEventListener('abort', giveUp)
      }
      const start = () => {
        leave()
        resolve(grant())
      }
      const giveUp = () => {
        leave()
        reject(cancelled(what, signal))
      }
      waiting.add(start)
      signal.addEventListener('abort', giveUp)
    })

  return {
    acquire: (signal, what) => {
      if (signal.aborted) return Promise.reject(cancelled(what, signal))
      return running < limit ? Promise.resolve(grant()) : wait(signal, what)
    },
    counts: () => ({ running, waiting: waiting.size, limit }),
  }
}
