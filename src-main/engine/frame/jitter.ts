import type { CodecName, Rate } from '../port.ts'
import {
  conceal,
  createConcealment,
  isFaded,
  remember,
  resume,
  type Concealment,
} from './conceal.ts'
import {
  createJitterDelay,
  type JitterDelay,
  noteArrival,
  rebaseDelay,
  resetDelay,
  soonestOf,
  targetOf,
} from './jitter-delay.ts'
import { createJitterPace, isBearable, type JitterPace } from './jitter-pace.ts'
import {
  clearRing,
  clearSamples,
  countAbsent,
  createJitterRing,
  type JitterRing,
  takeSamples,
  writePayload,
} from './jitter-ring.ts'
import {
  addSpan,
  clearSpans,
  createJitterSpans,
  type JitterSpans,
  silenceBetween,
} from './jitter-spans.ts'
import { timestampsApart } from './rtp.ts'

/**
 * An adaptive jitter buffer: packets in whenever they come, 20 ms out every tick. Its clock are the ticks. It keeps
 * half a second at most, whatever comes. Plain fields and functions, as in every tick all of it is cold: each object
 * on the way to a sample is a wait of its own.
 */
export type JitterBuffer = {
  readonly rate: Rate
  readonly ring: JitterRing
  readonly spans: JitterSpans
  readonly delay: JitterDelay
  readonly pace: JitterPace
  readonly concealment: Concealment
  hasStarted: boolean
  /** The timestamp that is played next, signed: a small integer is kept in place. */
  position: number
  /** By how much more the position went on than the ticks did. */
  adjusted: number
  /** Something is missing, or was until a moment ago. */
  isConcealing: boolean
  lateTicks: number
  isLate: boolean
  /** Where a packet was that belongs to another time. */
  candidate: number | undefined
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
  const ring = createJitterRing(rate === 16_000 ? 8192 : 4096)
  return {
    rate,
    ring,
    spans: createJitterSpans(),
    delay: createJitterDelay(rate),
    pace: createJitterPace(rate, ring),
    concealment: createConcealment(rate),
    hasStarted: false,
    position: 0,
    adjusted: 0,
    isConcealing: false,
    lateTicks: 0,
    isLate: false,
    candidate: undefined,
  }
}

const excessOf = ({ delay, adjusted }: JitterBuffer) =>
  soonestOf(delay) - adjusted - targetOf(delay)

const startAt = (buffer: JitterBuffer, timestamp: number) => {
  clearRing(buffer.ring)
  clearSpans(buffer.spans)
  buffer.position = (timestamp - targetOf(buffer.delay)) | 0
  buffer.candidate = undefined
}

/** A timestamp that neither fits into the ring nor is late by as much. */
const isElsewhere = ({ ring, position }: JitterBuffer, timestamp: number, count: number) => {
  const ahead = timestampsApart(timestamp, position)
  return ahead + count > ring.length || ahead < -ring.length
}

/** Of packets that belong to another time two must agree, lest a single one throws everything away. */
const hasJumped = (buffer: JitterBuffer, timestamp: number): boolean => {
  const { candidate, ring } = buffer
  buffer.candidate = timestamp
  return (
    candidate !== undefined && Math.abs(timestampsApart(timestamp, candidate)) < ring.length / 2
  )
}

