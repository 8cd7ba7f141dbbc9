import { readFile } from 'node:fs/promises'
import createWabt from 'wabt'
import { describe, expect, it } from 'vitest'
import { createScanner } from './buckets.ts'
import { kernelBytes } from './kernel-bytes.ts'

type Bucket = { low: number; high: number; clipped: number; squares: number }

/** The same by definition. */
const reference = (samples: Int16Array, channels: number, framesPerBucket: number): Bucket[] => {
  const buckets: Bucket[] = []
  for (let start = 0; start < samples.length; start += framesPerBucket * channels) {
    const part = samples.subarray(start, start + framesPerBucket * channels)
    for (let channel = 0; channel < channels; channel += 1) {
      const own = [...part].filter((_, i) => i % channels === channel)
      buckets.push({
        low: Math.min(...own),
        high: Math.max(...own),
        clipped: own.filter((sample) => sample === 32_767 || sample === -32_768).length,
        squares: own.reduce((sum, sample) => sum + sample * sample, 0),
      })
    }
  }
  return buckets
}

const scanned = (samples: Int16Array | Int32Array, channels: number, framesPerBucket: number) => {
  const bits = samples instanceof Int16Array ? 16 : 32
  const frames = samples.length / channels
  const scanner = createScanner({ channels, bits, framesPerBucket, mostFrames: frames })
  scanner.input.set(samples)
  scanner.scan(frames)
  return Array.from({ length: Math.ceil(frames / framesPerBucket) * channels }, (_, i) => ({
    low: scanner.low(i),
    high: scanner.high(i),
    clipped: scanner.clipped(i),
    squares: scanner.squares(i),
  }))
}

const noise = (length: number, of = 65_536): Int16Array =>
  Int16Array.from({ length }, (_, i) => {
    if (i % 97 === 0) return i % 2 === 0 ? 32_767 : -32_768
    return Math.floor(Math.random() * of) - of / 2
  })

describe('kernel', () => {
  it('is kernel.wat, assembled', async () => {
    const wabt = await createWabt()
    const text = await readFile(new URL('kernel.wat', import.meta.url), 'utf8')
    const { buffer } = wabt.parseWat('kernel.wat', text, { simd: true }).toBinary({})

    expect(Buffer.from(buffer).toString('base64')).toBe(kernelBytes)
  })

  it.each([1, 2, 3, 8])('finds in %i channels what a plain loop finds', (channels) => {
    for (const frames of [1, 3, 4, 255, 256, 257, 1000, 2048]) {
      for (const each of [1, 2, 7, 256]) {
        const samples = noise(frames * channels)

        expect(scanned(samples, channels, each)).toEqual(reference(samples, channels, each))
      }
    }
  })

  it.each([1, 2])('does not overflow when %i channels are as loud as can be', (channels) => {
    const samples = new Int16Array(65_535 * channels).fill(-32_768)

    const [first] = scanned(samples, channels, 65_535)

    expect(first).toEqual({
      low: -32_768,
      high: -32_768,
      clipped: 65_535,
      squares: 65_535 * 2 ** 30,
    })
  })

  it('rounds 32 bits to 16, and does not overflow at the ends', () => {
    const wide = Int32Array.of(
      ...[0x7fff_ffff, -0x8000_0000, 0x7fff_7fff, 0x7fff_8000, 32_767, 32_768, -32_768, -32_769],
      ...[65_536, -65_536, 0],
    )

    expect(scanned(wide, 1, 1).map(({ low }) => low)).toEqual([
      ...[32_767, -32_768, 32_767, 32_767, 0, 1, 0, -1],
      ...[1, -1, 0],
    ])
  })
})
