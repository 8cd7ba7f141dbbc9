import { useEffect } from 'react'
import { create } from 'zustand'

/** What stands beside the page's title in the top bar: how many, of what. */
export const useCrumbStore = create<{ crumbs: readonly string[] }>(() => ({ crumbs: [] }))

export const useCrumbs = (crumbs: readonly string[]): void => {
  const text = crumbs.join('\n')
  useEffect(() => {
    useCrumbStore.setState({ crumbs: text === '' ? [] : text.split('\n') })
    return () => useCrumbStore.setState({ crumbs: [] })
  }, [text])
}
