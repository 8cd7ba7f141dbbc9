import { useEffect, useState } from 'react'

const everyMs = 1000

/** Milliseconds since 1970, again every second. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    let timer = setTimeout(function tick() {
      setNow(Date.now())
      timer = setTimeout(tick, everyMs)
    }, everyMs)
    return () => clearTimeout(timer)
  }, [])
  return now
}
