import { type JitterRing, writeSilence } from './jitter-ring.ts'
import { timestampsApart } from './rtp.ts'

/** Packets that can be out of order by so many. A power of two. */
const SPANS = 64
/** Sequence number, from when and to when, one packet after the other: what is looked at together lies together. */
const NUMBERS = 3
const NONE = 0xffff_ffff

/**
 * From when to when packets were, to tell silence from loss: between packets whose sequence numbers follow each other
 * nothing is missing, so a gap of their timestamps is silence (RFC 3551 §4.1).
 */
export type JitterSpans = Uint32Array

export const createJitterSpans = (): JitterSpans => new Uint32Array(SPANS * NUMBERS).fill(NONE)

export const clearSpans = (spans: JitterSpans) => void spans.fill(NONE)

type Span = { readonly sequence: number; readonly timestamp: number; readonly count: number }

/** Where the packet of that number is; −1 if it is not known. */
const find = (spans: JitterSpans, sequence: number): number => {
  const at = (sequence & (SPANS - 1)) * NUMBERS
  return spans[at] === sequence ? at : -1
}

/** Silence from one timestamp to another, as far as it is still to be played. */
export const silenceBetween = (ring: JitterRing, from: number, to: number, position: number) => {
  const first = Math.max(0, timestampsApart(from, position))
  const last = Math.min(ring.length, timestampsApart(to, position))
  if (last > first) writeSilence(ring, position + first, last - first)
}

/** Writes the silence there was between the packet and its neighbours. */
export const addSpan = (spans: JitterSpans, ring: JitterRing, span: Span, position: number) => {
  const { sequence, timestamp } = span
  const end = timestamp + span.count
  const at = (sequence & (SPANS - 1)) * NUMBERS
  spans[at] = sequence
  spans[at + 1] = timestamp
  spans[at + 2] = end
  const before = find(spans, sequence - 1)
  if (before !== -1) silenceBetween(ring, spans[before + 2] ?? 0, timestamp, position)
  const after = find(spans, sequence + 1)
  if (after !== -1) silenceBetween(ring, end, spans[after + 1] ?? 0, position)
}
