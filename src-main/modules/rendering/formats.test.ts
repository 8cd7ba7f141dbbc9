import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OutputFormat } from '#contract/effects'
import {
  createRenderBench,
  levelAt,
  rmsDb,
  sine,
  type RenderBench,
} from '../../test/render-bench.ts'

let bench: RenderBench
beforeAll(async () => {
  bench = await createRenderBench()
})
afterAll(() => bench.dispose())

const tone = sine(1000, 0.5)
const level = 20 * Math.log10(0.5)

const write = async (
  format: OutputFormat | undefined,
  shape: { sampleRateHz?: number; channels?: number; bits?: 16 | 24 | 32 } = {},
  frames = shape.sampleRateHz ?? 8000,
) => {
  const list = await bench.list(frames, tone, shape)
  const path = bench.path(`file.${format?.container ?? 'wav'}`)
  return { path, ...(await bench.rendering.render({ list, format, path })) }
}

const wav = (encoding: NonNullable<OutputFormat['encoding']>): OutputFormat => ({
  container: 'wav',
  encoding,
})

/** How many frames a format may add, and how far its level may be off in dB. */
type Case = [name: string, format: OutputFormat | undefined, adds: number, off: number]
const cases: Case[] = [
  ['the working format', undefined, 0, 0.001],
  ['wav', { container: 'wav' }, 0, 0.001],
  ['wav with 8 bits', wav('pcm_8'), 0, 0.1],
  ['wav with 16 bits', wav('pcm_16'), 0, 0.001],
  ['wav with 24 bits', wav('pcm_24'), 0, 0.001],
  ['wav with µ-law', wav('ulaw'), 0, 0.1],
  ['wav with A-law', wav('alaw'), 0, 0.1],
  ['wav with GSM', wav('gsm'), 320, 1],
  ['gsm', { container: 'gsm' }, 320, 1],
  ['flac', { container: 'flac' }, 0, 0.001],
  ['ogg', { container: 'ogg' }, 0, 0.5],
  ['mp3', { container: 'mp3' }, 4000, 0.5],
  ['mp3 with 32 kbit/s', { container: 'mp3', bitrate_kbps: 32 }, 4000, 0.5],
]

