import { useLayoutEffect, useState, type RefObject } from 'react'
import { rowWindow, type RowWindow } from './row-window.ts'

const nothing: RowWindow = { first: 0, end: 0 }

/** Which rows of a scrolled list exist now. */
export const useRowWindow = (
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
): RowWindow => {
  const [shown, setShown] = useState(nothing)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const read = () => {
      const now = rowWindow(element.scrollTop, element.clientHeight, rowHeight)
      setShown((before) => (before.first === now.first && before.end === now.end ? before : now))
    }
    const observer = new ResizeObserver(read)
    observer.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [scroller, rowHeight])
  return shown
}