/** `late`: it is too late for all of it; `jump`: it belongs to another time, and nothing agrees with it yet. */
export const putPacket = (
  buffer: JitterBuffer,
  packet: JitterPacket,
): 'taken' | 'late' | 'jump' => {
  const { ring, delay } = buffer
  const { timestamp, count } = packet
  const isStranger = buffer.hasStarted && isElsewhere(buffer, timestamp, count)
  if (isStranger && !hasJumped(buffer, timestamp)) return 'jump'
  if (isStranger || !buffer.hasStarted) {
    buffer.hasStarted = true
    resetDelay(delay, 0)
    startAt(buffer, timestamp)
    buffer.adjusted = -targetOf(delay)
  }
  buffer.candidate = undefined

  let ahead = timestampsApart(timestamp, buffer.position)
  const lead = ahead + buffer.adjusted
  noteArrival(delay, lead, count)
  buffer.isLate = ahead + count <= 0
  if (buffer.isLate) {
    if (buffer.lateTicks < LATE_TICKS) return 'late'
    rebaseDelay(delay, lead)
    startAt(buffer, timestamp)
    ahead = targetOf(delay)
    buffer.adjusted = lead - ahead
    buffer.isLate = false
  }
  buffer.lateTicks = 0
  writePayload(ring, timestamp, packet)
  if (ahead < 0) clearSamples(ring, timestamp, -ahead)
  addSpan(buffer.spans, ring, packet, buffer.position)
  return 'taken'
}

/** A packet without samples, which says that there are none in a while: an event, or comfort noise. */
export const putSilence = (
  buffer: JitterBuffer,
  sequence: number,
  timestamp: number,
  samples: number,
) => {
  if (!buffer.hasStarted || isElsewhere(buffer, timestamp, 0)) return
  const { ring, position } = buffer
  addSpan(buffer.spans, ring, { sequence, timestamp, count: samples }, position)
  silenceBetween(ring, timestamp, timestamp + samples, position)
}

/** A tick of which not everything came. */
const pullWithLosses = (buffer: JitterBuffer, into: Int16Array, taken: number) => {
  const { ring, position, concealment } = buffer
  let at = taken
  buffer.isConcealing = true
  if (at > 0) resume(concealment, into, 0, at)
  while (at < into.length) {
    const to = at + countAbsent(ring, position + at, into.length - at)
    conceal(concealment, into, at, to)
    at = to + takeSamples(ring, position, into, to)
    if (at > to) resume(concealment, into, to, at)
  }
}

/** Nothing came for the tick: the delay changes for nothing, as nothing is left out and nothing played twice. */
const adjustInGap = (buffer: JitterBuffer, tickSamples: number): number => {
  const by = excessOf(buffer)
  if (by < 0) return Math.max(-tickSamples, by)
  if (!isFaded(buffer.concealment)) return 0
  return by > 0 ? countAbsent(buffer.ring, buffer.position + tickSamples, by) : 0
}

/** Fills `into` with the next tick; returns by how many samples more (or fewer) it went on. */
const play = (buffer: JitterBuffer, into: Int16Array): number => {
  const { ring, rate, position } = buffer
  const tickSamples = into.length
  const taken = takeSamples(ring, position, into, 0)
  if (taken === tickSamples) {
    if (buffer.isConcealing) buffer.isConcealing = resume(buffer.concealment, into, 0, taken)
    const tooLong = excessOf(buffer)
    return isBearable(tooLong, rate) ? 0 : buffer.pace.adjust(into, position + tickSamples, tooLong)
  }
  const isEmpty = taken === 0 && countAbsent(ring, position, tickSamples) === tickSamples
  pullWithLosses(buffer, into, taken)
  return isEmpty ? adjustInGap(buffer, tickSamples) : 0
}

/** The next 20 ms. False: nothing is to be heard, all samples are 0. */
export const pullTick = (buffer: JitterBuffer, into: Int16Array): boolean => {
  if (!buffer.hasStarted) {
    into.fill(0)
    return false
  }
  if (buffer.isLate) buffer.lateTicks += 1
  buffer.isLate = false
  const by = play(buffer, into)
  remember(buffer.concealment, into)
  buffer.position = (buffer.position + into.length + by) | 0
  buffer.adjusted += by
  const { length } = into
  for (let i = 0; i < length; i += 1) if (into[i] !== 0) return true
  return false
}

/** What comes next is another stream. */
export const restartBuffer = (buffer: JitterBuffer) => {
  buffer.hasStarted = false
}

/** How long a packet waits that came as soon as packets do. */
export const delayMsOf = ({ hasStarted, delay, adjusted, rate }: JitterBuffer): number =>
  hasStarted ? ((soonestOf(delay) - adjusted) * 1000) / rate : 0
