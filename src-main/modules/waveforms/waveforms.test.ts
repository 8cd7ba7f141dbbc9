import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  naiveLevel,
  naivePixels,
  noise,
  picture,
  refusalOf,
  same,
  valuesOf,
} from '../../test/waves.ts'
import { wavOf } from '../../test/wav-of.ts'
import { createWaveformBench, type WaveformBench } from '../../test/waveform-bench.ts'
import { CHUNK_FRAMES } from './pyramid-layout.ts'

let bench: WaveformBench
beforeAll(async () => {
  bench = await createWaveformBench()
})
afterAll(() => bench.dispose())

describe('a long stereo recording, read by several threads', () => {
  const frames = CHUNK_FRAMES * 2 + 300_001
  const samples = noise(frames * 2)
  let blob: string
  beforeAll(async () => {
    blob = await bench.put(wavOf(samples, { channels: 2, sampleRateHz: 44_100 }))
    await bench.waveforms.read(blob).done
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('has the buckets of level %i exactly', async (level) => {
    const bytes = await bench.waveforms.levels(blob, { level, from: 0, count: 16_384 })

    expect(same(valuesOf(bytes), naiveLevel(samples, 2, level))).toBe(true)
  })

  it('gives a few buckets as well, over the edges of what one thread read', async () => {
    const [level, from, count] = [2, 200, 120]

    const bytes = await bench.waveforms.levels(blob, { level, from, count })

    const all = naiveLevel(samples, 2, level)
    expect(same(valuesOf(bytes), all.slice(from * 8, (from + count) * 8))).toBe(true)
    expect(await bench.waveforms.levels(blob, { level, from: 1e6, count: 1 })).toHaveLength(0)
  })

  it.each([2, 100, 255, 256, 300, 512, 768, 1024, 5000, 65_536, 100_000, 2 ** 20, 1_000_000])(
    'is drawn exactly at %i samples a pixel',
    async (samplesPerPixel) => {
      const peaks = await bench.waveforms.peaks(blob, { samplesPerPixel, bits: 16 })

      const expected = naivePixels(samples, 2, samplesPerPixel)
      expect(peaks).toMatchObject({ version: 2, channels: 2, sampleRate: 44_100, samplesPerPixel })
      expect(peaks.length).toBe(expected.length / 4)
      expect(same(peaks.data, expected)).toBe(true)
    },
  )

  it.each([100, 256, 300, 1024])(
    'is drawn in ranges where the whole picture has them, at %i',
    async (samplesPerPixel) => {
      const options = { samplesPerPixel, bits: 16, startS: 23.5, endS: 24.25 } as const

      const part = await bench.waveforms.peaks(blob, options)

      const all = naivePixels(samples, 2, samplesPerPixel)
      const first = Math.floor((23.5 * 44_100) / samplesPerPixel)
      const last = Math.ceil((24.25 * 44_100) / samplesPerPixel)
      expect(same(part.data, all.slice(first * 4, last * 4))).toBe(true)
    },
  )

  it('refuses a range that is not in it, or too much at once', async () => {
    const behind = bench.waveforms.peaks(blob, { ...picture, startS: 1000 })
    const backwards = bench.waveforms.peaks(blob, { ...picture, startS: 2, endS: 1 })

    expect((await refusalOf(behind)).details.data).toHaveProperty('start.maximum')
    expect((await refusalOf(backwards)).details.data).toHaveProperty('end.minimum')
  })

  it('gives its samples', async () => {
    const bytes = await bench.waveforms.samples(blob, { from: frames - 3, frames: 10 })

    expect(bytes.length).toBe(12)
    expect(bytes.readInt16LE(0)).toBe(samples[(frames - 3) * 2])
    expect(await bench.waveforms.pcm(blob)).toMatchObject({
      path: bench.blobs.pathOf(blob),
      dataStart: 44,
      frames,
      bits: 16,
    })
    expect(await bench.derived()).not.toContain('pcm')
  })

  it('grows from the beginning without a gap while it is read', async () => {
    const other = samples.slice()
    other[0] = 7
    const growing = await bench.put(wavOf(other, { channels: 2, sampleRateHz: 44_100 }))
    const reading = bench.waveforms.read(growing)
    const seen: number[] = []
    reading.onGrowth(() => seen.push(reading.state().frames))

    await reading.opened
    const early = await bench.waveforms.peaks(growing, { ...picture, startS: 0, endS: 10 })
    await reading.done

    expect(early.length).toBe(Math.ceil(441_000 / 256))
    expect(early.data[0]).toBe(Math.min(...naivePixels(other.subarray(0, 512), 2, 256).slice(0, 1)))
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.every((n) => n % CHUNK_FRAMES === 0 || n === frames)).toBe(true)
    expect(reading.state()).toMatchObject({ state: 'ready', frames, framesExpected: frames })
  })
})