describe('a tone of one second', () => {
  it.each(cases)('is still one as %s', async (_, format, adds, off) => {
    const { path, bytes, contentType, frames } = await write(format)
    const heard = await bench.hear(path)

    expect(heard).toMatchObject({ sampleRateHz: 8000, channels: 1 })
    expect(frames).toBe(8000)
    expect(heard.frames).toBeGreaterThanOrEqual(8000)
    expect(heard.frames).toBeLessThanOrEqual(8000 + adds)
    expect(
      Math.abs(levelAt(heard.channel(0).subarray(2000, 6000), 1000, 8000) - level),
    ).toBeLessThan(off)
    expect((await readFile(path)).length).toBe(bytes)
    expect(contentType).toMatch(/^audio\//)
  })

  it.each(cases)('gets another rate and fewer channels as %s', async (_, format, adds) => {
    const wished: OutputFormat = { container: 'wav', ...format, sample_rate_hz: 8000, channels: 1 }
    const { path, frames, sampleRateHz, channels } = await write(wished, {
      sampleRateHz: 44_100,
      channels: 2,
      bits: 24,
    })
    const heard = await bench.hear(path)

    expect({ frames, sampleRateHz, channels }).toEqual({
      frames: 8000,
      sampleRateHz: 8000,
      channels: 1,
    })
    expect(heard).toMatchObject({ sampleRateHz: 8000, channels: 1 })
    expect(heard.frames - 8000).toBeLessThanOrEqual(adds)
    expect(
      Math.abs(levelAt(heard.channel(0).subarray(2000, 6000), 1000, 8000) - level),
    ).toBeLessThan(1)
  })

  it.each(cases)('can be one frame or none as %s', async (_, format) => {
    for (const frames of [0, 1]) expect((await write(format, {}, frames)).frames).toBe(frames)
  })
})

describe('what is lossless', () => {
  it.each<[OutputFormat | undefined, 16 | 24 | 32]>([
    [undefined, 32],
    [wav('pcm_24'), 24],
    [{ container: 'flac' }, 24],
    [{ container: 'flac' }, 16],
    [wav('pcm_16'), 16],
  ])('%o keeps %i bits of 8 channels at 192 kHz', async (format, bits) => {
    const list = await bench.list(999, (s, c) => sine(997 * (c + 1), 0.99)(s, c), {
      sampleRateHz: 192_000,
      channels: 8,
      bits,
    })
    const path = bench.path('lossless')
    await bench.rendering.render({ list, format, path })

    const heard = await bench.hear(path, '-t', format?.container ?? 'wav')
    const { path: source } = await bench.pcm(Object.keys(list.sources)[0] ?? '')
    const original = await bench.hear(
      source,
      '-t',
      'raw',
      '-e',
      'signed',
      '-b',
      String(bits),
      '-r',
      '192000',
      '-c',
      '8',
    )
    expect(heard.sampleRateHz).toBe(192_000)
    expect(heard.samples).toEqual(original.samples)
  })

  it('is rounded to fewer bits without dither', async () => {
    const list = await bench.list(800, () => 0.000001, { bits: 32 })
    const path = bench.path('quiet.wav')
    await bench.rendering.render({ list, format: wav('pcm_16'), path })

    expect(rmsDb((await bench.hear(path)).channel(0))).toBe(-Infinity)
  })
})

describe('a format that cannot be', () => {
  const refused: [string, OutputFormat, { sampleRateHz?: number; channels?: number }, string][] = [
    [
      'another rate in GSM',
      { container: 'gsm', sample_rate_hz: 16_000 },
      {},
      'sample_rate_hz enum',
    ],
    ['stereo in GSM', { ...wav('gsm'), channels: 2 }, {}, 'channels maximum'],
    ['192 kHz in mp3', { container: 'mp3' }, { sampleRateHz: 192_000 }, 'sample_rate_hz enum'],
    ['8 channels in mp3', { container: 'mp3' }, { channels: 8 }, 'channels maximum'],
    ['9 channels in flac', { container: 'flac', channels: 9 }, {}, 'channels maximum'],
    ['320 kbit/s at 8 kHz', { container: 'mp3', bitrate_kbps: 320 }, {}, 'bitrate_kbps enum'],
    ['a bitrate of flac', { container: 'flac', bitrate_kbps: 64 }, {}, 'bitrate_kbps forbidden'],
    ['an encoding of mp3', { container: 'mp3', encoding: 'ulaw' }, {}, 'encoding forbidden'],
  ]

  it.each(refused)('is refused: %s', async (_, format, shape, where) => {
    const [property = '', rule = ''] = where.split(' ')
    await expect(write(format, shape)).rejects.toMatchObject({
      code: 'validation',
      details: {
        data: { [`format.${property}`]: { [rule]: { message: expect.any(String) as string } } },
      },
    })
  })

  it('is refused when sox was built without it', async () => {
    const names = (await bench.rendering.formats()).map(({ container }) => container)
    expect(names).toEqual(expect.arrayContaining(['wav', 'mp3', 'ogg', 'flac', 'gsm']))
    if (names.includes('opus')) return

    await expect(write({ container: 'opus' })).rejects.toMatchObject({
      details: {
        data: { 'format.container': { enum: { message: 'The installed sox cannot write opus' } } },
      },
    })
  })

  it('is refused as a wav that would be too large for its header', async () => {
    const list = await bench.list(10, tone)
    const source = Object.keys(list.sources)[0] ?? ''
    const spans = Array.from({ length: 1000 }, () => ({ frames: 2_000_000, layers: [] }))
    const path = bench.path('large.wav')

    const work = bench.rendering.render({
      list: { ...list, sources: { [source]: { frames: 10 } }, spans },
      path,
      format: wav('pcm_24'),
    })

    await expect(work).rejects.toMatchObject({
      details: {
        data: {
          'format.container': { maximum: { message: expect.stringContaining('4 GB') as string } },
        },
      },
    })
  })
})

describe('the command', () => {
  it('is what is run', async () => {
    const list = await bench.list(8000, tone, { sampleRateHz: 44_100, channels: 2 })
    const format: OutputFormat = {
      container: 'mp3',
      sample_rate_hz: 8000,
      channels: 1,
      bitrate_kbps: 32,
    }

    const { command } = await bench.rendering.render({
      list,
      effects: [{ kind: 'high_pass', frequency_hz: 80 }],
      format,
      path: bench.path('one two.mp3'),
    })

    expect(command).toBe(
      'sox -D --buffer 65536 -t raw -e signed-integer -b 16 -r 44100 -c 2 - -t mp3 -C 32 output.mp3 highpass -2 80 0.5412q highpass -2 80 1.3066q channels 1 rate -v 8000',
    )
  })

  it('has words for what only the audio tells', () => {
    const command = bench.rendering.command({
      sampleRateHz: 8000,
      channels: 1,
      effects: [
        { kind: 'noise_reduction', amount: 0.21, profile: { from: 0, to: 100 } },
        { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 },
        {
          kind: 'compressor',
          threshold_db: -20,
          ratio: 3,
          attack_ms: 5,
          release_ms: 100,
          makeup_db: 0,
        },
      ],
      format: wav('ulaw'),
    })

    expect(command).toBe(
      'sox -D --buffer 65536 -t raw -e signed-integer -b 32 -r 8000 -c 1 - -t wav -e mu-law -b 8 output.wav pad 0 4096s noisered noise.profile 0.21 trim 0 =FRAMES trim FROM =TO pad HEAD TAIL compand 0.005,0.1 -20,-20,0,-13.3333 0 -90',
    )
  })
})
