import { decode } from '../telephone/g711.ts'

/**
 * How samples are stored in wav files. Samples of up to 16 bits are read as 16, others as 32 bits, and
 * rounded to 16 where that is wanted.
 */
export type Coding = {
  /** What people call it. */
  encoding: string
  /** Bytes of a sample. */
  width: number
  /** What holds every sample without loss. */
  bits: 16 | 32
  /** Whole samples, as `bits` says. `bytes` may begin anywhere. */
  read: (bytes: Uint8Array<ArrayBuffer>) => Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>
}

const HALF = 32_768

/** To 16 bits: rounded, not cut; what is above the greatest sample becomes the greatest. */
const roundTo16 = (sample: number): number => Math.min(HALF - 1, ((sample >> 15) + 1) >> 1)

export const toS16 = (samples: Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>) =>
  samples instanceof Int16Array ? samples : Int16Array.from(samples, roundTo16)

const byTable = (encoding: string, sampleOf: (code: number) => number): Coding => {
  const table = Int16Array.from({ length: 256 }, (_, code) => sampleOf(code))
  return {
    encoding,
    width: 1,
    bits: 16,
    read: (bytes) => {
      const samples = new Int16Array(bytes.length)
      for (let i = 0; i < samples.length; i += 1) samples[i] = table[bytes[i] ?? 0] ?? 0
      return samples
    },
  }
}

/** The same bytes where numbers of `width` bytes may begin, and only whole ones. */
const aligned = (bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> => {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % width))
  return whole.byteOffset % width === 0 ? whole : new Uint8Array(whole)
}

type View<T> = new (buffer: ArrayBuffer, byteOffset: number, length: number) => T

const viewed =
  <T>(View: View<T>, width: number) =>
  (bytes: Uint8Array<ArrayBuffer>): T => {
    const { buffer, byteOffset, length } = aligned(bytes, width)
    return new View(buffer, byteOffset, length / width)
  }

const read24 = (bytes: Uint8Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const samples = new Int32Array(Math.floor(bytes.length / 3))
  for (let i = 0, at = 0; i < samples.length; i += 1, at += 3) {
    const low = ((bytes[at] ?? 0) << 8) | ((bytes[at + 1] ?? 0) << 16)
    samples[i] = low | ((bytes[at + 2] ?? 0) << 24)
  }
  return samples
}

const LIMIT = 2 ** 31

const fromFloat = (value: number): number => {
  if (Number.isNaN(value)) return 0
  const scaled = value * LIMIT
  // Halves away from zero.
  const rounded = scaled < 0 ? Math.ceil(scaled - 0.5) : Math.floor(scaled + 0.5)
  return Math.max(-LIMIT, Math.min(LIMIT - 1, rounded))
}

const floats = (
  width: number,
  view: (bytes: Uint8Array<ArrayBuffer>) => ArrayLike<number>,
): Coding => ({
  encoding: 'float',
  width,
  bits: 32,
  read: (bytes) => {
    const values = view(bytes)
    const samples = new Int32Array(values.length)
    for (let i = 0; i < samples.length; i += 1) samples[i] = fromFloat(values[i] ?? 0)
    return samples
  },
})

const codings: Readonly<Record<string, Coding>> = {
  '1-1': byTable('pcm', (code) => (code - 128) << 8),
  '1-2': { encoding: 'pcm', width: 2, bits: 16, read: viewed(Int16Array<ArrayBuffer>, 2) },
  '1-3': { encoding: 'pcm', width: 3, bits: 32, read: read24 },
  '1-4': { encoding: 'pcm', width: 4, bits: 32, read: viewed(Int32Array<ArrayBuffer>, 4) },
  '3-4': floats(4, viewed(Float32Array<ArrayBuffer>, 4)),
  '3-8': floats(8, viewed(Float64Array<ArrayBuffer>, 8)),
  '6-1': byTable('alaw', (code) => decode('alaw', code)),
  '7-1': byTable('ulaw', (code) => decode('ulaw', code)),
}

export type CodingId = { tag: number; width: number }

/** By wav format tag and bytes of a sample; undefined for what is left to sox. */
export const codingOf = ({ tag, width }: CodingId): Coding | undefined => codings[`${tag}-${width}`]
