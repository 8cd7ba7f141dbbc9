/** Counts what sources do, in windows of time. */
export type Limiter = {
  readonly add: (source: string) => void
  /** Takes one back. */
  readonly forgive: (source: string) => void
  /** Seconds until the source may go on; 0 when it may. */
  readonly waitS: (source: string) => number
}

/** A flood from many addresses must not fill the memory: the oldest are forgotten. */
const mostSources = 10_000

export const createLimiter = (options: {
  most: number
  windowMs: number
  nowMs: () => number
}): Limiter => {
  const { most, windowMs, nowMs } = options
  const windows = new Map<string, { count: number; untilMs: number }>()

  const current = (source: string) => {
    const window = windows.get(source)
    if (!window || window.untilMs > nowMs()) return window
    windows.delete(source)
    return undefined
  }

  return {
    add: (source) => {
      const window = current(source)
      if (window) {
        window.count += 1
        return
      }
      const [oldest] = windows.keys()
      if (windows.size >= mostSources && oldest !== undefined) windows.delete(oldest)
      windows.set(source, { count: 1, untilMs: nowMs() + windowMs })
    },
    forgive: (source) => {
      const window = current(source)
      if (window) window.count = Math.max(0, window.count - 1)
    },
    waitS: (source) => {
      const window = current(source)
      return window && window.count >= most ? Math.ceil((window.untilMs - nowMs()) / 1000) : 0
    },
  }
}
