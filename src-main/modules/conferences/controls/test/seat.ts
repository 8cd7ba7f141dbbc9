import { createLog } from '../../../../platform/log.ts'
import type { Scope } from '../../../../platform/scope.ts'
import { controlsOf, type ControlsDocument } from '../bindings.ts'
import type { ControlSettings, ControlTarget } from '../controls.ts'
import { listenForControls } from '../listen.ts'

const initial: ControlSettings = {
  speak: true,
  hear: true,
  energyLevel: 100,
  gainInDb: 0,
  gainOutDb: 0,
  isLocked: false,
}

/** A seat in a room: what its keys changed, in order. */
export const createSeat = (
  scope: Scope,
  document: ControlsDocument = {},
  options: { isModerator?: boolean; settings?: Partial<ControlSettings>; fails?: boolean } = {},
) => {
  let settings = { ...initial, ...options.settings }
  const changes: Partial<ControlSettings>[] = []
  const lines: string[] = []
  let hangUps = 0
  let listener: ((digit: string) => void) | undefined
  const target: ControlTarget = {
    settings: () => settings,
    change: (change) => {
      changes.push(change)
      settings = { ...settings, ...change }
      return options.fails ? Promise.reject(new Error('the room is gone')) : Promise.resolve()
    },
    hangUp: () => {
      hangUps++
    },
  }
  const { bindings, problems } = controlsOf(document, options.isModerator ?? false)
  listenForControls({
    scope,
    leg: {
      onDigit: (heard) => {
        listener = heard
        return () => (listener = undefined)
      },
    },
    bindings,
    normalEnergyLevel: 20,
    target,
    clock: { nowMs: () => Date.now() },
    log: createLog({ write: (line) => void lines.push(line) }),
  })
  return {
    press: (digits: string) => digits.split('').forEach((digit) => listener?.(digit)),
    isListening: () => listener !== undefined,
    settings: () => settings,
    changes,
    problems,
    lines,
    hangUps: () => hangUps,
  }
}
