const firstMs = 250
/** A supervisor looks at a board that stands still: the server is on this machine, and asking it costs little. */
const longestMs = 10_000

/**
 * How long to wait before attempt `attempt` (0 is the first retry): doubling from 250 ms to ten seconds,
 * of which up to a fifth is left to chance so that many clients do not come back in step.
 */
export const backoffMs = (attempt: number, chance = Math.random()): number => {
  const fullMs = Math.min(firstMs * 2 ** attempt, longestMs)
  return Math.round(fullMs * (1 - 0.2 * chance))
}
