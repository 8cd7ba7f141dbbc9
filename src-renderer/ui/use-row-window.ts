import { useLayoutEffect, useState, type RefObject } from 'react'
import { rowWindow, type RowWindow } from './row-window.ts'

const nothing: RowWindow = { first: 0, end: 0 }

/** Which rows of a scrolled list exist now: at first those in sight, from the frame after that some around them. */
export const useRowWindow = (
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
): RowWindow => {
  const [shown, setShown] = useState(nothing)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const show = (now: RowWindow) =>
      setShown((before) => (before.first === now.first && before.end === now.end ? before : now))
    const read = () => show(rowWindow(element.scrollTop, element.clientHeight, rowHeight))
    show(rowWindow(element.scrollTop, element.clientHeight, rowHeight, 0))
    const observer = new ResizeObserver(read)
    // It tells of the size at once, before the next frame.
    const frame = requestAnimationFrame(() => observer.observe(element))
    element.addEventListener('scroll', read, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [scroller, rowHeight])
  return shown
}
