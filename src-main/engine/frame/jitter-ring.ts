import type { CodecName } from '../port.ts'
import { decodeInto, samplesOfBytes } from './codec.ts'

/** Of a sample that did not come. Samples of that value are written as their neighbour. */
const ABSENT = -32_768

/**
 * The samples of half a second to come, each at its RTP timestamp: out of order, in packets of any length, twice — it
 * does not matter. Its length is a power of two, so that timestamps may wrap.
 */
export type JitterRing = Int16Array

/** Samples as a packet brings them: in the bytes from `from` on. */
export type Payload = {
  readonly codec: CodecName
  readonly bytes: Uint8Array
  readonly from: number
  readonly count: number
}

/** The longest packets have 120 ms. */
const wideSamples = new Int16Array((16_000 * 120) / 1000)

export const createJitterRing = (size: number): JitterRing => new Int16Array(size).fill(ABSENT)

export const writeSamples = (
  ring: JitterRing,
  timestamp: number,
  from: Int16Array,
  count: number,
) => {
  const mask = ring.length - 1
  const start = timestamp & mask
  for (let i = 0; i < count; i += 1) {
    const sample = from[i] ?? 0
    ring[(start + i) & mask] = sample === ABSENT ? ABSENT + 1 : sample
  }
}

/** The samples of a payload, which need no room in between where a byte is a sample. */
export const writePayload = (ring: JitterRing, timestamp: number, payload: Payload) => {
  const { codec, bytes, from, count } = payload
  if (codec === 'L16') {
    decodeInto(codec, bytes, wideSamples, from)
    writeSamples(ring, timestamp, wideSamples, count)
    return
  }
  const decoded = samplesOfBytes(codec)
  const mask = ring.length - 1
  const start = timestamp & mask
  // No byte of G.711 is the sample of those absent.
  for (let i = 0; i < count; i += 1) {
    ring[(start + i) & mask] = decoded[bytes[from + i] ?? 0] ?? 0
  }
}

/** Silence, where nothing else is. */
export const writeSilence = (ring: JitterRing, timestamp: number, count: number) => {
  const mask = ring.length - 1
  const start = timestamp & mask
  for (let i = 0; i < count; i += 1) {
    const at = (start + i) & mask
    if (ring[at] === ABSENT) ring[at] = 0
  }
}

/** Moves samples out, from index `from` on, until one is absent; their number. The timestamp is that of index 0. */
export const takeSamples = (
  ring: JitterRing,
  timestamp: number,
  into: Int16Array,
  from: number,
): number => {
  const mask = ring.length - 1
  const start = timestamp & mask
  let i = from
  for (; i < into.length; i += 1) {
    const at = (start + i) & mask
    const sample = ring[at] ?? ABSENT
    if (sample === ABSENT) break
    ring[at] = ABSENT
    into[i] = sample
  }
  return i - from
}

/** Copies them without looking whether they are absent. */
export const peekSamples = (ring: JitterRing, timestamp: number, into: Int16Array) => {
  const mask = ring.length - 1
  const start = timestamp & mask
  for (let i = 0; i < into.length; i += 1) into[i] = ring[(start + i) & mask] ?? ABSENT
}

/** How many from there on are present, `most` at most. */
export const countPresent = (ring: JitterRing, timestamp: number, most: number): number => {
  const mask = ring.length - 1
  const start = timestamp & mask
  let i = 0
  while (i < most && ring[(start + i) & mask] !== ABSENT) i += 1
  return i
}

/** How many from there on are absent, `most` at most. */
export const countAbsent = (ring: JitterRing, timestamp: number, most: number): number => {
  const mask = ring.length - 1
  const start = timestamp & mask
  let i = 0
  while (i < most && ring[(start + i) & mask] === ABSENT) i += 1
  return i
}

export const clearSamples = (ring: JitterRing, timestamp: number, count: number) => {
  const mask = ring.length - 1
  const start = timestamp & mask
  for (let i = 0; i < count; i += 1) ring[(start + i) & mask] = ABSENT
}

export const clearRing = (ring: JitterRing) => void ring.fill(ABSENT)
