import { afterAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../platform/log.ts'
import { createAudioBench } from '../../test/audio-bench.ts'
import { silence, tone } from '../../test/tone.ts'
import { createAudio } from './audio.ts'

const bench = await createAudioBench()
const { audio, sox } = bench
afterAll(() => bench.dispose())

const second = tone({ frequencyHz: 440, durationMs: 1000 })

/** A wav file cut off after so many bytes, as a broken upload leaves it. */
const cut = (bytes: number) => second.subarray(0, bytes)

describe('a tone', () => {
  it.each([8, 16, 24, 32] as const)('of %i bits is measured', async (bits) => {
    const facts = await audio.probe(tone({ frequencyHz: 440, durationMs: 1250, bits }))

    expect(facts).toMatchObject({
      container: 'wav',
      content_type: 'audio/x-wav',
      playable: true,
      encoding: 'pcm',
      bits,
      sample_rate_hz: 8000,
      channels: 1,
      duration_ms: 1250,
    })
    expect(facts).not.toHaveProperty('reason')
    expect(facts.peak_dbfs).toBeCloseTo(-6.02, bits === 8 ? 0 : 1)
    expect(facts.rms_dbfs).toBeCloseTo(-9.03, bits === 8 ? 0 : 1)
  })

  it('measures the same from memory and from a file', async () => {
    const path = await bench.write(second)

    expect(await audio.probe({ path })).toEqual(await audio.probe(second))
  })

  it('of eight channels at 192 kHz and 24 bits is measured', async () => {
    const wav = tone({
      frequencyHz: 997,
      durationMs: 1001,
      sampleRateHz: 192_000,
      channels: 8,
      bits: 24,
      level: 1,
    })

    expect(await audio.probe(wav)).toMatchObject({
      playable: true,
      channels: 8,
      sample_rate_hz: 192_000,
      bits: 24,
      duration_ms: 1001,
      peak_dbfs: 0,
      rms_dbfs: -3.01,
    })
  })

  it.each([
    ['float', ['-e', 'float', '-b', '32'], 'float', 32],
    ['double', ['-e', 'float', '-b', '64'], 'float', 64],
    ['µ-law', ['-e', 'mu-law'], 'ulaw', 8],
    ['A-law', ['-e', 'a-law'], 'alaw', 8],
  ])('in %s is read without sox', async (_name, args, encoding, bits) => {
    const wav = await sox(second, ...args, '-t', 'wav', '-')
    const withoutSox = createAudio({ ...bench, log: silentLog, soxCommand: () => '/nowhere/sox' })

    const facts = await withoutSox.probe(wav)

    expect(facts).toMatchObject({ playable: true, encoding, bits, duration_ms: 1000 })
    expect(facts.rms_dbfs).toBeCloseTo(-9.03, 0)
    expect(facts.peak_dbfs).toBeCloseTo(-6, 0)
  })

  it.each([
    ['GSM', ['-e', 'gsm-full-rate', '-t', 'wav', '-'], 'wav', 'audio/x-wav', 'gsm'],
    ['MS ADPCM', ['-e', 'ms-adpcm', '-t', 'wav', '-'], 'wav', 'audio/x-wav', 'ms-adpcm'],
    ['big-endian wav', ['-B', '-t', 'wav', '-'], 'wav', 'audio/x-wav', undefined],
    ['MP3', ['-t', 'mp3', '-'], 'mp3', 'audio/mpeg', 'mp3'],
    ['MP3 of variable rate', ['-C', '-4.2', '-t', 'mp3', '-'], 'mp3', 'audio/mpeg', 'mp3'],
    ['Ogg Vorbis', ['-t', 'ogg', '-'], 'ogg', 'audio/ogg', 'vorbis'],
    ['FLAC', ['-t', 'flac', '-'], 'flac', 'audio/flac', 'flac'],
  ])('in %s is decoded by sox', async (_name, args, ...expected) => {
    const [container, type, encoding] = expected
    const file = await sox(tone({ frequencyHz: 440, durationMs: 3000 }), ...args)
    const path = await bench.write(file, 'mislabelled.txt')

    for (const facts of [await audio.probe(file), await audio.probe({ path })]) {
      expect(facts).toMatchObject({ container, content_type: type, playable: true, channels: 1 })
      expect(facts.encoding).toBe(encoding)
      expect(facts.sample_rate_hz).toBe(8000)
      expect(Math.abs((facts.duration_ms ?? 0) - 3000)).toBeLessThan(200)
      expect(Math.abs((facts.peak_dbfs ?? 0) + 6)).toBeLessThan(1.5)
    }
  })

  it('keeps its rate and channels through sox', async () => {
    const wav = tone({ frequencyHz: 440, durationMs: 500, sampleRateHz: 44_100, channels: 2 })

    const facts = await audio.probe(await sox(wav, '-t', 'flac', '-'))

    expect(facts).toMatchObject({
      sample_rate_hz: 44_100,
      channels: 2,
      bits: 16,
      duration_ms: 500,
      peak_dbfs: -6.02,
    })
  })
})

describe('silence and very little', () => {
  it('says how silent silence is in a number', async () => {
    const facts = await audio.probe(silence({ durationMs: 500 }))

    expect(facts).toMatchObject({
      playable: true,
      duration_ms: 500,
      peak_dbfs: -120,
      rms_dbfs: -120,
    })
    expect(facts.shape).toBe('A'.repeat(32))
  })

  it('keeps silence silent through sox, where dither would be heard', async () => {
    const file = await sox(silence({ durationMs: 500, bits: 24 }), '-t', 'flac', '-')

    expect(await audio.probe(file)).toMatchObject({ peak_dbfs: -120, bits: 24 })
  })

  it('plays a single sample', async () => {
    const wav = tone({ frequencyHz: 0, durationMs: 0.125 })
    wav.writeInt16LE(-32_768, 44)

    const facts = await audio.probe(wav)

    expect(facts).toMatchObject({ playable: true, duration_ms: 0, peak_dbfs: 0, rms_dbfs: 0 })
    expect(facts.shape).toBe('_'.repeat(32))
  })
})

describe('what cannot be played', () => {
  it.each([
    ['nothing at all', Buffer.alloc(0), 'unknown', /is empty/],
    ['text', Buffer.from('Welcome to Acme.\r\nPress 1.\n'), 'unknown', /is text/],
    [
      'text beyond ASCII',
      Buffer.from('Willkommen – grüß Gott. '.repeat(2000)),
      'unknown',
      /is text/,
    ],
    ['binary of no known kind', Buffer.from([0, 1, 2, 3, 250, 251]), 'unknown', /no kind of audio/],
    ['four bytes of a wav', cut(4), 'wav', /header is cut off/],
    ['a wav cut in its format', cut(30), 'wav', /header is cut off/],
    ['a wav cut before its samples', cut(36), 'wav', /data chunk is missing/],
    ['a wav with a header only', cut(44), 'wav', /promises 1.00 s, 0.00 s are there/],
    ['half a wav', cut(8044), 'wav', /promises 1.00 s, 0.50 s are there/],
    ['a wav of no samples', silence({ durationMs: 0 }), 'wav', /0 samples/],
    ['an ID3 tag and no MP3', Buffer.from('ID3\x03\0\0\0\0\0\0nothing', 'latin1'), 'mp3', /no MP3/],
    ['a FLAC of four bytes', Buffer.from('fLaC'), 'flac', /not decodable as FLAC/],
    ['an Ogg of four bytes', Buffer.from('OggS'), 'ogg', /OGG/],
  ])('%s says why', async (_name, bytes, container, reason) => {
    const facts = await audio.probe(bytes)

    expect(facts).toMatchObject({ playable: false, container })
    expect(facts.reason).toMatch(reason)
    expect(await audio.probe({ path: await bench.write(bytes, 'named.wav') })).toEqual(facts)
  })

  it('still tells what is there of a file that ends early', async () => {
    expect(await audio.probe(cut(8044))).toMatchObject({
      duration_ms: 500,
      sample_rate_hz: 8000,
      peak_dbfs: -6.02,
    })
  })

  it('overlooks what nobody would hear missing', async () => {
    expect(await audio.probe(cut(16_044 - 300))).toMatchObject({ playable: true })
    expect(await audio.probe(cut(16_044 - 341))).toMatchObject({ playable: false })
  })

  it('notices that a FLAC ends early', async () => {
    const file = await sox(tone({ frequencyHz: 440, durationMs: 20_000 }), '-t', 'flac', '-')

    const facts = await audio.probe(file.subarray(0, file.length / 2))

    expect(facts).toMatchObject({ playable: false })
    expect(facts.reason).toMatch(/ends early|not decodable/)
  })

  it.each(['channels', 'rate'])('a wav that says 0 %s says so', async (what) => {
    const wav = Buffer.from(second)
    if (what === 'channels') wav.writeUInt16LE(0, 22)
    else wav.writeUInt32LE(0, 24)

    const facts = await audio.probe(wav)

    expect(facts.playable).toBe(false)
    expect(facts.reason).toMatch(what === 'channels' ? /0 channels/ : /0 Hz/)
  })

  it.each([
    ['4000000000 Hz', /4000000000 Hz/, (wav: Buffer) => wav.writeUInt32LE(4_000_000_000, 24)],
    ['1 Hz', /1 Hz/, (wav: Buffer) => wav.writeUInt32LE(1, 24)],
    ['25 channels', /25 channels/, (wav: Buffer) => wav.writeUInt16LE(25, 22)],
    ['65535 channels', /65535 channels/, (wav: Buffer) => wav.writeUInt16LE(65_535, 22)],
  ])('says so of a wav with %s, that nobody could work with', async (_name, reason, spoil) => {
    const wav = Buffer.from(second)
    spoil(wav)

    expect((await audio.probe(wav)).reason).toMatch(reason)
  })

  it('says so of what sox decodes, too', async () => {
    const wav = await sox(second, '-B', '-t', 'wav', '-')
    wav.writeUInt32BE(4_000_000_000, 24)

    expect((await audio.probe(wav)).reason).toMatch(/4000000000 Hz/)
  })

  it('names sox when sox is what is missing', async () => {
    const withoutSox = createAudio({ ...bench, log: silentLog, soxCommand: () => '/nowhere/sox' })

    expect(await withoutSox.probe(await sox(second, '-t', 'mp3', '-'))).toEqual({
      container: 'mp3',
      content_type: 'audio/mpeg',
      encoding: 'mp3',
      playable: false,
      reason: 'sox is needed to decode MP3: sox is not installed (looked for /nowhere/sox)',
    })
  })

  it('blames a sox that may not be run on the installation, not on the file', async () => {
    const broken = createAudio({ ...bench, log: silentLog, soxCommand: () => '/etc/passwd' })

    await expect(broken.probe(await sox(second, '-t', 'mp3', '-'))).rejects.toThrow(
      'may not be run',
    )
  })

  it('blames a file that makes sox crash on the file', async () => {
    const path = await bench.write(Buffer.from('#!/bin/sh\nkill -SEGV $$\n'), 'sox')
    await bench.processes.run({
      tool: 'chmod',
      command: 'chmod',
      args: ['+x', path],
      deadlineMs: 5000,
    })
    const crashing = createAudio({ ...bench, log: silentLog, soxCommand: () => path })

    const facts = await crashing.probe(await sox(second, '-t', 'mp3', '-'))

    expect(facts).toMatchObject({ playable: false, container: 'mp3' })
    expect(facts.reason).toContain('SIGSEGV')
  })

  it('throws for a file that is not there', async () => {
    await expect(audio.probe({ path: '/nowhere/file' })).rejects.toThrow('ENOENT')
  })
})

describe('hostile files', () => {
  it('never throws, whatever byte of a file is broken', async () => {
    for (let at = 0; at < 44; at += 1) {
      for (const value of [0, 1, 127, 255]) {
        const wav = Buffer.from(tone({ frequencyHz: 440, durationMs: 20 }))
        wav.writeUInt8(value, at)

        expect(await audio.probe(wav)).toHaveProperty('playable')
      }
    }
  })

  it('never throws for noise behind a known beginning', async () => {
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919 + (i >> 3)) % 251))
    const beginnings = ['RIFF\xff\xff\xff\xffWAVE', 'RIFX\0\0\0\0WAVE', 'RF64\0\0\0\0WAVE', 'OggS']
    const more = ['fLaC', 'ID3\x04\0\0\x7f\x7f\x7f\x7f', '\xff\xfb\x90\x64', '\0\0\x01\x67']

    for (const beginning of [...beginnings, ...more]) {
      const facts = await audio.probe(Buffer.concat([Buffer.from(beginning, 'latin1'), noise]))

      expect(facts.playable).toBe(false)
      expect(facts.reason).not.toBe('')
    }
  })
})
