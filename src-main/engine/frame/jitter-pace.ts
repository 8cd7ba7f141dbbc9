import type { Rate } from '../port.ts'
import { mostAlike, type Search } from './conceal-alike.ts'
import {
  clearSamples,
  countPresent,
  type JitterRing,
  peekSamples,
  writeSamples,
} from './jitter-ring.ts'
import { samplesOf } from './sound.ts'

/**
 * Plays a tick a little faster or slower, so that the buffer's delay changes unheard: in quiet ticks anywhere, else by
 * whole periods of the wave, with a fade of 5 ms at the end of the tick.
 */
export type JitterPace = {
  /**
   * `tick` was just taken from the ring, `next` is the timestamp behind it; `excess` is by how many samples the delay
   * is too long (or, negative, too short), more than is bearable. Returns by how many samples more (or fewer) the tick went on.
   */
  readonly adjust: (tick: Int16Array, next: number, excess: number) => number
}

/** Mean absolute sample of what nobody listens to: −50 dBov. */
const QUIET = 100
/** How alike a wave must be to itself to be cut while it is heard, squared; the less, the more urgent it is. */
const alike = (samples: number, rate: Rate): number => 0.5 - (5 * samples) / rate
const TICKS_BETWEEN = 4

/** A delay that is so little too long (or, negative, too short) that it stays as it is. */
export const isBearable = (excess: number, rate: Rate): boolean =>
  excess > -rate / 200 && excess < rate / 100

const isQuiet = (tick: Int16Array): boolean => {
  let sum = 0
  for (const sample of tick) sum += Math.abs(sample)
  return sum < QUIET * tick.length
}

/** A tick and 15 ms: room to work in, for all, used within one call. */
const aheadNarrow = new Int16Array(280)
const aheadWide = new Int16Array(560)

export const createJitterPace = (rate: Rate, ring: JitterRing): JitterPace => {
  const tickSamples = samplesOf(rate)
  const fade = rate / 200
  const longest = (rate * 3) / 200
  const shorter: Search = {
    window: fade,
    least: fade / 2,
    most: longest,
    direction: 1,
    step: rate / 8000,
  }
  const longer: Search = { ...shorter, direction: -1 }
  const ahead = rate === 16_000 ? aheadWide : aheadNarrow
  /** Where the last change was. */
  let changedAt = 0

  /** The end of the tick becomes the samples `from` on of `source`. */
  const fadeInto = (tick: Int16Array, source: Int16Array, from: number) => {
    for (let i = 0; i < fade; i += 1) {
      const at = tickSamples - fade + i
      const old = tick[at] ?? 0
      tick[at] = Math.round(old + ((i + 1) / (fade + 1)) * ((source[from + i] ?? 0) - old))
    }
  }

  /** Leaves out a period of what is to come. */
  const shorten = (tick: Int16Array, next: number, excess: number, quiet: boolean): number => {
    if (countPresent(ring, next, longest) < longest) return 0
    peekSamples(ring, next - tickSamples, ahead)
    ahead.set(tick)
    const at = tickSamples - fade
    const lag = quiet
      ? Math.min(longest, excess)
      : mostAlike(ahead, at, shorter, alike(excess, rate))
    if (lag === 0 || lag > excess) return 0
    fadeInto(tick, ahead, at + lag)
    clearSamples(ring, next, lag)
    return lag
  }

  /** Plays the last period of the tick again. */
  const lengthen = (tick: Int16Array, next: number, lack: number, quiet: boolean): number => {
    ahead.set(tick)
    const at = tickSamples - fade
    const lag = quiet ? Math.min(longest, lack) : mostAlike(tick, at, longer, alike(lack, rate))
    if (lag === 0) return 0
    writeSamples(ring, next - lag, tick.subarray(tickSamples - lag), lag)
    fadeInto(tick, ahead, at - lag)
    return -lag
  }

  /** Far too long, after a stall: everything too much goes at once. */
  const cut = (tick: Int16Array, next: number, excess: number): number => {
    peekSamples(ring, next + excess - fade, ahead)
    if (countPresent(ring, next + excess - fade, fade) === fade) fadeInto(tick, ahead, 0)
    clearSamples(ring, next, excess)
    return excess
  }

  return {
    adjust: (tick, next, excess) => {
      if (excess > rate / 10) return cut(tick, next, excess)
      const quiet = isQuiet(tick)
      const isSoon = (next - changedAt) >>> 0 < TICKS_BETWEEN * tickSamples
      if (!quiet && excess > 0 && (excess < tickSamples || isSoon)) return 0
      const by =
        excess < 0 ? lengthen(tick, next, -excess, quiet) : shorten(tick, next, excess, quiet)
      if (by !== 0) changedAt = next + by
      return by
    },
  }
}
