import { createScope } from '../../../../platform/scope.ts'
import type { Leg, LegEnd } from '../../../legs/legs.ts'

/** A call without a telephone. */
export type FakeLeg = Leg & {
  readonly dials: (digits: string) => void
  /** The other side hangs up, or is gone. */
  readonly end: (end?: LegEnd) => void
  /** With what reason it was hung up by us. */
  readonly hungUp: () => string | undefined
}

let count = 0

export const createFakeLeg = (facts: Partial<Leg> = {}): FakeLeg => {
  count += 1
  const ending = Promise.withResolvers<LegEnd>()
  const scope = createScope('leg')
  const listeners = new Set<(digit: string) => void>()
  let reason: string | undefined
  const end = (how: LegEnd) => {
    ending.resolve(how)
    void scope.dispose()
  }
  return {
    legId: `leg-${count}`,
    callId: `call-${count}@198.51.100.${count % 250}`,
    accountId: 'account',
    direction: 'incoming',
    party: { name: `Caller ${count}`, number: `${1000 + count}` },
    device: undefined,
    scope,
    onDigit: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    isOnHold: () => false,
    hangUp: (why) => {
      reason ??= why ?? 'none'
      end({ by: 'local', cause: 'NORMAL_CLEARING' })
    },
    ended: ending.promise,
    ...facts,
    dials: (digits) => {
      for (const digit of digits) for (const listener of listeners) listener(digit)
    },
    end: (how = { by: 'remote', cause: 'NORMAL_CLEARING' }) => end(how),
    hungUp: () => reason,
  }
}
