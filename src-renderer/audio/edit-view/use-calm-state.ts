import { useCallback, useSyncExternalStore } from 'react'
import type { EditViewState, EditViewStore } from './types.ts'

const everyMs = 120

/** A part of the state for text that is read: not rendered with every frame of a movement. */
export const useCalmState = <T>(store: EditViewStore, select: (state: EditViewState) => T): T => {
  const subscribe = useCallback(
    (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = store.subscribe(() => {
        timer ??= setTimeout(() => {
          timer = undefined
          listener()
        }, everyMs)
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
