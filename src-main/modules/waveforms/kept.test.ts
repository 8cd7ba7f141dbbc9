import { readFile, symlink, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAbort } from '../../platform/errors.ts'
import { tone } from '../../test/tone.ts'
import { naivePixels, noise, picture, refusalOf, same } from '../../test/waves.ts'
import { wavOf } from '../../test/wav-of.ts'
import { createWaveformBench, type WaveformBench } from '../../test/waveform-bench.ts'
import { CHUNK_FRAMES } from './pyramid-layout.ts'

let bench: WaveformBench
beforeAll(async () => {
  bench = await createWaveformBench()
})
afterAll(() => bench.dispose())

describe('what is kept', () => {
  const samples = noise(100_000)

  it('is read once, however many ask, and not again after a restart', async () => {
    let own = await createWaveformBench()
    const blob = await own.put(wavOf(samples, { channels: 1 }))

    expect(own.waveforms.read(blob)).toBe(own.waveforms.read(blob))
    const drawn = await own.waveforms.peaks(blob, picture)
    expect(await own.derived()).toEqual(['pyramid'])
    const path = own.blobs.derivedPath(blob, 'pyramid')
    const kept = await readFile(path)
    const marked = Buffer.from(kept)
    marked.writeInt16LE(-1234, 512) // to see that it is used
    await writeFile(path, marked)
    own = await own.restart()

    const again = await own.waveforms.peaks(blob, picture)
    expect(again.data[0]).toBe(-1234)
    expect(again.data.slice(1)).toEqual(drawn.data.slice(1))
    await own.dispose()
  })

  it.each([
    ['torn', (bytes: Buffer) => bytes.subarray(0, 700)],
    [
      'of another version',
      (bytes: Buffer) =>
        Buffer.from(bytes.toString('latin1').replace('"version":1', '"version":0'), 'latin1'),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('is made again when it is %s', async (_how, damage) => {
    let own = await createWaveformBench()
    const blob = await own.put(wavOf(samples, { channels: 1 }))
    const drawn = await own.waveforms.peaks(blob, picture)
    await own.waveforms.read(blob).done
    const path = own.blobs.derivedPath(blob, 'pyramid')
    const whole = await readFile(path)
    await writeFile(path, damage(whole))
    own = await own.restart()

    expect(await own.waveforms.peaks(blob, picture)).toEqual(drawn)
    await own.waveforms.read(blob).done
    expect((await readFile(path)).equals(whole)).toBe(true)
    await own.dispose()
  })

  it.skipIf(process.platform === 'win32')(
    'may be nothing on a full disk: it is drawn anyway',
    async () => {
      const own = await createWaveformBench()
      const long = noise(CHUNK_FRAMES + 70_000)
      for (const each of [samples, long]) {
        const blob = await own.put(wavOf(each, { channels: 1 }))
        await symlink('/dev/full', `${own.blobs.derivedPath(blob, 'pyramid')}.part`)

        const peaks = await own.waveforms.peaks(blob, picture)

        expect(same(peaks.data, naivePixels(each, 1, 256))).toBe(true)
      }
      expect(await own.derived()).toEqual([])
      await own.dispose()
    },
  )

  it.skipIf(process.platform === 'win32')('has to fit when it is to be edited', async () => {
    const own = await createWaveformBench()
    const blob = await own.put(
      await own.sox(tone({ frequencyHz: 440, durationMs: 900 }), '-t', 'flac', '-'),
    )
    await symlink('/dev/full', `${own.blobs.derivedPath(blob, 'pcm')}.part`)

    const reading = own.waveforms.readForEditing(blob)

    expect((await refusalOf(reading.done)).code).toBe('insufficient_storage')
    expect(reading.state()).toMatchObject({ state: 'failed' })
    expect(await own.derived()).toEqual([])
    await own.dispose()
  })

  it('leaves nothing behind of a pass that shutting down broke off', async () => {
    const own = await createWaveformBench()
    const long = tone({ frequencyHz: 440, durationMs: 1_200_000, sampleRateHz: 8000 })
    const blob = await own.put(await own.sox(long, '-t', 'flac', '-'))
    const reading = own.waveforms.readForEditing(blob)
    await reading.opened

    await own.scope.dispose()

    await expect(reading.done).rejects.toSatisfy(isAbort)
    expect(await own.derived()).toEqual([])
    await own.dispose()
  })
})

describe('a working copy', () => {
  it.each([
    ['FLAC', ['-b', '16', '-t', 'flac', '-'], 16],
    ['FLAC of 24 bits', ['-b', '24', '-t', 'flac', '-'], 32],
    ['wav of 24 bits', ['-b', '24', '-t', 'wav', '-'], 32],
    ['float', ['-e', 'float', '-b', '32', '-t', 'wav', '-'], 32],
    ['µ-law', ['-e', 'mu-law', '-t', 'wav', '-'], 16],
    ['big-endian wav', ['-B', '-t', 'wav', '-'], 32],
    ['MP3', ['-t', 'mp3', '-'], 16],
  ])('of %s has the samples sox makes of it', async (_name, args, bits) => {
    const source = tone({
      frequencyHz: 440,
      durationMs: 2000,
      channels: 2,
      sampleRateHz: 16_000,
      bits: 24,
    })
    const file = await bench.sox(source, ...args)
    const blob = await bench.put(file)
    const type = args[args.length - 2] ?? ''
    const raw = ['-D', '-t', type, '-', '-t', 'raw', '-L', '-b', `${bits}`, '-e', 'signed', '-']
    const run = { tool: 'sox', command: 'sox', args: raw, input: file, deadlineMs: 10_000 }
    const { stdout } = await bench.processes.run(run)

    const reading = bench.waveforms.readForEditing(blob)
    await reading.done

    const { frames, channels } = reading.state()
    expect(reading.state()).toMatchObject({ state: 'ready', bits, sampleRateHz: 16_000 })
    const pcm = await bench.waveforms.pcm(blob)
    expect(pcm).toMatchObject({ bits, channels, frames, dataStart: 0 })
    expect((await readFile(pcm.path)).equals(stdout)).toBe(true)
    const [from, count] = [1000, 500]
    const width = (channels * bits) / 8
    const some = await bench.waveforms.samples(blob, { from, frames: count })
    expect(some.equals(stdout.subarray(from * width, (from + count) * width))).toBe(true)
  })

  it('is made for a file that was only drawn before, and goes when nobody needs it', async () => {
    const own = await createWaveformBench()
    const flac = await own.sox(tone({ frequencyHz: 440, durationMs: 900 }), '-t', 'flac', '-')
    const blob = await own.put(flac)
    const fine = { samplesPerPixel: 10, bits: 16 } as const
    const drawn = await own.waveforms.peaks(blob, fine)
    expect(await own.derived()).toEqual(['pyramid'])

    const { path } = await own.waveforms.pcm(blob)
    expect(await own.waveforms.peaks(blob, fine)).toEqual(drawn)
    await own.waveforms.forget((hash) => hash === blob)
    expect(await own.derived()).toEqual(['pcm', 'pyramid'])
    await own.waveforms.forget(() => false)

    expect(await own.derived()).toEqual(['pyramid'])
    await expect(readFile(path)).rejects.toThrow('ENOENT')
    expect((await own.waveforms.samples(blob, { from: 0, frames: 5 })).length).toBe(10)
    await own.dispose()
  })
})
