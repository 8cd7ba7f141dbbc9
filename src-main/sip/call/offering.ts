import { localOutcome } from '../core/exchange.ts'
import type { Outcome } from '../core/types.ts'
import { glareDelayMs, type Exchange } from '../dialog/glare.ts'
import type { Header } from '../message/message.ts'
import type { After } from '../transaction/run.ts'
import type { Within } from './within.ts'

/** Whose offer is open in a call, and making our own. */
export type Offering = {
  readonly exchange: () => Exchange
  /** The other side's offer is open, or not any more. */
  readonly setTheirs: (isOpen: boolean) => void
  /** Sends a re-INVITE; after 491 again, when the other side had its turn (RFC 3261 §14.1). */
  readonly send: (description: Buffer) => Promise<Outcome>
}

const tries = 4

export const createOffering = (deps: {
  within: Within
  after: After
  random: () => number
  /** Whether the Call-ID is ours. */
  isCaller: boolean
  headers: () => readonly Header[]
  /** Nothing else may be open: a 2xx without its ACK. */
  isBlocked: () => boolean
  hasEnded: () => boolean
}): Offering => {
  const { within, after, random, isCaller } = deps
  let exchange: Exchange = 'idle'
  /** One of ours is open, or waits after a 491. */
  let isOffering = false

  const attempt = async (description: Buffer): Promise<Outcome> => {
    for (let count = 1; ; count += 1) {
      if (deps.hasEnded()) return localOutcome(487)
      if (exchange !== 'idle' || deps.isBlocked()) return localOutcome(491)
      exchange = 'ours'
      const outcome = await within.send('INVITE', { headers: deps.headers(), body: description })
      exchange = 'idle'
      if (outcome.status !== 491 || count === tries) return outcome
      const { promise, resolve } = Promise.withResolvers<undefined>()
      after(glareDelayMs(isCaller, random()), () => resolve(undefined))
      await promise
    }
  }

  return {
    exchange: () => exchange,
    setTheirs: (isOpen) => {
      if (isOpen) exchange = 'theirs'
      else if (exchange === 'theirs') exchange = 'idle'
    },
    send: async (description) => {
      if (isOffering) return localOutcome(491)
      isOffering = true
      try {
        return await attempt(description)
      } finally {
        isOffering = false
      }
    },
  }
}
