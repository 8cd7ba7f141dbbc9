import { describe, expect, it } from 'vitest'
import { fromDat, toDat, toJson, type Peaks } from './audiowaveform.ts'

const mono: Peaks = {
  version: 1,
  channels: 1,
  sampleRate: 8000,
  samplesPerPixel: 256,
  bits: 16,
  length: 2,
  data: Int16Array.of(-32_768, 32_767, -2, 258),
}
const stereo: Peaks = {
  version: 2,
  channels: 2,
  sampleRate: 44_100,
  samplesPerPixel: 512,
  bits: 8,
  length: 1,
  data: Int8Array.of(-128, 127, -1, 3),
}

describe('toDat', () => {
  it('lays version 1 out to the byte', () => {
    expect(toDat(mono).toString('hex')).toBe(
      [
        '01000000',
        '00000000',
        '401f0000',
        '00010000',
        '02000000',
        '0080',
        'ff7f',
        'feff',
        '0201',
      ].join(''),
    )
  })

  it('lays version 2 out to the byte, its data behind the channel count', () => {
    expect(toDat(stereo).toString('hex')).toBe(
      [
        '02000000',
        '01000000',
        '44ac0000',
        '00020000',
        '01000000',
        '02000000',
        '80',
        '7f',
        'ff',
        '03',
      ].join(''),
    )
  })
})

describe('toJson', () => {
  it('has the keys of version 1 and no others', () => {
    expect(toJson(mono)).toEqual({
      version: 1,
      sample_rate: 8000,
      samples_per_pixel: 256,
      bits: 16,
      length: 2,
      data: [-32_768, 32_767, -2, 258],
    })
  })

  it('adds the channels in version 2', () => {
    expect(toJson(stereo)).toMatchObject({ version: 2, channels: 2, data: [-128, 127, -1, 3] })
    expect(Object.keys(toJson(stereo))).toHaveLength(7)
  })
})

describe('fromDat', () => {
  it.each([mono, stereo])('reads what toDat wrote (%#)', (peaks) => {
    expect(fromDat(toDat(peaks))).toEqual(peaks)
  })

  it('accepts version 2 of one channel, which other writers may use', () => {
    const one: Peaks = { ...stereo, channels: 1, length: 2 }

    expect(fromDat(toDat(one))).toEqual(one)
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another version', Buffer.alloc(40, 3)],
    ['a header cut off', toDat(stereo).subarray(0, 22)],
    ['a file cut off', toDat(mono).subarray(0, -1)],
    ['a file too long', Buffer.concat([toDat(mono), Buffer.alloc(1)])],
  ])('refuses %s', (_name, bytes) => {
    expect(() => fromDat(bytes)).toThrow(/audiowaveform/)
  })
})
