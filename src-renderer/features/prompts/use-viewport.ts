import { useLayoutEffect, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { COLUMN_WIDTH, ROW_HEIGHT } from './grid-layout.ts'

/** Where a scrolled element stands, in steps: a render per step, not per pixel. */
export type Viewport = { left: number; top: number; width: number; height: number }

export const TOP_STEP = 2 * ROW_HEIGHT

const readViewport = (element: HTMLElement): Viewport => ({
  left: Math.floor(element.scrollLeft / COLUMN_WIDTH) * COLUMN_WIDTH,
  top: Math.floor(element.scrollTop / TOP_STEP) * TOP_STEP,
  width: element.clientWidth,
  height: element.clientHeight,
})

const isSame = (a: Viewport, b: Viewport) =>
  a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height

const SETTLED_MS = 100

/**
 * Marks the element while it is flung: nobody reads a row that is gone in the next frame, and leaving
 * out its waves and words doubles the frames.
 */
const createPace = (element: HTMLElement) => {
  let lastTop = element.scrollTop
  let timer: ReturnType<typeof setTimeout> | undefined
  const settle = () => element.toggleAttribute('data-flung', false)
  return {
    scrolled: () => {
      const { scrollTop, clientHeight } = element
      if (Math.abs(scrollTop - lastTop) > clientHeight / 4) {
        element.toggleAttribute('data-flung', true)
        clearTimeout(timer)
        timer = setTimeout(settle, SETTLED_MS)
      }
      lastTop = scrollTop
    },
    stop: () => clearTimeout(timer),
  }
}

const nothing: Viewport = { left: 0, top: 0, width: 0, height: 0 }

export const useViewport = (scroller: RefObject<HTMLElement | null>): Viewport => {
  const [viewport, setViewport] = useState(nothing)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    let shown = nothing
    const read = () => {
      const now = readViewport(element)
      if (isSame(now, shown)) return
      shown = now
      setViewport(now)
    }
    const pace = createPace(element)
    const onScroll = () => {
      pace.scrolled()
      // The rows have to be there in the frame that shows the new position: a later render would blink.
      flushSync(read)
    }
    const observer = new ResizeObserver(read)
    read()
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      pace.stop()
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller])
  return viewport
}
