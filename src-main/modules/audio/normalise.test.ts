import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAbort, ToolError } from '../../platform/errors.ts'
import { createAudioBench } from '../../test/audio-bench.ts'
import type { ToolInput } from '../../platform/process/process.ts'
import { tone } from '../../test/tone.ts'
import type { Normalisation } from './normalise.ts'

const bench = await createAudioBench()
const { audio, stat } = bench
const normalise = async (input: ToolInput, how: Omit<Normalisation, 'path'>): Promise<Buffer> => {
  const path = await bench.write(Buffer.alloc(0))
  await audio.normalise(input, { ...how, path })
  return readFile(path)
}
afterAll(() => bench.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 2000, sampleRateHz: 44_100, channels: 2 })
const usual = {
  executable: 'sox',
  sourceArgs: '',
  destinationArgs: '-r 8000',
  from: 'wav',
  to: 'mp3',
}

const failureOf = async (work: Promise<unknown>): Promise<ToolError> => {
  const error: unknown = await work.catch((caught: unknown) => caught)
  if (!(error instanceof ToolError)) throw new Error(`no ToolError: ${String(error)}`)
  return error
}

describe('normalise', () => {
  it('makes MP3 of 8 kHz, and the tone stays the tone', async () => {
    const mono = tone({ frequencyHz: 440, durationMs: 2000, sampleRateHz: 44_100 })

    const mp3 = await normalise(mono, usual)

    expect(await audio.probe(mp3)).toMatchObject({ container: 'mp3', sample_rate_hz: 8000 })
    const { seconds, hz } = await stat(mp3, 'mp3')
    expect(seconds).toBeCloseTo(2, 0)
    expect(Math.abs(hz - 440)).toBeLessThan(30)
  })

  it.each(['ogg', 'flac', 'wav'])('makes %s', async (to) => {
    const from = to === 'wav' ? 'mp3' : 'wav'
    const input = from === 'wav' ? wav : await normalise(wav, usual)

    const facts = await audio.probe(await normalise(input, { ...usual, from, to }))

    expect(facts).toMatchObject({ container: to, playable: true, sample_rate_hz: 8000 })
    expect(Math.abs((facts.duration_ms ?? 0) - 2000)).toBeLessThan(200)
  })

  it('gives wav files true sizes', async () => {
    const mp3 = await normalise(wav, usual) // tells sox no length

    const out = await normalise(mp3, { ...usual, from: 'mp3', to: 'wav' })

    expect(out.readUInt32LE(4)).toBe(out.length - 8)
    expect(out.readUInt32LE(40)).toBe(out.length - 44)
  })

  it('takes a file as well as bytes', async () => {
    const path = await bench.write(wav)

    const facts = await audio.probe(await normalise({ path }, { ...usual, to: 'flac' }))

    expect(facts).toMatchObject({ container: 'flac', duration_ms: 2000 })
  })

  it('applies the arguments of both sides', async () => {
    const how = { ...usual, sourceArgs: '-v 0.5', destinationArgs: '-r 16000 -c 1', to: 'flac' }

    const facts = await audio.probe(await normalise(wav, how))

    expect(facts).toMatchObject({ sample_rate_hz: 16_000, channels: 1 })
    expect(facts.peak_dbfs).toBeCloseTo(-12.04, 0)
  })

  describe('with an executable of one’s own', () => {
    let executable = ''
    beforeAll(async () => {
      executable = await bench.write(Buffer.from('#!/bin/sh\nprintf "%s|" "$@"; cat\n'), 'my sox')
      const args = ['+x', executable]
      await bench.processes.run({ tool: 'chmod', command: 'chmod', args, deadlineMs: 5000 })
    })

    it('runs exactly the documented command', async () => {
      const out = await normalise(Buffer.from('FILE'), { ...usual, executable })

      expect(out.toString()).toBe('-t|wav|-|-r|8000|-t|mp3|-|FILE')
    })

    it('splits arguments like a shell and runs none', async () => {
      const how = { sourceArgs: `--comment 'a b'`, destinationArgs: `$(id) "c\\"d" ; e` }

      const out = await normalise(Buffer.from('FILE'), { ...usual, ...how, executable })

      expect(out.toString()).toBe('-t|wav|--comment|a b|-|$(id)|c"d|;|e|-t|mp3|-|FILE')
    })
  })

  it.each([
    ['text', Buffer.from('no audio')],
    ['nothing', Buffer.alloc(0)],
  ])('fails for %s with what sox said', async (_name, bytes) => {
    const error = await failureOf(normalise(bytes, usual))

    expect(error.command).toBe('sox -t wav - -r 8000 -t mp3 -')
    expect(error.exitCode).toBe(2)
    expect(error.message).toContain('FAIL')
  })

  it('fails for a format sox does not know', async () => {
    const error = await failureOf(normalise(wav, { ...usual, from: 'mp4' }))

    expect(error.message).toContain('no handler')
  })

  it('fails for an executable that is not there', async () => {
    const error = await failureOf(normalise(wav, { ...usual, executable: '/nowhere/sox' }))

    expect(error.message).toContain('not installed (looked for /nowhere/sox)')
  })

  it('fails for an executable that writes nothing', async () => {
    const error = await failureOf(normalise(wav, { ...usual, executable: 'true' }))

    expect(error.message).toContain('wrote nothing')
  })

  it('fails for arguments that cannot be split', async () => {
    const error = await failureOf(normalise(wav, { ...usual, destinationArgs: '-r "8000' }))

    expect(error.message).toContain('opened and not closed')
  })

  it.runIf(existsSync('/dev/full'))('says that the disk is full', async () => {
    const work = audio.normalise(wav, { ...usual, path: '/dev/full' })

    await expect(work).rejects.toMatchObject({ code: 'insufficient_storage' })
  })

  it('stops when it is cancelled', async () => {
    const work = normalise(wav, { ...usual, signal: AbortSignal.abort() })

    await expect(work).rejects.toSatisfy(isAbort)
  })
})
