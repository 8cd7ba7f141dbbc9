import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '../../platform/errors.ts'
import { silentLog } from '../../platform/log.ts'
import { createAudioBench } from '../../test/audio-bench.ts'
import { tone } from '../../test/tone.ts'
import { createAudio } from './audio.ts'
import { createPeakAccumulator } from './peaks.ts'

const bench = await createAudioBench()
const { audio } = bench
afterAll(() => bench.dispose())

const format = { channels: 1, sampleRateHz: 8000 }

const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await work.catch((caught: unknown) => caught)
  if (!(error instanceof AppError)) throw new Error(`no refusal: ${String(error)}`)
  return error
}

/** A wav of 16 bits with these interleaved samples. */
const wavOf = (samples: number[], channels = 1): Buffer => {
  const wav = tone({ frequencyHz: 0, durationMs: samples.length / channels / 8, channels })
  samples.forEach((sample, i) => wav.writeInt16LE(sample, 44 + 2 * i))
  return wav
}

describe('createPeakAccumulator', () => {
  it('keeps the least and the greatest sample of every pixel', () => {
    const peaks = createPeakAccumulator(format, 3)

    peaks.push(Int16Array.of(1, -5, 7, 100, 50, 75))

    expect(peaks.finish(16)).toEqual({
      version: 1,
      channels: 1,
      sampleRate: 8000,
      samplesPerPixel: 3,
      bits: 16,
      length: 2,
      data: Int16Array.of(-5, 7, 50, 100),
    })
  })

  it('ends with a pixel of fewer samples', () => {
    const peaks = createPeakAccumulator(format, 4)

    peaks.push(Int16Array.of(1, 2, 3, 4, -9))

    expect(peaks.finish(16)).toMatchObject({ length: 2, data: Int16Array.of(1, 4, -9, -9) })
  })

  it('keeps channels apart, pixel by pixel', () => {
    const peaks = createPeakAccumulator({ channels: 2, sampleRateHz: 8000 }, 2)

    peaks.push(Int16Array.of(1, -1, 2, -2, 3, -3))

    expect(peaks.finish(16)).toMatchObject({
      version: 2,
      channels: 2,
      length: 2,
      data: Int16Array.of(1, 2, -2, -1, 3, 3, -3, -3),
    })
  })

  it('does not depend on how the audio is cut into blocks', () => {
    const samples = Int16Array.from({ length: 30_000 }, (_, i) => ((i * 7919) % 65_536) - 32_768)
    const whole = createPeakAccumulator(format, 7)
    const cut = createPeakAccumulator(format, 7)

    whole.push(samples)
    for (let at = 0; at < samples.length; at += 101) cut.push(samples.subarray(at, at + 101))

    expect(cut.finish(16)).toEqual(whole.finish(16))
  })

  it('truncates to 8 bits toward zero', () => {
    const peaks = createPeakAccumulator(format, 2)

    peaks.push(Int16Array.of(-255, 255, -256, 256, -32_768, 32_767))

    expect(peaks.finish(8).data).toEqual(Int8Array.of(0, 0, -1, 1, -128, 127))
  })
})

describe('peaks', () => {
  it('draws a file', async () => {
    const path = await bench.write(wavOf([0, 100, -100, 5, 6, 7, 8]))

    expect(await audio.peaks(path, { samplesPerPixel: 4, bits: 16 })).toEqual({
      version: 1,
      channels: 1,
      sampleRate: 8000,
      samplesPerPixel: 4,
      bits: 16,
      length: 2,
      data: Int16Array.of(-100, 100, 6, 8),
    })
  })

  it('draws what sox decodes, every channel', async () => {
    const wav = tone({ frequencyHz: 440, durationMs: 1000, channels: 2 })
    const path = await bench.write(await bench.sox(wav, '-t', 'flac', '-', 'remix', '1', '0'))

    const peaks = await audio.peaks(path, { samplesPerPixel: 256, bits: 8 })

    expect(peaks).toMatchObject({ version: 2, channels: 2, length: 32, bits: 8 })
    const pairs = Array.from({ length: 64 }, (_, i) =>
      Array.from(peaks.data.slice(2 * i, 2 * i + 2)),
    )
    const left = pairs.filter((_, i) => i % 2 === 0)
    expect(left.every(([low = 0, high = 0]) => low <= -63 && high >= 63)).toBe(true)
    expect(pairs.filter((_, i) => i % 2 === 1)).toEqual(Array(32).fill([0, 0]))
  })

  it('draws what is there of a file that ends early', async () => {
    const path = await bench.write(tone({ frequencyHz: 440, durationMs: 1000 }).subarray(0, 8044))

    expect(await audio.peaks(path, { samplesPerPixel: 1000, bits: 16 })).toMatchObject({
      length: 4,
    })
  })

  it.each([
    ['text', Buffer.from('no audio'), /is text/],
    ['nothing', Buffer.alloc(0), /is empty/],
    ['video', Buffer.from('FLV\x01\x05\0\0\0\x09'), /video/],
    ['no samples', wavOf([]), /0 samples/],
  ])('refuses %s and says why', async (_name, bytes, reason) => {
    const path = await bench.write(bytes)

    const error = await refusalOf(audio.peaks(path, { samplesPerPixel: 256, bits: 16 }))

    expect(error.code).toBe('validation')
    expect(JSON.stringify(error.details.data)).toMatch(reason)
  })

  it('refuses when the decoder is missing', async () => {
    const withoutSox = createAudio({ ...bench, log: silentLog, soxCommand: () => '/nowhere/sox' })
    const wav = tone({ frequencyHz: 440, durationMs: 1000 })
    const path = await bench.write(await bench.sox(wav, '-t', 'mp3', '-'))

    const error = await refusalOf(withoutSox.peaks(path, { samplesPerPixel: 256, bits: 16 }))

    expect(error).toMatchObject({ code: 'tool_missing' })
    expect(error.message).toContain('/nowhere/sox')
  })
})
