import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScope, type Scope } from '../../platform/scope.ts'
import { createWavWriter, type WavEnd, type WavOptions } from './wav-writer.ts'

let folder = ''
let path = ''
let scope: Scope
let ends: WavEnd[] = []
beforeEach(async () => {
  scope = createScope('test')
  folder = await mkdtemp(join(tmpdir(), 'patchbay-wav-'))
  path = join(folder, 'file.wav')
  ends = []
})
afterEach(async () => {
  await scope.dispose()
  await rm(folder, { recursive: true })
})

const start = (more: Partial<WavOptions> = {}) =>
  createWavWriter({
    ...{ scope, path, rate: 8000, maximumSeconds: 3600 },
    onEnd: (end) => ends.push(end),
    ...more,
  })

const tick = (value: number, rate = 8000) => new Int16Array(rate / 50).fill(value)

/** Samples as the header promises them. */
const read = async () => {
  const bytes = await readFile(path)
  const [rate, promised] = [bytes.readUInt32LE(24), bytes.readUInt32LE(40)]
  expect(bytes.readUInt32LE(4)).toBe(promised + 36)
  const samples = Array.from({ length: promised / 2 }, (_, at) => bytes.readInt16LE(44 + at * 2))
  return { rate, samples, there: (bytes.length - 44) / 2 }
}

/** Real files that fail or stand still when they are told to. */
const unreliable = () => {
  const disk = { gate: Promise.resolve(), writes: 0 }
  const openFile: NonNullable<WavOptions['openFile']> = async (...args) => {
    const file = await open(...args)
    return {
      sync: () => file.sync(),
      close: () => file.close(),
      write: (async (buffer: Uint8Array, at: number, length: number, position: number) => {
        await disk.gate
        disk.writes += 1
        // A part at a time, as a busy disk may.
        return file.write(buffer, at, Math.min(length, 9001), position)
      }) as never,
    }
  }
  return { disk, openFile }
}

describe('a recording', () => {
  it.each([8000, 16_000] as const)(
    'is a wav file of everything that came, at %i Hz',
    async (rate) => {
      const writer = start({ rate })
      const wanted: number[] = []
      for (let at = 0; at < 50 * 9; at += 1) {
        writer.write(tick(at, rate))
        wanted.push(...tick(at, rate))
      }
      await writer.stop()

      expect(await read()).toEqual({ rate, samples: wanted, there: wanted.length })
      expect(ends).toEqual([{ frames: wanted.length, why: 'stopped' }])
    },
  )

  it('goes on for longer than its queue is, and keeps what the caller writes over', async () => {
    const { disk, openFile } = unreliable()
    const writer = start({ openFile })
    const samples = tick(0)
    for (let at = 0; at < 50 * 25; at += 1) {
      samples.fill(at)
      writer.write(samples)
      if (at % 100 === 99) {
        const before = disk.writes
        await expect.poll(() => disk.writes).toBeGreaterThan(before)
      }
    }
    await writer.stop()

    const { samples: written } = await read()
    expect(written).toHaveLength(8000 * 25)
    expect(written.every((sample, at) => sample === Math.floor(at / 160))).toBe(true)
  })

  it('has a header that is true while it grows, as if power were lost', async () => {
    const writer = start()
    for (let at = 0; at < 50; at += 1) writer.write(tick(7))
    await expect.poll(async () => (await read()).samples.length).toBe(8000)
    for (let at = 0; at < 55; at += 1) writer.write(tick(7))
    await expect.poll(async () => (await read()).samples.length).toBe(16_800)

    expect(ends).toEqual([])
  })

  it('ends at its limit, to the sample', async () => {
    const writer = start({ maximumSeconds: 0.03 })
    for (let at = 0; at < 5; at += 1) writer.write(tick(3))
    await expect.poll(() => ends).toEqual([{ frames: 240, why: 'limit' }])

    expect((await read()).samples).toEqual(Array(240).fill(3))
    await writer.stop()
    expect(ends).toHaveLength(1)
  })

  it('is complete when nothing came, when it is stopped twice, and when its owner ends', async () => {
    const writer = start()
    await Promise.all([writer.stop(), writer.stop()])
    writer.write(tick(1))
    expect(await read()).toMatchObject({ samples: [] })
    expect(ends).toEqual([{ frames: 0, why: 'stopped' }])

    path = join(folder, 'second.wav')
    start().write(tick(5))
    await scope.dispose()
    expect((await read()).samples).toEqual([...tick(5)])
  })
})

describe('what goes wrong', () => {
  it('never writes over a file', async () => {
    await writeFile(path, 'mine')
    const writer = start()
    writer.write(tick(1))
    await writer.stop()

    expect(await readFile(path, 'utf8')).toBe('mine')
    expect(ends).toEqual([
      { frames: 0, why: 'failed', message: 'There is a file of this name already.' },
    ])
  })

  it('says that the folder is not there', async () => {
    await start({ path: join(folder, 'none', 'file.wav') }).stop()

    expect(ends[0]?.message).toBe('The folder for it is not there.')
  })

  it('ends when the disk stands still for ten seconds, and keeps what was written', async () => {
    const { disk, openFile } = unreliable()
    const writer = start({ openFile })
    for (let at = 0; at < 50; at += 1) writer.write(tick(1))
    await expect.poll(() => disk.writes).toBe(4)
    const stuck = Promise.withResolvers<undefined>()
    disk.gate = stuck.promise

    for (let at = 0; at < 50 * 11; at += 1) writer.write(tick(2))
    stuck.resolve(undefined)
    await writer.stop()

    const [end] = ends
    expect(end).toMatchObject({
      why: 'failed',
      message: 'The disk did not take the recording for 10 seconds.',
    })
    const { samples } = await read()
    expect(samples).toHaveLength(end!.frames)
    expect(samples.slice(0, 8000)).toEqual(Array(8000).fill(1))
  })

  it('ends when the disk is full, and keeps what was written', async () => {
    const { disk, openFile } = unreliable()
    const writer = start({ openFile })
    for (let at = 0; at < 50; at += 1) writer.write(tick(1))
    await expect.poll(() => disk.writes).toBe(4)
    disk.gate = Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
    for (let at = 0; at < 60; at += 1) writer.write(tick(2))
    await expect.poll(() => ends).toHaveLength(1)

    expect(ends).toEqual([{ frames: 8000, why: 'failed', message: 'The disk is full.' }])
    expect((await read()).samples).toEqual(Array(8000).fill(1))
  })
})
