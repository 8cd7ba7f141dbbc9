import { describe, expect, it } from 'vitest'
import { amplify, amplifyInto, factorOf } from './gain.ts'

describe('a gain', () => {
  it('is a factor of decibels', () => {
    expect(factorOf(0)).toBe(1)
    expect(factorOf(20)).toBe(10)
    expect(factorOf(-30)).toBeCloseTo(0.0316, 4)
  })

  it('rounds, and saturates on both sides', () => {
    const samples = Int16Array.of(0, 1, -1, 3, -3, 20_000, -20_000)
    amplify(samples, 2.5)
    expect(samples).toEqual(Int16Array.of(0, 3, -2, 8, -7, 32_767, -32_768))
  })

  it('brings a sum that has no room down before it is cut', () => {
    const out = new Int16Array(2)
    amplifyInto(out, Int32Array.of(60_000, -90_000), factorOf(-20))
    expect(out).toEqual(Int16Array.of(6000, -9000))
  })
})
