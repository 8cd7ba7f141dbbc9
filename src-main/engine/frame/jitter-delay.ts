import type { Rate } from '../port.ts'

/**
 * How long packets have to wait, from how late they came. A lead says how far a packet is ahead of what is played, on
 * a clock that goes on with every tick and does not know when the buffer changed its delay.
 */
type JitterDelay = {
  readonly arrived: (lead: number, samples: number) => void
  /** The lead of the packets that came soonest, of the last 5 to 10 seconds of audio: clocks drift. */
  readonly soonest: () => number
  /** Samples between 20 and 200 ms: what lets 97 % of the packets of the last seconds come in time. */
  readonly target: () => number
  /** The network became slower: that packets came late was no jitter. */
  readonly rebase: (lead: number) => void
  readonly reset: (lead: number) => void
}

const BINS = 50
const IN_TIME = 0.97
/** A packet counts half after 140 others. */
const GROWTH = 1 / 0.995
const MOST_WEIGHT = 1e12
const WINDOW_SECONDS = 5
/** Packets that come in time shorten the delay slowly: looking at every eighth is enough. */
const MEASURED_PACKETS = 8

export const createJitterDelay = (rate: Rate): JitterDelay => {
  const least = rate / 50
  const most = rate / 5
  /** A bin is 5 ms. */
  const width = rate / 200
  const bins = new Float64Array(BINS)
  let weight = 1
  let total = 0
  let soonestBefore = -Infinity
  let soonestNow = -Infinity
  let windowSamples = 0
  let target = least
  let isStale = false
  let sinceMeasured = 0

  const scale = (factor: number) => {
    for (let i = 0; i < BINS; i += 1) bins[i] = (bins[i] ?? 0) * factor
    total *= factor
    weight *= factor
  }

  /** Everything was less late than it seemed. */
  const lower = (samples: number) => {
    const by = Math.min(BINS - 1, Math.floor(samples / width))
    for (let i = 1; i <= by; i += 1) bins[0] = (bins[0] ?? 0) + (bins[i] ?? 0)
    for (let i = 1; i < BINS; i += 1) bins[i] = bins[i + by] ?? 0
    isStale = true
  }

  const soonest = () => Math.max(soonestBefore, soonestNow)

  const nextWindow = () => {
    const former = soonest()
    soonestBefore = soonestNow
    soonestNow = -Infinity
    windowSamples = 0
    lower(former - soonest())
  }

  const measure = () => {
    let late = 0
    for (let i = BINS - 1; i >= 0; i -= 1) {
      late += bins[i] ?? 0
      if (late > (1 - IN_TIME) * total) return Math.max(least, Math.min(most, (i + 1) * width))
    }
    return least
  }

  const begin = (lead: number) => {
    soonestBefore = -Infinity
    soonestNow = lead
    windowSamples = 0
  }

  return {
    arrived: (lead, samples) => {
      if (lead > soonestNow) soonestNow = lead
      windowSamples += samples
      if (windowSamples > WINDOW_SECONDS * rate) nextWindow()
      const bin = Math.min(BINS - 1, Math.floor((soonest() - lead) / width))
      bins[bin] = (bins[bin] ?? 0) + weight
      total += weight
      weight *= GROWTH
      if (weight > MOST_WEIGHT) scale(1 / MOST_WEIGHT)
      sinceMeasured += 1
      if (bin * width >= target || sinceMeasured > MEASURED_PACKETS) isStale = true
    },
    soonest,
    target: () => {
      if (!isStale) return target
      isStale = false
      sinceMeasured = 0
      target = measure()
      return target
    },
    rebase: (lead) => {
      lower(soonest() - lead)
      begin(lead)
    },
    reset: (lead) => {
      begin(lead)
      bins.fill(0)
      total = 0
      weight = 1
      target = least
    },
  }
}
