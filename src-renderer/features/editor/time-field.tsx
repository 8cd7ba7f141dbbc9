import { useState } from 'react'
import type { Units } from '../../audio/edit-view/types.ts'
import { framesText, parseFrames } from './time-text.ts'

type TimeFieldProps = {
  label: string
  frames: number
  sampleRateHz: number
  units: Units
  most: number
  /** Frames that up and down move by. */
  step: number
  onCommit: (frames: number) => void
}

/** A position or a length that can be typed: in the unit, in another one, or relative to what it is. */
export const TimeField = (props: TimeFieldProps) => {
  const { label, frames, sampleRateHz, units, most, step, onCommit } = props
  const [typed, setTyped] = useState<string>()
  const parsed =
    typed === undefined
      ? frames
      : parseFrames(typed, { sampleRateHz, unit: units, current: frames })
  const widest = framesText(most, sampleRateHz, units)
  const isWrong = parsed === undefined
  const commit = () => {
    setTyped(undefined)
    if (typed !== undefined && parsed !== undefined) onCommit(Math.min(parsed, most))
  }
  const nudge = (by: number) => {
    setTyped(undefined)
    onCommit(Math.min(Math.max((parsed ?? frames) + by, 0), most))
  }
  return (
    <input
      className={widest.length > 9 ? 'time-field time-field-long mono' : 'time-field mono'}
      aria-label={label}
      aria-invalid={isWrong || undefined}
      title={
        isWrong
          ? 'Not a time. Try 1.25, 250 ms, 0:01.250, 441 samples or +10 ms.'
          : `${label}. Type a time, 250 ms or +10 ms`
      }
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      value={typed ?? framesText(frames, sampleRateHz, units)}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isWrong) {
          commit()
          event.currentTarget.select()
        } else if (event.key === 'Escape') setTyped(undefined)
        else if (event.key === 'ArrowUp') nudge(event.altKey ? 1 : step)
        else if (event.key === 'ArrowDown') nudge(event.altKey ? -1 : -step)
        else return
        event.preventDefault()
      }}
    />
  )
}
