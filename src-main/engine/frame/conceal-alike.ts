/** Where a stretch of a wave is found again: how pitch is measured, and where a wave can be cut or repeated unheard. */
export type Search = {
  /** Samples compared. */
  readonly window: number
  /** Lags tried. */
  readonly least: number
  readonly most: number
  /** −1: what came before; 1: what comes after. */
  readonly direction: -1 | 1
  /** Every so many lags and samples in the first look; each lag around the best of them in the second. */
  readonly step: number
}

/** From −1 to 1, squared with its sign; 0 where there is silence. */
const likeness = (samples: Int16Array, at: number, other: number, search: Search): number => {
  let product = 0
  let energy = 0
  let otherEnergy = 0
  for (let i = 0; i < search.window; i += search.step) {
    const a = samples[at + i] ?? 0
    const b = samples[other + i] ?? 0
    product += a * b
    energy += a * a
    otherEnergy += b * b
  }
  if (energy === 0 || otherEnergy === 0) return 0
  return (product * Math.abs(product)) / (energy * otherEnergy)
}

/** The lag whose samples are most like those at `at`; 0 if none is liked better than `worst`. */
export const mostAlike = (
  samples: Int16Array,
  at: number,
  search: Search,
  worst: number,
): number => {
  let best = 0
  let score = worst
  const look = (lag: number) => {
    const found = likeness(samples, at, at + lag * search.direction, search)
    if (found > score) {
      score = found
      best = lag
    }
  }
  for (let lag = search.least; lag <= search.most; lag += search.step) look(lag)
  if (best === 0) return 0
  const from = Math.max(search.least, best - search.step + 1)
  const to = Math.min(search.most, best + search.step - 1)
  for (let lag = from; lag <= to; lag += 1) look(lag)
  return best
}
