/** Whose offer is being worked on in a call; there is only one at a time (RFC 3264 §4). */
export type Exchange = 'idle' | 'ours' | 'theirs'

/** What an offer of the other side gets while one is open (RFC 3261 §14.2); undefined when it may come. */
export const refusalOfOffer = (exchange: Exchange): 491 | 500 | undefined => {
  if (exchange === 'idle') return undefined
  return exchange === 'ours' ? 491 : 500
}

/**
 * Milliseconds to wait after a 491: who made the Call-ID waits longer, so that both do not meet again (§14.1).
 * `random` is below 1.
 */
export const glareDelayMs = (madeCallId: boolean, random: number): number =>
  madeCallId ? 2_100 + Math.floor(random * 190) * 10 : Math.floor(random * 200) * 10
