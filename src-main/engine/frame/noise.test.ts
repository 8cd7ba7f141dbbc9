import { describe, expect, it } from 'vitest'
import { createNoise } from './noise.ts'

const second = (level: number) => {
  const sum = new Int32Array(8000)
  createNoise(level).addTo(sum)
  return sum
}
const dbfs = (samples: Int32Array) =>
  10 * Math.log10(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length / 2 ** 30)

describe('comfort noise', () => {
  it.each([
    [1000, -64.9],
    [1400, -67.8],
    [200, -50.8],
  ])('of level %i has %f dBFS', (level, expected) => {
    expect(dbfs(second(level))).toBeCloseTo(expected, 0)
  })

  it('deafens nobody at the lowest level, where FreeSWITCH divides by one', () => {
    expect(dbfs(second(1))).toBeCloseTo(-44.8, 0)
  })

  it('is white: no sample says anything of those near it', () => {
    const samples = second(100)
    const power = samples.reduce((sum, sample) => sum + sample ** 2, 0)
    for (const lag of [1, 2, 3, 80, 160]) {
      const product = samples
        .subarray(lag)
        .reduce((sum, sample, i) => sum + sample * samples[i]!, 0)
      expect(Math.abs(product / power)).toBeLessThan(0.05)
    }
  })

  it('is added to what is there', () => {
    const [alone, together] = [new Int32Array(160), new Int32Array(160).fill(1000)]
    createNoise(1000).addTo(alone)
    createNoise(1000).addTo(together)
    expect(together).toEqual(alone.map((sample) => sample + 1000))
  })
})
