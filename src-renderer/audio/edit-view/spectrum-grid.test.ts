import { expect, test } from 'vitest'
import { spectrumGridOf } from './spectrum-grid.ts'

test('zooms close to each other share what is computed', () => {
  expect(spectrumGridOf(300, 44_100)).toEqual(spectrumGridOf(500, 44_100))
  expect(spectrumGridOf(300, 44_100)).not.toEqual(spectrumGridOf(600, 44_100))
})

test('deep zooms do not compute the same sound again and again', () => {
  expect(spectrumGridOf(1 / 64, 44_100)).toEqual({ size: 2048, hop: 128, isSparse: false })
})

test('a transform is a power of two near 40 ms at every rate', () => {
  for (const rate of [8000, 16_000, 44_100, 48_000, 192_000]) {
    const { size } = spectrumGridOf(100, rate)
    expect(Math.log2(size) % 1).toBe(0)
    expect(Math.abs(Math.log2(size / rate / 0.04))).toBeLessThanOrEqual(0.5)
  }
})

test('far out only a sample of the sound is looked at', () => {
  const { hop, size, isSparse } = spectrumGridOf(433_000, 44_100)

  expect(isSparse).toBe(true)
  expect(hop).toBeGreaterThan(4 * 433_000)
  expect(size).toBe(2048)
})
