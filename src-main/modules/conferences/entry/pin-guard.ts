import type { Clock } from '../../../platform/clock.ts'

/** Wrong PINs are remembered so long. */
export const MEMORY_MS = 10 * 60_000
/** Wrong PINs of one caller to one conference, until none of what is typed counts. */
export const MOST_OF_A_CALLER = 20
/** Of all callers together who proved to be nobody's phone: a caller's number is easily made up. */
export const MOST_OF_STRANGERS = 100

/** Who types PINs. */
export type Guesser = {
  readonly conferenceId: string
  /** Of the phone, when the call proved whose it is. */
  readonly deviceId: string | undefined
  readonly number: string
}

/**
 * Keeps PINs from being found by trying: a call has three tries, and this counts over calls. A phone of the account is
 * never kept out by what strangers do.
 */
export type PinGuard = {
  readonly isBlocked: (guesser: Guesser) => boolean
  readonly wrong: (guesser: Guesser) => void
}

const limitsOf = ({ conferenceId, deviceId, number }: Guesser): readonly [string, number][] =>
  deviceId === undefined
    ? [
        [JSON.stringify([conferenceId, 'number', number]), MOST_OF_A_CALLER],
        [JSON.stringify([conferenceId]), MOST_OF_STRANGERS],
      ]
    : [[JSON.stringify([conferenceId, 'device', deviceId]), MOST_OF_A_CALLER]]

export const createPinGuard = ({ clock }: { clock: Clock }): PinGuard => {
  const wrongMs = new Map<string, readonly number[]>()

  const forget = (nowMs: number) => {
    for (const [key, times] of wrongMs) {
      const recent = times.filter((ms) => nowMs - ms < MEMORY_MS)
      if (recent.length > 0) wrongMs.set(key, recent)
      else wrongMs.delete(key)
    }
  }

  return {
    isBlocked: (guesser) => {
      forget(clock.nowMs())
      return limitsOf(guesser).some(([key, most]) => (wrongMs.get(key)?.length ?? 0) >= most)
    },
    wrong: (guesser) => {
      const nowMs = clock.nowMs()
      forget(nowMs)
      for (const [key] of limitsOf(guesser)) wrongMs.set(key, [...(wrongMs.get(key) ?? []), nowMs])
    },
  }
}
