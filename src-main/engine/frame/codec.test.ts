import { decode, encode } from '#sound/telephone/g711'
import { describe, expect, it } from 'vitest'
import { bytesPerSampleOf, decodeInto, encodeInto, rateOf, silence, tickBytesOf } from './codec.ts'

describe('codecs', () => {
  it.each([
    ['PCMU', 'ulaw'],
    ['PCMA', 'alaw'],
  ] as const)('writes %s as G.711 has it, for every byte and every sample', (codec, law) => {
    const samples = new Int16Array(256)
    decodeInto(
      codec,
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
      samples,
    )
    expect([...samples]).toEqual(Array.from({ length: 256 }, (_, byte) => decode(law, byte)))

    const all = Int16Array.from({ length: 65_536 }, (_, at) => at - 32_768)
    const bytes = new Uint8Array(65_536)
    expect(encodeInto(codec, all, bytes)).toBe(65_536)
    const wrong = all.findIndex((sample, at) => bytes[at] !== encode(law, sample))
    expect(wrong).toBe(-1)
  })

  it('writes L16 in network byte order', () => {
    const bytes = new Uint8Array(8)
    expect(encodeInto('L16', Int16Array.of(1, -2, 32_767, -32_768), bytes)).toBe(8)
    expect([...bytes]).toEqual([0, 1, 0xff, 0xfe, 0x7f, 0xff, 0x80, 0])

    const samples = new Int16Array(4)
    expect(decodeInto('L16', bytes, samples)).toBe(4)
    expect([...samples]).toEqual([1, -2, 32_767, -32_768])
  })

  it('decodes what stands behind a header, and leaves out half a sample', () => {
    const samples = new Int16Array(4)
    expect(decodeInto('L16', Uint8Array.of(9, 9, 0, 5, 7), samples, 2)).toBe(1)
    expect(samples[0]).toBe(5)
    expect(decodeInto('PCMU', Uint8Array.of(9, 9), samples, 12)).toBe(0)
  })

  it('never writes more than there is room for', () => {
    expect(decodeInto('PCMA', new Uint8Array(100), new Int16Array(3))).toBe(3)
    expect(encodeInto('L16', new Int16Array(10), new Uint8Array(7))).toBe(6)
  })

  it('knows the size and the silence of a tick', () => {
    expect((['PCMU', 'PCMA', 'L16'] as const).map(tickBytesOf)).toEqual([160, 160, 640])
    expect((['PCMU', 'PCMA', 'L16'] as const).map(rateOf)).toEqual([8000, 8000, 16_000])
    expect((['PCMU', 'PCMA', 'L16'] as const).map(bytesPerSampleOf)).toEqual([1, 1, 2])
    expect(new Set(silence.PCMU)).toEqual(new Set([0xff]))
    expect(new Set(silence.PCMA)).toEqual(new Set([0xd5]))
    expect(new Set(silence.L16)).toEqual(new Set([0]))
  })
})
