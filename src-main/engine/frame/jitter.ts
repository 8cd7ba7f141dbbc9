import type { CodecName, Rate } from '../port.ts'
import { createConcealment } from './conceal.ts'
import {
  createJitterDelay,
  noteArrival,
  rebaseDelay,
  resetDelay,
  soonestOf,
  targetOf,
} from './jitter-delay.ts'
import { createJitterPace, isBearable } from './jitter-pace.ts'
import {
  clearRing,
  clearSamples,
  countAbsent,
  createJitterRing,
  takeSamples,
  writePayload,
} from './jitter-ring.ts'
import { addSpan, clearSpans, createJitterSpans, silenceBetween } from './jitter-spans.ts'
import { timestampsApart } from './rtp.ts'
import { samplesOf } from './sound.ts'

/**
 * An adaptive jitter buffer: packets in whenever they come, 20 ms out every tick. Its clock are the ticks. It keeps
 * half a second at most, whatever comes.
 */
type JitterBuffer = {
  /** `late`: it is too late for all of it; `jump`: it belongs to another time, and nothing agrees with it yet. */
  readonly put: (packet: JitterPacket) => 'taken' | 'late' | 'jump'
  /** A packet without samples, which says that there are none in a while: an event, or comfort noise. */
  readonly putSilence: (sequence: number, timestamp: number, samples: number) => void
  /** False: nothing is to be heard, all samples are 0. */
  readonly pull: (into: Int16Array) => boolean
  /** What comes next is another stream. */
  readonly restart: () => void
  /** How long a packet waits that came as soon as packets do. */
  readonly delayMs: () => number
}

/** Filled again for every packet. */
export type JitterPacket = {
  /** Extended: it does not wrap. */
  sequence: number
  timestamp: number
  codec: CodecName
  bytes: Uint8Array
  /** Where the payload begins. */
  from: number
  /** Its samples. */
  count: number
}

/** Nothing but late packets in so many ticks: it is not the packets, the network's delay has changed. */
const LATE_TICKS = 3

export const createJitterBuffer = (rate: Rate): JitterBuffer => {
  const tickSamples = samplesOf(rate)
  const ring = createJitterRing(rate === 16_000 ? 8192 : 4096)
  const spans = createJitterSpans()
  const delay = createJitterDelay(rate)
  const pace = createJitterPace(rate, ring)
  const concealment = createConcealment(rate)
  let hasStarted = false
  /** The timestamp that is played next, signed: a small integer is kept in place. */
  let position = 0
  /** By how much more the position went on than the ticks did. */
  let adjusted = 0
  /** Something is missing, or was until a moment ago. */
  let isConcealing = false
  let lateTicks = 0
  let isLate = false
  /** Where a packet was that belongs to another time. */
  let candidate: number | undefined

  const excess = () => soonestOf(delay) - adjusted - targetOf(delay)

  const startAt = (timestamp: number) => {
    clearRing(ring)
    clearSpans(spans)
    position = (timestamp - targetOf(delay)) | 0
    candidate = undefined
  }

  /** A timestamp that neither fits into the ring nor is late by as much. */
  const isElsewhere = (timestamp: number, count: number): boolean => {
    const ahead = timestampsApart(timestamp, position)
    return ahead + count > ring.length || ahead < -ring.length
  }

  /** Of packets that belong to another time two must agree, lest a single one throws everything away. */
  const hasJumped = (timestamp: number): boolean => {
    const agrees =
      candidate !== undefined && Math.abs(timestampsApart(timestamp, candidate)) < ring.length / 2
    candidate = timestamp
    return agrees
  }

  const put = (packet: JitterPacket): 'taken' | 'late' | 'jump' => {
    const { timestamp, count } = packet
    const isStranger = hasStarted && isElsewhere(timestamp, count)
    if (isStranger && !hasJumped(timestamp)) return 'jump'
    if (isStranger || !hasStarted) {
      hasStarted = true
      resetDelay(delay, 0)
      startAt(timestamp)
      adjusted = -targetOf(delay)
    }
    candidate = undefined

    let ahead = timestampsApart(timestamp, position)
    const lead = ahead + adjusted
    noteArrival(delay, lead, count)
    isLate = ahead + count <= 0
    if (isLate) {
      if (lateTicks < LATE_TICKS) return 'late'
      rebaseDelay(delay, lead)
      startAt(timestamp)
      ahead = targetOf(delay)
      adjusted = lead - ahead
      isLate = false
    }
    lateTicks = 0
    writePayload(ring, timestamp, packet)
    if (ahead < 0) clearSamples(ring, timestamp, -ahead)
    addSpan(spans, ring, packet, position)
    return 'taken'
  }

  /** A tick of which not everything came. */
  const pullWithLosses = (into: Int16Array, taken: number) => {
    let at = taken
    isConcealing = true
    if (at > 0) concealment.resume(into, 0, at)
    while (at < into.length) {
      const to = at + countAbsent(ring, position + at, into.length - at)
      concealment.fill(into, at, to)
      at = to + takeSamples(ring, position, into, to)
      if (at > to) concealment.resume(into, to, at)
    }
  }

  /** Nothing came for the tick: the delay changes for nothing, as nothing is left out and nothing played twice. */
  const adjustInGap = (): number => {
    const by = excess()
    if (by < 0) return Math.max(-tickSamples, by)
    if (!concealment.isFaded()) return 0
    return by > 0 ? countAbsent(ring, position + tickSamples, by) : 0
  }

  const pull = (into: Int16Array): boolean => {
    if (!hasStarted) {
      into.fill(0)
      return false
    }
    if (isLate) lateTicks += 1
    isLate = false
    const taken = takeSamples(ring, position, into, 0)
    const next = position + tickSamples
    let by = 0
    if (taken === tickSamples) {
      if (isConcealing) isConcealing = concealment.resume(into, 0, taken)
      const tooLong = excess()
      if (!isBearable(tooLong, rate)) by = pace.adjust(into, next, tooLong)
    } else {
      const isEmpty = taken === 0 && countAbsent(ring, position, tickSamples) === tickSamples
      pullWithLosses(into, taken)
      if (isEmpty) by = adjustInGap()
    }
    concealment.remember(into)
    position = (next + by) | 0
    adjusted += by
    for (let i = 0; i < tickSamples; i += 1) if (into[i] !== 0) return true
    return false
  }

  return {
    put,
    putSilence: (sequence, timestamp, samples) => {
      if (hasStarted && !isElsewhere(timestamp, 0)) {
        addSpan(spans, ring, { sequence, timestamp, count: samples }, position)
        silenceBetween(ring, timestamp, timestamp + samples, position)
      }
    },
    pull,
    restart: () => {
      hasStarted = false
    },
    delayMs: () => (hasStarted ? ((soonestOf(delay) - adjusted) * 1000) / rate : 0),
  }
}
