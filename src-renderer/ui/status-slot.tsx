import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { create } from 'zustand'

const useSlot = create<{ element: HTMLElement | null }>(() => ({ element: null }))

const setSlot = (element: HTMLElement | null) => useSlot.setState({ element })

/** The part of the status bar that belongs to the page: once, in the bar. */
export const StatusSlot = () => <span ref={setSlot} className="status-slot" />

/** Shows its children in the status bar for as long as it is mounted. */
export const InStatusBar = ({ children }: { children: ReactNode }) => {
  const { element } = useSlot()
  return element ? createPortal(children, element) : null
}
