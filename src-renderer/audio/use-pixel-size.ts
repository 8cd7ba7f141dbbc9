import { useLayoutEffect, useState, type RefObject } from 'react'

/** The size of an element's content box in device pixels. */
export type PixelSize = { width: number; height: number; ratio: number }

/** Follows an element's size and the screen's pixel ratio; undefined before the first layout. */
export const usePixelSize = (element: RefObject<Element | null>): PixelSize | undefined => {
  const [size, setSize] = useState<PixelSize>()
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return undefined
    const observer = new ResizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect
      if (!box) return
      const ratio = devicePixelRatio
      setSize({
        width: Math.round(box.width * ratio),
        height: Math.round(box.height * ratio),
        ratio,
      })
    })
    // This box also changes with the screen's ratio, while the size in CSS pixels does not.
    observer.observe(target, { box: 'device-pixel-content-box' })
    return () => observer.disconnect()
  }, [element])
  return size
}
