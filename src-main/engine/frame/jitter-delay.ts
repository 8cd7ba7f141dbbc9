import type { Rate } from '../port.ts'

/**
 * How long packets have to wait, from how late they came. A lead says how far a packet is ahead of what is played, on
 * a clock that goes on with every tick and does not know when the buffer changed its delay.
 */
export type JitterDelay = {
  readonly rate: Rate
  /** Weight of the next packet, weight of all of them, and how much of it was late by how much. */
  readonly weights: Float64Array
  soonestBefore: number
  soonestNow: number
  windowSamples: number
  target: number
  isStale: boolean
  sinceMeasured: number
}

const NEXT = 0
const TOTAL = 1
const FIRST_BIN = 2
const BINS = 50
const IN_TIME = 0.97
/** A packet counts half after 140 others. */
const GROWTH = 1 / 0.995
const MOST_WEIGHT = 1e12
/** Less than any lead, and a small integer like them. */
const NO_LEAD = -(2 ** 30)
const WINDOW_SECONDS = 5
/** Packets that come in time shorten the delay slowly: looking at every eighth is enough. */
const MEASURED_PACKETS = 8

export const createJitterDelay = (rate: Rate): JitterDelay => ({
  rate,
  weights: new Float64Array(FIRST_BIN + BINS),
  soonestBefore: NO_LEAD,
  soonestNow: NO_LEAD,
  windowSamples: 0,
  target: leastOf(rate),
  isStale: false,
  sinceMeasured: 0,
})

const leastOf = (rate: Rate) => rate / 50
const mostOf = (rate: Rate) => rate / 5
/** A bin is 5 ms. */
const widthOf = (rate: Rate) => rate / 200

/** The lead of the packets that came soonest, of the last 5 to 10 seconds of audio: clocks drift. */
export const soonestOf = (delay: JitterDelay): number =>
  Math.max(delay.soonestBefore, delay.soonestNow)

/** Everything was less late than it seemed. */
const lower = (delay: JitterDelay, samples: number) => {
  const { weights } = delay
  const by = Math.min(BINS - 1, Math.floor(samples / widthOf(delay.rate)))
  const end = FIRST_BIN + BINS
  for (let i = FIRST_BIN + 1; i <= FIRST_BIN + by; i += 1) {
    weights[FIRST_BIN] = (weights[FIRST_BIN] ?? 0) + (weights[i] ?? 0)
  }
  for (let i = FIRST_BIN + 1; i < end; i += 1)
    weights[i] = i + by < end ? (weights[i + by] ?? 0) : 0
  delay.isStale = true
}

const nextWindow = (delay: JitterDelay) => {
  const former = soonestOf(delay)
  delay.soonestBefore = delay.soonestNow
  delay.soonestNow = NO_LEAD
  delay.windowSamples = 0
  lower(delay, former - soonestOf(delay))
}

const begin = (delay: JitterDelay, lead: number) => {
  delay.soonestBefore = NO_LEAD
  delay.soonestNow = lead
  delay.windowSamples = 0
}

const measure = ({ weights, rate }: JitterDelay): number => {
  const mayBeLate = (1 - IN_TIME) * (weights[TOTAL] ?? 0)
  let late = 0
  for (let bin = BINS - 1; bin >= 0; bin -= 1) {
    late += weights[FIRST_BIN + bin] ?? 0
    if (late > mayBeLate) {
      return Math.max(leastOf(rate), Math.min(mostOf(rate), (bin + 1) * widthOf(rate)))
    }
  }
  return leastOf(rate)
}

const weigh = (weights: Float64Array, bin: number) => {
  const weight = weights[NEXT] ?? 1
  weights[FIRST_BIN + bin] = (weights[FIRST_BIN + bin] ?? 0) + weight
  weights[TOTAL] = (weights[TOTAL] ?? 0) + weight
  weights[NEXT] = weight * GROWTH
  if (weight < MOST_WEIGHT) return
  for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] ?? 0) / MOST_WEIGHT
}

/** A packet came. */
export const noteArrival = (delay: JitterDelay, lead: number, samples: number) => {
  if (lead > delay.soonestNow) delay.soonestNow = lead
  delay.windowSamples += samples
  if (delay.windowSamples > WINDOW_SECONDS * delay.rate) nextWindow(delay)
  const bin = Math.min(BINS - 1, Math.floor((soonestOf(delay) - lead) / widthOf(delay.rate)))
  weigh(delay.weights, bin)
  delay.sinceMeasured += 1
  if (bin * widthOf(delay.rate) >= delay.target || delay.sinceMeasured > MEASURED_PACKETS) {
    delay.isStale = true
  }
}

/** Samples between 20 and 200 ms: what lets 97 % of the packets of the last seconds come in time. */
export const targetOf = (delay: JitterDelay): number => {
  if (!delay.isStale) return delay.target
  delay.isStale = false
  delay.sinceMeasured = 0
  delay.target = measure(delay)
  return delay.target
}

/** The network became slower: that packets came late was no jitter. */
export const rebaseDelay = (delay: JitterDelay, lead: number) => {
  lower(delay, soonestOf(delay) - lead)
  begin(delay, lead)
}

/** Nothing is known but the lead of the first packet. */
export const resetDelay = (delay: JitterDelay, lead: number) => {
  begin(delay, lead)
  delay.weights.fill(0)
  delay.weights[NEXT] = 1
  delay.target = leastOf(delay.rate)
}
