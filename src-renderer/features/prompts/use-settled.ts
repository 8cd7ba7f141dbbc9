import { useEffect, useState } from 'react'

/**
 * The last value that did not change for a moment: a held arrow key passes cells without loading each.
 * `undefined` changes nothing.
 */
export const useSettled = <T>(value: T | undefined, delayMs: number): T | undefined => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (value === undefined) return undefined
    const timer = setTimeout(() => setSettled(value), delayMs)
    return () => clearTimeout(timer)
  }, [value, delayMs])
  return settled
}
