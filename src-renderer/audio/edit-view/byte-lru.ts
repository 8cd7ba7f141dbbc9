type Entry<T> = { value: T; bytes: number }

/** What was used last stays while it all fits into a number of bytes. */
export type ByteLru<T> = {
  get: (key: string) => T | undefined
  has: (key: string) => boolean
  set: (key: string, value: T, bytes: number) => void
  delete: (key: string) => void
  bytes: () => number
  clear: () => void
}

export const createByteLru = <T>(most: number): ByteLru<T> => {
  // A Map keeps the order of insertion: what is looked up moves to the end.
  const entries = new Map<string, Entry<T>>()
  let total = 0
  const remove = (key: string) => {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }
  return {
    get: (key) => {
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    has: (key) => entries.has(key),
    set: (key, value, bytes) => {
      remove(key)
      entries.set(key, { value, bytes })
      total += bytes
      for (const oldest of entries.keys()) {
        if (total <= most || oldest === key) break
        remove(oldest)
      }
    },
    delete: remove,
    bytes: () => total,
    clear: () => {
      entries.clear()
      total = 0
    },
  }
}
