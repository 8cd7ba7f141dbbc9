/**
 * Tells whoever listens what has happened. Events broadcast, they do not steer: a listener that throws
 * is reported and disturbs neither the emitter nor the other listeners.
 */
export type Bus<E> = {
  emit: (event: E) => void
  /** Returns how to stop listening. */
  on: (listener: (event: E) => void) => () => void
}

export const createBus = <E>(onError: (error: unknown) => void): Bus<E> => {
  const listeners = new Set<(event: E) => void>()
  return {
    emit: (event) => {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          onError(error)
        }
      }
    },
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
