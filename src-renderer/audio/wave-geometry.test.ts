import { describe, expect, it } from 'vitest'
import { columnsOf, heightOfPeak, seekByKey } from './wave-geometry.ts'

const peaks = (max: number[]) => ({
  max: Float32Array.from(max),
  min: Float32Array.from(max, (value) => -value),
})

describe('columnsOf', () => {
  it('keeps the highest of the peaks that share a column', () => {
    const { up, down } = columnsOf(peaks([0.1, 1, 0, 0]), 2)

    expect([...up]).toEqual([1, 0])
    expect([...down]).toEqual([1, 0])
  })

  it('stretches few peaks over many columns', () => {
    expect([...columnsOf(peaks([0, 1]), 4).up]).toEqual([0, 0, 1, 1])
  })

  it('draws a body inside the extremes', () => {
    const { up, body } = columnsOf(peaks([0.2, 0.9, 0.4, 0.3]), 2)

    body.forEach((value, index) => {
      expect(value).toBeGreaterThan(0)
      expect(value).toBeLessThan(up[index]!)
    })
  })

  it('draws silence for a file without sound', () => {
    expect([...columnsOf(peaks([]), 3).up]).toEqual([0, 0, 0])
  })
})

describe('heightOfPeak', () => {
  it('keeps silence flat and full scale full', () => {
    expect(heightOfPeak(0)).toBe(0)
    expect(heightOfPeak(1)).toBe(1)
    expect(heightOfPeak(0.5)).toBeGreaterThan(0.5)
  })
})

describe('seekByKey', () => {
  it('moves by a fiftieth and stays inside the file', () => {
    expect(seekByKey('ArrowRight', 0, 5000)).toBe(100)
    expect(seekByKey('ArrowLeft', 50, 5000)).toBe(0)
    expect(seekByKey('PageUp', 4900, 5000)).toBe(5000)
  })

  it('goes to both ends', () => {
    expect(seekByKey('Home', 700, 5000)).toBe(0)
    expect(seekByKey('End', 700, 5000)).toBe(5000)
  })

  it('leaves other keys alone', () => {
    expect(seekByKey('Enter', 700, 5000)).toBeUndefined()
  })
})
