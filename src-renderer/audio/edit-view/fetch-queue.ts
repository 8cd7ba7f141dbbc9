/** Loads what is wanted, a few at a time, and gives up what nobody wants any more. */
export type FetchQueue = {
  /** `keys` replaces what this reader wanted before, the most urgent first. */
  want: (reader: symbol, keys: ReadonlySet<string>) => void
  dispose: () => void
}

export type FetchQueueDeps = {
  /** Resolves when the key's value is stored. */
  load: (key: string, signal: AbortSignal) => Promise<void>
  /** A key that could not be loaded is left alone this long. */
  retryMs: number
  /** Called when a failed key may be wanted again. */
  onRetry: () => void
  atOnce: number
}

export const createFetchQueue = ({
  load,
  retryMs,
  onRetry,
  atOnce,
}: FetchQueueDeps): FetchQueue => {
  const wants = new Map<symbol, ReadonlySet<string>>()
  const inFlight = new Map<string, AbortController>()
  const resting = new Map<string, ReturnType<typeof setTimeout>>()
  /** Loaded, though readers that have not looked since still want them. */
  const finished = new Set<string>()
  let isDisposed = false

  const isWanted = (key: string) => [...wants.values()].some((keys) => keys.has(key))

  const rest = (key: string) => {
    const timer = setTimeout(() => {
      resting.delete(key)
      onRetry()
    }, retryMs)
    resting.set(key, timer)
  }

  const start = (key: string) => {
    const controller = new AbortController()
    inFlight.set(key, controller)
    void load(key, controller.signal)
      .catch(() => {
        if (!controller.signal.aborted) rest(key)
      })
      .finally(() => {
        // Aborted and wanted again before it ended: the entry is another one's by now.
        if (inFlight.get(key) === controller) {
          inFlight.delete(key)
          finished.add(key)
        }
        if (!isDisposed) startNext()
      })
  }

  const startNext = () => {
    for (const keys of wants.values()) {
      for (const key of keys) {
        if (inFlight.size >= atOnce) return
        if (!inFlight.has(key) && !resting.has(key) && !finished.has(key)) start(key)
      }
    }
  }

  return {
    want: (reader, keys) => {
      if (isDisposed) return
      if (keys.size > 0) wants.set(reader, keys)
      else wants.delete(reader)
      // Wanting again what was loaded means that it is gone, or that there is more of it.
      for (const key of keys) finished.delete(key)
      for (const [key, controller] of inFlight) {
        if (isWanted(key)) continue
        inFlight.delete(key)
        controller.abort()
      }
      startNext()
    },
    dispose: () => {
      isDisposed = true
      for (const controller of inFlight.values()) controller.abort()
      for (const timer of resting.values()) clearTimeout(timer)
      wants.clear()
    },
  }
}
