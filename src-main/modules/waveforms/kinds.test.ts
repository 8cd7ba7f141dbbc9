import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../platform/errors.ts'
import { silence, tone } from '../../test/tone.ts'
import { picture, refusalOf, valuesOf } from '../../test/waves.ts'
import { wavOf } from '../../test/wav-of.ts'
import { createWaveformBench, type WaveformBench } from '../../test/waveform-bench.ts'

let bench: WaveformBench
beforeAll(async () => {
  bench = await createWaveformBench()
})
afterAll(() => bench.dispose())

describe('files of every kind', () => {
  it('draws 192 kHz, 24 bits and eight channels', async () => {
    const wav = tone({
      frequencyHz: 997,
      durationMs: 500,
      sampleRateHz: 192_000,
      channels: 8,
      bits: 24,
    })
    const peaks = await bench.waveforms.peaks(await bench.put(wav), {
      samplesPerPixel: 9600,
      bits: 8,
    })

    expect(peaks).toMatchObject({
      version: 2,
      channels: 8,
      sampleRate: 192_000,
      length: 10,
      bits: 8,
    })
    expect(
      [...peaks.data].every(
        (value, i) => value === (i % 2 === 0 ? -64 : 63) || Math.abs(value) >= 63,
      ),
    ).toBe(true)
  })

  it('truncates to 8 bits toward zero', async () => {
    const samples = Int16Array.of(-255, 255, -256, 256, -32_768, 32_767)
    const blob = await bench.put(wavOf(samples, { channels: 1 }))

    const { data } = await bench.waveforms.peaks(blob, { samplesPerPixel: 2, bits: 8 })

    expect([...data]).toEqual([0, 0, -1, 1, -128, 127])
  })

  it('draws a single sample', async () => {
    const blob = await bench.put(wavOf(Int16Array.of(-32_768), { channels: 1 }))

    expect(await bench.waveforms.peaks(blob, picture)).toMatchObject({ length: 1, version: 1 })
    const level = await bench.waveforms.levels(blob, { level: 3, from: 0, count: 9 })
    expect(valuesOf(level)).toEqual([-32_768, -32_768, 32_768, 1])
  })

  it('draws what is there of a file that ends early, and says so', async () => {
    const blob = await bench.put(tone({ frequencyHz: 440, durationMs: 1000 }).subarray(0, 8044))

    expect(await bench.waveforms.peaks(blob, { samplesPerPixel: 1000, bits: 16 })).toMatchObject({
      length: 4,
    })
    expect(bench.waveforms.read(blob).state()).toMatchObject({
      state: 'ready',
      frames: 4000,
      reason: 'the file ends early: its header promises 1.00 s, 0.50 s are there',
    })
  })

  it('draws MP3 of variable rate under a wrong name as sox decodes it', async () => {
    const wav = tone({ frequencyHz: 440, durationMs: 3000, sampleRateHz: 44_100 })
    const blob = await bench.put(await bench.sox(wav, '-C', '-4.2', '-t', 'mp3', '-'))

    const peaks = await bench.waveforms.peaks(blob, { samplesPerPixel: 4410, bits: 16 })

    expect(peaks.length).toBeGreaterThanOrEqual(30)
    expect(Math.max(...peaks.data)).toBeGreaterThan(15_000)
  })

  it.each([
    ['text', Buffer.from('no audio'), /is text/],
    ['nothing', Buffer.alloc(0), /is empty/],
    ['video', Buffer.from('FLV\x01\x05\0\0\0\x09'), /video/],
    ['no samples', silence({ durationMs: 0 }), /0 samples/],
    ['half a header', tone({ frequencyHz: 1, durationMs: 10 }).subarray(0, 30), /cut off/],
    ['an MP3 without one', Buffer.from('ID3\x03\0\0\0\0\0\0nothing', 'latin1'), /no MP3/],
    [
      'more channels than can be shown',
      tone({ frequencyHz: 1, durationMs: 10, channels: 99 }),
      /99/,
    ],
  ])('refuses %s and says why', async (_name, bytes, reason) => {
    const blob = await bench.put(bytes)

    const error = await refusalOf(bench.waveforms.peaks(blob, picture))
    const reading = bench.waveforms.read(blob)

    expect(error.code).toBe('validation')
    expect(JSON.stringify(error.details.data)).toMatch(reason)
    await expect(reading.opened).rejects.toBeInstanceOf(AppError)
    expect(reading.state().state).toBe('failed')
  })

  it('refuses when the decoder is missing, and reads the file when it is back', async () => {
    let command = '/nowhere/sox'
    const own = await createWaveformBench({ soxCommand: () => command })
    const mp3 = await own.sox(tone({ frequencyHz: 440, durationMs: 1000 }), '-t', 'mp3', '-')
    const blob = await own.put(mp3)

    const error = await refusalOf(own.waveforms.peaks(blob, picture))
    command = 'sox'

    expect(error).toMatchObject({ code: 'tool_missing' })
    expect(error.message).toContain('/nowhere/sox')
    expect((await own.waveforms.peaks(blob, picture)).length).toBeGreaterThan(30)
    await own.dispose()
  })

  it('does not take for whole what a decoder left that was killed', async () => {
    const own = await createWaveformBench()
    const flac = await own.sox(tone({ frequencyHz: 440, durationMs: 3000 }), '-t', 'flac', '-')
    const blob = await own.put(flac)
    const script = `${own.folder}/sox`
    await writeFile(script, '#!/bin/sh\nsox "$@" | head -c 20000\nkill -KILL $$\n', { mode: 0o755 })
    const dying = await createWaveformBench({ folder: own.folder, soxCommand: () => script })

    const error = await refusalOf(dying.waveforms.peaks(blob, picture))

    expect(JSON.stringify(error.details.data)).toContain('SIGKILL')
    await dying.scope.dispose()
    expect((await own.waveforms.peaks(blob, picture)).length).toBe(94)
    await own.dispose()
  })
})
