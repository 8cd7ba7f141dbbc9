import { useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { canStop, type LegProgress } from './dial-progress.ts'
import type { CallOff } from './use-call-off.ts'
import './dial-dialog.css'

const tones = {
  ...{ calling: 'muted', ringing: 'tone-info', answered: 'tone-ok' },
  ...{ stopped: 'muted', failed: 'tone-bad' },
}

type LegProps = { leg: LegProgress; callOff: CallOff | undefined }

const Leg = ({ leg, callOff }: LegProps) => {
  const { id, name, state, text } = leg
  const isAsked = callOff?.isAsked(id) === true && canStop(leg)
  return (
    <li className="dial-leg">
      <span className={`dial-leg-mark dial-leg-${state}`} aria-hidden="true" />
      <bdi className="truncate">{name}</bdi>
      <span className={tones[state]}>{isAsked ? 'Stopping…' : text}</span>
      {callOff && canStop(leg) ? (
        <Button
          aria-label={`Stop calling ${name}`}
          isPending={isAsked}
          onPress={() => callOff.stop(id)}
        >
          Stop
        </Button>
      ) : null}
    </li>
  )
}

/** How far each call is. With `callOff` those that ring can be stopped. */
export const Legs = ({ legs, callOff }: { legs: readonly LegProgress[]; callOff?: CallOff }) => {
  const box = useRef<HTMLDivElement>(null)
  const hasFocus = useRef(false)
  // A button goes with the call it stops: whoever pressed it goes on from here.
  useEffect(() => {
    if (!hasFocus.current || box.current?.contains(document.activeElement)) return
    hasFocus.current = false
    const around = box.current?.closest('.dialog-body')
    const next =
      box.current?.querySelector('button') ??
      around?.querySelector('input, footer button:last-child')
    if (next instanceof HTMLElement) next.focus()
  })
  const open = legs.filter(canStop).map(({ id }) => id)
  return (
    <div
      ref={box}
      className="dial-calls"
      onFocus={() => {
        hasFocus.current = true
      }}
      onBlur={({ relatedTarget }) => {
        hasFocus.current = relatedTarget === null
      }}
    >
      <ul className="dial-legs" aria-label="Calls" aria-live="polite">
        {legs.map((leg) => (
          <Leg key={leg.id} leg={leg} callOff={callOff} />
        ))}
      </ul>
      {callOff && open.length > 1 ? (
        <Button
          variant="danger"
          isPending={open.every(callOff.isAsked)}
          onPress={() => callOff.stopAll(open)}
        >
          {`Stop all ${open.length}`}
        </Button>
      ) : null}
      {callOff?.failure === undefined ? null : (
        <p role="alert" className="tone-bad">
          Not stopped: {callOff.failure}
        </p>
      )}
    </div>
  )
}
