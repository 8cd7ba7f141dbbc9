import { useCallback, useSyncExternalStore } from 'react'
import type { EditViewState, EditViewStore } from './types.ts'

const restMs = 120

/** A part of the state for text that is read: rendered when a movement rests, not with its frames. */
export const useCalmState = <T>(store: EditViewStore, select: (state: EditViewState) => T): T => {
  const subscribe = useCallback(
    (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = store.subscribe(() => {
        clearTimeout(timer)
        timer = setTimeout(listener, restMs)
      })
      return () => {
        stop()
        clearTimeout(timer)
      }
    },
    [store],
  )
  return useSyncExternalStore(subscribe, () => select(store.getState()))
}
