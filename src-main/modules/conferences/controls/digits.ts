import type { ControlAction } from './actions.ts'
import type { Bindings } from './bindings.ts'

/** What was pressed so far of a sequence, and what is to be done now. */
export type Pressed = { readonly typed: string; readonly actions: readonly ControlAction[] }

const actionOf = (bindings: Bindings, typed: string): readonly ControlAction[] => {
  const action = bindings.get(typed)
  return action === undefined ? [] : [action]
}

/**
 * Matches digits to controls. A sequence acts with its last digit, unless it begins a longer one: then it waits for the
 * next digit, or for the pause. What leads nowhere is forgotten, but the digit that broke it counts as a first one.
 */
export const pressed = (bindings: Bindings, typed: string, digit: string): Pressed => {
  const next = typed + digit
  const isBegin = [...bindings.keys()].some(
    (key) => key.length > next.length && key.startsWith(next),
  )
  if (isBegin) return { typed: next, actions: [] }
  if (bindings.has(next) || typed === '') return { typed: '', actions: actionOf(bindings, next) }
  const after = pressed(bindings, '', digit)
  return { typed: after.typed, actions: [...actionOf(bindings, typed), ...after.actions] }
}

/** Nothing more was pressed for a while. */
export const paused = (bindings: Bindings, typed: string): Pressed => ({
  typed: '',
  actions: actionOf(bindings, typed),
})
