import type { Clock } from '../../../platform/clock.ts'
import type { Log } from '../../../platform/log.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { Leg } from '../../legs/legs.ts'
import { changeOf, type ControlAction } from './actions.ts'
import type { Bindings } from './bindings.ts'
import type { ControlTarget } from './controls.ts'
import { paused, pressed, type Pressed } from './digits.ts'

/** So long a sequence of digits waits for its next one. */
export const SEQUENCE_PAUSE_MS = 1500
/** A dialler sends 14 digits a second at most (ITU-T Q.24: 40 ms tone, 30 ms pause); what comes faster is a flood. */
const mostDigitsASecond = 20

/** Lets a participant's keys change its settings until the scope is disposed. */
export const listenForControls = (deps: {
  /** Of the participant. */
  scope: Scope
  leg: Pick<Leg, 'onDigit'>
  bindings: Bindings
  /** Of the conference: what `energy equ` goes back to. */
  normalEnergyLevel: number
  target: ControlTarget
  clock: Clock
  log: Log
}): void => {
  const { scope, leg, bindings, normalEnergyLevel, target, clock, log } = deps
  let typed = ''
  let cancelPause: () => void = () => undefined
  let second = { startedMs: -Infinity, digits: 0 }

  const act = async (action: ControlAction) => {
    if (action === 'hangup') {
      target.hangUp()
      return
    }
    const change = changeOf(action, target.settings(), normalEnergyLevel)
    if (Object.keys(change).length > 0) await target.change(change)
  }

  const become = (next: Pressed) => {
    cancelPause()
    typed = next.typed
    if (typed !== '')
      cancelPause = scope.timeout(() => become(paused(bindings, typed)), SEQUENCE_PAUSE_MS)
    for (const action of next.actions)
      act(action).catch((error: unknown) => {
        // Who left while the change was on its way is no news.
        if (!scope.signal.aborted) log.error('a control failed', { action, error })
      })
  }

  const isFlood = (): boolean => {
    const nowMs = clock.nowMs()
    if (nowMs - second.startedMs >= 1000) second = { startedMs: nowMs, digits: 0 }
    second.digits++
    return second.digits > mostDigitsASecond
  }

  if (bindings.size === 0) return
  scope.add(
    leg.onDigit((digit) => {
      if (!scope.signal.aborted && !isFlood()) become(pressed(bindings, typed, digit))
    }),
  )
}
