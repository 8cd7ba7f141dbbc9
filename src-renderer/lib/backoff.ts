const firstMs = 250
const longestMs = 60_000

/**
 * How long to wait before attempt `attempt` (0 is the first retry): doubling from 250 ms to a minute,
 * of which up to a fifth is left to chance so that many clients do not come back in step.
 */
export const backoffMs = (attempt: number, chance = Math.random()): number => {
  const fullMs = Math.min(firstMs * 2 ** attempt, longestMs)
  return Math.round(fullMs * (1 - 0.2 * chance))
}
