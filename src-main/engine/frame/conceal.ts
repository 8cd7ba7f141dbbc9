import type { Rate } from '../port.ts'
import { mostAlike, type Search } from './conceal-alike.ts'
import { samplesOf } from './sound.ts'

/**
 * Conceals lost packets in the manner of ITU-T G.711 Appendix I: the last pitch periods are repeated, more of them the
 * longer it lasts, and fade out from 10 ms to 60 ms; what comes after the loss is faded in over them. Unlike there,
 * nothing is delayed for it: the step at the beginning is bridged instead of overlapped.
 */
export type Concealment = {
  readonly rate: Rate
  /** The last ticks, in turn; the oldest is at `oldest`. */
  readonly past: Int16Array
  oldest: number
  /** Made by the first loss, which many a leg never has. */
  tail: Float32Array
  /** Samples since the loss began, and those of them that were missing. */
  cursor: number
  missing: number
  /** Samples of the fade after the loss, and how many of them are done. −1: nothing is being concealed. */
  fade: number
  faded: number
}

const PAST_TICKS = 3
const MOST_PERIODS = 3

/** From 66 to 200 Hz, as Appendix I has it, over its 20 ms. */
const pitchAt = (rate: Rate): Search => ({
  window: rate / 50,
  least: rate / 200,
  most: (rate * 3) / 200,
  direction: -1,
  step: rate / 4000,
})

/** The last periods again and again; the end of the last is faded into what came before the first of them. */
const repeated = (past: Int16Array, lag: number, periods: number, cursor: number): number => {
  const length = periods * lag
  const overlap = lag >> 2
  const at = cursor % length
  const sample = past[past.length - length + at] ?? 0
  const late = at - (length - overlap)
  if (late < 0) return sample
  const earlier = past[past.length - 2 * length + at] ?? 0
  return sample + ((late + 1) / (overlap + 1)) * (earlier - sample)
}

/** `tail`: what may have come after the past, fading. */
const synthesise = (past: Int16Array, tail: Float32Array, rate: Rate) => {
  const search = pitchAt(rate)
  const tenMs = rate / 100
  const end = past.length
  const lag = mostAlike(past, end - search.window, search, 0) || search.most
  const overlap = lag >> 2
  const step = (past[end - 1] ?? 0) - (past[end - 1 - lag] ?? 0)
  let periods = 1
  let cursor = 0
  let before = 0
  for (let i = 0; i < tail.length; i += 1) {
    const since = i % tenMs
    if (since === 0 && i > 0 && periods < MOST_PERIODS) {
      before = cursor
      // At the same place of the first of more periods.
      cursor %= lag
      periods += 1
    }
    let sample = repeated(past, lag, periods, cursor)
    if (since < overlap && i >= tenMs && i < MOST_PERIODS * tenMs) {
      const old = repeated(past, lag, periods - 1, before)
      before += 1
      sample = old + ((since + 1) / (overlap + 1)) * (sample - old)
    }
    cursor += 1
    if (i < overlap) sample += step * (1 - (i + 1) / (overlap + 1))
    tail[i] = sample * Math.max(0, Math.min(1, 1 - (i - tenMs) / (5 * tenMs)))
  }
}

/** Room to work in, for all: what is in it is used within one call. */
const beforeLossNarrow = new Int16Array(PAST_TICKS * samplesOf(8000))
const beforeLossWide = new Int16Array(PAST_TICKS * samplesOf(16_000))

export const createConcealment = (rate: Rate): Concealment => ({
  rate,
  past: new Int16Array(PAST_TICKS * samplesOf(rate)),
  oldest: 0,
  tail: new Float32Array(0),
  cursor: 0,
  missing: 0,
  fade: -1,
  faded: 0,
})

const begin = (concealment: Concealment, into: Int16Array, from: number) => {
  const { rate, past, oldest } = concealment
  const beforeLoss = rate === 16_000 ? beforeLossWide : beforeLossNarrow
  const older = past.length - from
  for (let i = 0; i < older; i += 1) {
    beforeLoss[i] = past[(oldest + from + i) % past.length] ?? 0
  }
  for (let i = 0; i < from; i += 1) beforeLoss[older + i] = into[i] ?? 0
  if (concealment.tail.length === 0) concealment.tail = new Float32Array((6 * rate) / 100)
  synthesise(beforeLoss, concealment.tail, rate)
  concealment.cursor = 0
  concealment.missing = 0
  concealment.fade = 0
}

/** Samples that are missing. */
export const conceal = (concealment: Concealment, into: Int16Array, from: number, to: number) => {
  if (concealment.fade !== 0) begin(concealment, into, from)
  const { tail, cursor } = concealment
  for (let i = from; i < to; i += 1) {
    into[i] = Math.max(-32_767, Math.min(32_767, tail[cursor + i - from] ?? 0))
  }
  concealment.cursor += to - from
  concealment.missing += to - from
}

/**
 * Samples that are there; they are changed while they follow missing ones closely. False: they did not, and nor will
 * those that come next.
 */
export const resume = (
  concealment: Concealment,
  into: Int16Array,
  from: number,
  to: number,
): boolean => {
  if (concealment.fade < 0) return false
  const tenMs = concealment.rate / 100
  if (concealment.fade === 0) {
    // Appendix I: 4 ms more for every 10 ms that were lost, 10 ms at most.
    const lost = Math.floor(concealment.missing / tenMs)
    concealment.fade = Math.min(tenMs, Math.round(tenMs * (0.4 + 0.4 * lost)))
    concealment.faded = 0
  }
  const { tail, fade } = concealment
  const most = Math.min(to, from + fade - concealment.faded)
  for (let i = from; i < most; i += 1) {
    concealment.faded += 1
    const old = tail[concealment.cursor] ?? 0
    concealment.cursor += 1
    into[i] = old + (concealment.faded / (fade + 1)) * ((into[i] ?? 0) - old)
  }
  if (concealment.faded >= fade) concealment.fade = -1
  return concealment.fade >= 0
}

/** A tick is complete: what is missing next is made of it. */
export const remember = (concealment: Concealment, tick: Int16Array) => {
  const { past } = concealment
  past.set(tick, concealment.oldest)
  concealment.oldest = (concealment.oldest + tick.length) % past.length
}

/** The loss lasts, and nothing is heard of it any more. */
export const isFaded = ({ fade, cursor, tail }: Concealment): boolean =>
  fade === 0 && cursor >= tail.length
