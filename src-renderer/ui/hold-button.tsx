import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import './button.css'
import './hold-button.css'

const holdMs = 1200

type HoldButtonProps = { isDisabled?: boolean; onHeld: () => void; children: ReactNode }

/**
 * For what cannot be undone: it must be held for a good second, with a pointer, Enter or Space. Who cannot hold a key presses
 * it three times.
 */
export const HoldButton = ({ isDisabled = false, onHeld, children }: HoldButtonProps) => {
  const [isHeld, setHeld] = useState(false)
  const [presses, setPresses] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const begin = () => {
    if (isDisabled || timer.current !== undefined) return
    setHeld(true)
    timer.current = setTimeout(() => {
      timer.current = undefined
      onHeld()
    }, holdMs)
  }
  const end = (isPress: boolean) => {
    if (timer.current === undefined) return
    clearTimeout(timer.current)
    timer.current = undefined
    setHeld(false)
    if (!isPress) return
    if (presses >= 2) onHeld()
    setPresses(presses + 1)
  }
  const isKey = ({ key }: KeyboardEvent) => key === 'Enter' || key === ' '

  return (
    <button
      type="button"
      className={
        isHeld ? 'button button-danger hold-button is-held' : 'button button-danger hold-button'
      }
      disabled={isDisabled}
      onPointerDown={begin}
      onPointerUp={() => end(true)}
      onPointerLeave={() => end(false)}
      onKeyDown={(event) => {
        if (!isKey(event)) return
        event.preventDefault()
        begin()
      }}
      onKeyUp={(event) => {
        if (isKey(event)) end(true)
      }}
      onBlur={() => end(false)}
    >
      <span className="hold-button-fill" aria-hidden="true" />
      <span className="hold-button-text" aria-live="polite">
        {presses === 0 || isHeld
          ? children
          : `Hold, or press ${3 - presses} more ${presses === 2 ? 'time' : 'times'}`}
      </span>
    </button>
  )
}
