/** Samples of a live stream between their arrival and their turn. */
export type ListenBuffer = {
  push: (samples: Float32Array) => void
  /** Fills it with what is next; silence where nothing came in time. */
  pull: (into: Float32Array) => void
  /** Samples that wait for their turn. */
  held: () => number
  /** How often nothing came in time. */
  gaps: () => number
}

/** In seconds. */
const SHORTEST = 0.06
const LONGEST = 0.4
/** How much more is held after a gap, and less after ten seconds without one. */
const MORE = 0.04
const LESS = 0.01
/** Held at the worst moment of a second, with the shortest buffer. */
const SPARE = 0.02
/** Twice the pitch period of a deep voice. */
const LONGEST_SPLICE = 0.025
const FADE = 0.005
/** More than this on top is never worth hearing late: a page that stood still goes on with now. */
const MOST_LATE = 0.5
const CAPACITY = 4
const CALM_WINDOWS = 10

/**
 * Holds as little back as the way here allows. What decides is the least that was held in a second: with more to spare than
 * needed it leaves out a stretch where the sound before and after it is most alike; when it runs dry it gathers more
 * before it goes on. Pure: runs in the audio thread.
 */
export const createListenBuffer = (rate: number): ListenBuffer => {
  const samplesOf = (seconds: number) => Math.round(seconds * rate)
  const capacity = samplesOf(CAPACITY)
  const ring = new Float32Array(capacity)
  const fade = samplesOf(FADE)
  // Positions count from the beginning; in the ring they wrap.
  let read = 0
  let written = 0
  let gaps = 0
  let target = samplesOf(SHORTEST)
  let isGathering = true
  let fadedIn = 0
  let last = 0
  let leastHeld = Infinity
  let pulled = 0
  let calmWindows = 0

  const at = (position: number) => ring[position % capacity] ?? 0
  const held = () => written - read

  const push = (samples: Float32Array) => {
    for (const sample of samples) {
      ring[written % capacity] = sample
      written += 1
    }
    read = Math.max(read, written - capacity)
  }

  const differenceAt = (lag: number) => {
    let sum = 0
    for (let i = 0; i < fade; i += 1) sum += (at(read + i) - at(read + lag + i)) ** 2
    return sum
  }

  /** Leaves out between `least` and `most` samples. */
  const splice = (least: number, most: number) => {
    let best = most
    let bestDifference = Infinity
    for (let lag = most; lag >= least; lag -= 1) {
      const difference = differenceAt(lag)
      if (difference < bestDifference) [best, bestDifference] = [lag, difference]
    }
    for (let i = 0; i < fade; i += 1) {
      const share = (i + 1) / (fade + 1)
      const position = (read + best + i) % capacity
      ring[position] = at(read + i) * (1 - share) + at(read + best + i) * share
    }
    read += best
  }

  const adapt = () => {
    const excess = leastHeld - (target - samplesOf(SHORTEST) + samplesOf(SPARE))
    const longest = samplesOf(LONGEST_SPLICE)
    if (excess > fade) splice(Math.min(fade, excess), Math.min(excess, longest))
    calmWindows += 1
    if (calmWindows >= CALM_WINDOWS) {
      calmWindows = 0
      target = Math.max(samplesOf(SHORTEST), target - samplesOf(LESS))
    }
    leastHeld = Infinity
    pulled = 0
  }

  const runDry = () => {
    isGathering = true
    fadedIn = 0
    gaps += 1
    calmWindows = 0
    leastHeld = Infinity
    pulled = 0
    target = Math.min(samplesOf(LONGEST), target + samplesOf(MORE))
  }

  const next = (): number => {
    if (isGathering || held() === 0) {
      if (!isGathering) runDry()
      // A step to silence would be a click.
      last *= 0.8
      return last
    }
    const sample = at(read)
    read += 1
    if (fadedIn < fade) {
      fadedIn += 1
      last = sample * (fadedIn / fade)
    } else last = sample
    return last
  }

  /** Back to now at once. */
  const catchUp = () => {
    const excess = held() - target
    splice(excess - samplesOf(LONGEST_SPLICE), excess)
    leastHeld = Infinity
  }

  const pull = (into: Float32Array) => {
    if (held() > target + samplesOf(MOST_LATE)) catchUp()
    if (isGathering && held() >= target) isGathering = false
    for (let i = 0; i < into.length; i += 1) into[i] = next()
    if (isGathering) return
    leastHeld = Math.min(leastHeld, held())
    pulled += into.length
    if (pulled >= rate) adapt()
  }

  return { push, pull, held, gaps: () => gaps }
}
