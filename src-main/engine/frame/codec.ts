import { decode, encode, type Law } from '#sound/telephone/g711'
import type { CodecName, Rate } from '../port.ts'
import { samplesOf } from './sound.ts'

/**
 * Codecs as RTP carries them: PCMU and PCMA (RFC 3551 §4.5.14, ITU-T G.711) at 8 kHz, L16 (RFC 3551 §4.5.11, big
 * endian) mono at 16 kHz.
 */
type Companding = { readonly decoded: Int16Array; readonly encoded: Uint8Array }

/** Of a byte, its sample; of a sample & 0xffff, its byte. */
const tablesOf = (law: Law): Companding => ({
  decoded: Int16Array.from({ length: 256 }, (_, byte) => decode(law, byte)),
  encoded: Uint8Array.from({ length: 65_536 }, (_, at) => encode(law, (at << 16) >> 16)),
})

const companding = { PCMU: tablesOf('ulaw'), PCMA: tablesOf('alaw') } as const

/** Of a byte of G.711, its sample. */
export const samplesOfBytes = (codec: 'PCMU' | 'PCMA'): Int16Array => companding[codec].decoded

/** Samples a second, and the rate of its RTP timestamps. */
export const rateOf = (codec: CodecName): Rate => (codec === 'L16' ? 16_000 : 8000)

export const bytesPerSampleOf = (codec: CodecName): 1 | 2 => (codec === 'L16' ? 2 : 1)

/** Bytes of a tick of 20 ms. */
export const tickBytesOf = (codec: CodecName): number =>
  samplesOf(rateOf(codec)) * bytesPerSampleOf(codec)

/**
 * Samples of the bytes from `from` on, as many as there are and fit; their number. An odd last byte of L16 is left
 * out.
 */
export const decodeInto = (
  codec: CodecName,
  bytes: Uint8Array,
  samples: Int16Array,
  from = 0,
): number => {
  if (codec === 'L16') {
    const count = Math.max(0, Math.min((bytes.length - from) >> 1, samples.length))
    for (let i = 0, at = from; i < count; i += 1, at += 2) {
      samples[i] = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    }
    return count
  }
  const { decoded } = companding[codec]
  const count = Math.max(0, Math.min(bytes.length - from, samples.length))
  for (let i = 0; i < count; i += 1) samples[i] = decoded[bytes[from + i] ?? 0] ?? 0
  return count
}

/** Bytes of the samples, as many as fit; their number. */
export const encodeInto = (codec: CodecName, samples: Int16Array, bytes: Uint8Array): number => {
  if (codec === 'L16') {
    const count = Math.min(samples.length, bytes.length >> 1)
    for (let i = 0; i < count; i += 1) {
      const sample = samples[i] ?? 0
      bytes[2 * i] = sample >> 8
      bytes[2 * i + 1] = sample
    }
    return 2 * count
  }
  const { encoded } = companding[codec]
  const count = Math.min(samples.length, bytes.length)
  for (let i = 0; i < count; i += 1) bytes[i] = encoded[(samples[i] ?? 0) & 0xffff] ?? 0
  return count
}

const silentTick = (codec: CodecName): Uint8Array => {
  const bytes = new Uint8Array(tickBytesOf(codec))
  encodeInto(codec, new Int16Array(samplesOf(rateOf(codec))), bytes)
  return bytes
}

/** 20 ms of silence on the wire. Nobody may write to them. */
export const silence: Readonly<Record<CodecName, Uint8Array>> = {
  PCMU: silentTick('PCMU'),
  PCMA: silentTick('PCMA'),
  L16: silentTick('L16'),
}
