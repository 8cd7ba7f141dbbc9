import { describe, expect, it } from 'vitest'
import { tone } from '../../test/tone.ts'
import { withBytes } from './bytes.ts'
import { withTrueSizes } from './wav-sizes.ts'
import { readWavHeader } from './wav.ts'

const read = (bytes: Buffer) => withBytes(bytes, readWavHeader)

const u16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => bytes.writeUInt16LE(value, i * 2))
  return bytes
}
const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => bytes.writeUInt32LE(value, i * 4))
  return bytes
}
const chunk = (id: string, data: Buffer, size = data.length) =>
  Buffer.concat([Buffer.from(id, 'latin1'), u32(size), data, Buffer.alloc(data.length % 2)])
const riff = (chunks: Buffer[], id = 'RIFF') =>
  Buffer.concat([Buffer.from(id), u32(0), Buffer.from('WAVE'), ...chunks])

const pcm = Buffer.concat([u16(1, 1), u32(8000, 16_000), u16(2, 16)])
const fmt = chunk('fmt ', pcm)
const samples = Buffer.alloc(2000, 1)
const mono = { tag: 1, channels: 1, sampleRateHz: 8000, frameBytes: 2, bits: 16 }

describe('readWavHeader', () => {
  it('finds the samples of a plain file', async () => {
    expect(await read(riff([fmt, chunk('data', samples)]))).toEqual({
      ...mono,
      dataStart: 44,
      dataEnd: 2044,
      promisedBytes: 2000,
    })
  })

  it('skips other chunks, odd ones with their padding', async () => {
    const odd = [chunk('LIST', Buffer.alloc(7)), chunk('bext', Buffer.alloc(603))]
    const wav = riff([...odd, fmt, chunk('fact', u32(1000)), chunk('data', samples)])

    const dataStart = wav.length - samples.length
    expect(await read(wav)).toMatchObject({ ...mono, dataStart, dataEnd: wav.length })
  })

  it('leaves what stands behind the samples alone', async () => {
    const wav = riff([fmt, chunk('data', samples), chunk('id3 ', Buffer.alloc(500))])

    expect(await read(wav)).toMatchObject({ dataEnd: 2044 })
  })

  it('reads samples that stand before their format', async () => {
    const wav = riff([chunk('data', samples), fmt])

    expect(await read(wav)).toMatchObject({ ...mono, dataStart: 20, dataEnd: 2020 })
  })

  it.each([0xffff_ffff, 0x7fff_ffff, 0x7fff_f000, 0])(
    'reads to the end when the size is the placeholder %i',
    async (size) => {
      const wav = riff([fmt, chunk('data', samples, size)])

      expect(await read(wav)).toMatchObject({ dataEnd: 2044, promisedBytes: 2000 })
    },
  )

  it('believes a size of 0 when proper chunks follow', async () => {
    const wav = riff([fmt, chunk('data', Buffer.alloc(0)), chunk('LIST', Buffer.alloc(40))])

    expect(await read(wav)).toMatchObject({ dataStart: 44, dataEnd: 44, promisedBytes: 0 })
  })

  it('tells what is promised from what is there', async () => {
    const wav = riff([fmt, chunk('data', samples, 5000)])

    expect(await read(wav)).toMatchObject({ dataEnd: 2044, promisedBytes: 5000 })
  })

  it('reads the real format of an extensible one', async () => {
    const guid = Buffer.concat([u16(3), Buffer.from('000000001000800000aa00389b71', 'hex')])
    const tail = Buffer.concat([u16(22, 32), u32(3), guid])
    const head = Buffer.concat([u16(0xfffe, 2), u32(48_000, 384_000), u16(8, 32)])
    const wav = riff([chunk('fmt ', Buffer.concat([head, tail])), chunk('data', samples)])

    expect(await read(wav)).toMatchObject({ tag: 3, channels: 2, frameBytes: 8, bits: 32 })
  })

  it('takes the long size of RF64', async () => {
    const ds64 = chunk('ds64', u32(0, 0, 1000, 0, 500, 0, 0))
    const wav = riff([ds64, fmt, chunk('data', samples, 0xffff_ffff)], 'RF64')

    expect(await read(wav)).toMatchObject({ promisedBytes: 1000, dataEnd: wav.length - 1000 })
  })

  it('notices that RF64 promises more than there is', async () => {
    const ds64 = chunk('ds64', u32(0, 0, 0, 2, 0, 0, 0))
    const wav = riff([ds64, fmt, chunk('data', samples, 0xffff_ffff)], 'RF64')

    expect(await read(wav)).toMatchObject({ promisedBytes: 2 ** 33, dataEnd: wav.length })
  })

  it('gives up on a file of nothing but empty chunks', async () => {
    const started = performance.now()

    const header = await read(Buffer.concat([riff([]), Buffer.alloc(8_000_000)]))

    expect(header).toHaveProperty('reason')
    expect(performance.now() - started).toBeLessThan(500)
  })

  it.each([
    [riff([]), /cut off or has no format/],
    [riff([chunk('fmt ', pcm.subarray(0, 14))]), /no format/],
    [riff([fmt]), /data chunk is missing/],
    [riff([chunk('data', samples)]), /no format/],
  ])('says what is missing (%#)', async (wav, reason) => {
    expect(await read(wav)).toMatchObject({ reason: expect.stringMatching(reason) as string })
  })
})

describe('withTrueSizes', () => {
  it('corrects what a pipe left behind', () => {
    const wav = tone({ frequencyHz: 440, durationMs: 100 })
    const streamed = Buffer.from(wav)
    streamed.writeUInt32LE(0x7fff_f024, 4)
    streamed.writeUInt32LE(0x7fff_f000, 40)

    expect(withTrueSizes(streamed).equals(wav)).toBe(true)
  })

  it('leaves a true header, other chunks and other files alone', () => {
    const wav = Buffer.concat([tone({ frequencyHz: 440, durationMs: 100 }), chunk('LIST', samples)])

    expect(withTrueSizes(wav)).toBe(wav)
    expect(withTrueSizes(samples)).toBe(samples)
    expect(withTrueSizes(riff([fmt])).equals(riff([fmt]))).toBe(true)
  })

  it('pads an odd number of bytes', () => {
    const fixed = withTrueSizes(riff([fmt, chunk('data', Buffer.alloc(3), 9999).subarray(0, -1)]))

    expect(fixed.length % 2).toBe(0)
    expect(fixed.readUInt32LE(40)).toBe(3)
    expect(fixed.readUInt32LE(4)).toBe(fixed.length - 8)
  })
})
