import { describe, expect, it } from 'vitest'
import { parsePeaks } from './peaks.ts'

type Dat = { version: 1 | 2; bits: 8 | 16; channels?: number; values: number[]; length?: number }

const dat = ({ version, bits, channels = 1, values, length }: Dat): ArrayBuffer => {
  const offset = version === 2 ? 24 : 20
  const buffer = new ArrayBuffer(offset + values.length * (bits / 8))
  const view = new DataView(buffer)
  view.setInt32(0, version, true)
  view.setUint32(4, bits === 8 ? 1 : 0, true)
  view.setInt32(8, 8000, true)
  view.setInt32(12, 256, true)
  view.setUint32(16, length ?? values.length / 2 / channels, true)
  if (version === 2) view.setInt32(20, channels, true)
  values.forEach((value, index) => {
    if (bits === 8) view.setInt8(offset + index, value)
    else view.setInt16(offset + index * 2, value, true)
  })
  return buffer
}

describe('parsePeaks', () => {
  it('reads a mono file of version 1 with 16-bit values', () => {
    const peaks = parsePeaks(dat({ version: 1, bits: 16, values: [-16384, 8192, -32768, 16384] }))

    expect(peaks.sampleRateHz).toBe(8000)
    expect(peaks.samplesPerPixel).toBe(256)
    expect([...peaks.min]).toEqual([-0.5, -1])
    expect([...peaks.max]).toEqual([0.25, 0.5])
  })

  it('reads 8-bit values', () => {
    const peaks = parsePeaks(dat({ version: 1, bits: 8, values: [-64, 32] }))

    expect([...peaks.min]).toEqual([-0.5])
    expect([...peaks.max]).toEqual([0.25])
  })

  it('lays the channels of version 2 over each other', () => {
    const values = [-64, 16, -32, 96, -8, 8, -16, 4]
    const peaks = parsePeaks(dat({ version: 2, bits: 8, channels: 2, values }))

    expect([...peaks.min]).toEqual([-0.5, -0.125])
    expect([...peaks.max]).toEqual([0.75, 0.0625])
  })

  it('accepts version 2 with one channel and a file without any sound', () => {
    expect([...parsePeaks(dat({ version: 2, bits: 8, values: [-128, 64] })).max]).toEqual([0.5])
    expect(parsePeaks(dat({ version: 1, bits: 16, values: [] })).min).toHaveLength(0)
  })

  it('refuses a file whose size does not fit its header', () => {
    const cut = dat({ version: 1, bits: 16, values: [1, 2, 3, 4], length: 3 })

    expect(() => parsePeaks(cut)).toThrow('it has 28 bytes instead of 32')
    expect(() => parsePeaks(new ArrayBuffer(12))).toThrow('header is cut short')
  })

  it('refuses headers that cannot be true', () => {
    const strange = dat({ version: 1, bits: 8, values: [0, 0] })
    new DataView(strange).setInt32(0, 7, true)
    const crowded = dat({ version: 2, bits: 8, channels: 25, values: Array<number>(50).fill(0) })
    const still = dat({ version: 1, bits: 8, values: [0, 0] })
    new DataView(still).setInt32(8, 0, true)

    expect(() => parsePeaks(strange)).toThrow('version 7 is unknown')
    expect(() => parsePeaks(crowded)).toThrow('25 channels')
    expect(() => parsePeaks(still)).toThrow('sample rate is not positive')
  })
})
