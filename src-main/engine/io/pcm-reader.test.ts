import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScope, type Scope } from '../../platform/scope.ts'
import type { PcmSource } from '../frame/player-track.ts'
import { createPcmReader } from './pcm-reader.ts'

let folder = ''
let scope: Scope
beforeEach(async () => {
  scope = createScope('test')
  folder = await mkdtemp(join(tmpdir(), 'patchbay-pcm-'))
})
afterEach(async () => {
  await scope.dispose()
  await rm(folder, { recursive: true })
})

/** Samples that count up, so that none can be missing, doubled or swapped. */
const counting = (count: number) => Int16Array.from({ length: count }, (_, at) => at % 30_011)

const write = async (samples: Int16Array, more = Buffer.alloc(0)) => {
  const path = join(folder, 'file.raw')
  await writeFile(path, Buffer.concat([Buffer.from(samples.buffer), more]))
  return path
}

/** Everything, a tick at a time, as fast as it comes. */
const drain = async (source: PcmSource): Promise<number[]> => {
  const all: number[] = []
  const tick = new Int16Array(170)
  await expect
    .poll(
      () => {
        for (let count = source.read(tick, 10); count > 0; count = source.read(tick, 10)) {
          all.push(...tick.subarray(10, 10 + count))
        }
        return source.state()
      },
      { interval: 1 },
    )
    .not.toBe('open')
  return all
}

/** Real files that tell how much was read, and stand still when they are told to. */
const watched = () => {
  const watch = { open: 0, read: 0, portion: Infinity, gate: Promise.resolve() }
  const openFile = async (path: string) => {
    const file = await open(path)
    watch.open += 1
    return {
      stat: () => file.stat(),
      read: async (buffer: Buffer, at: number, length: number, position: number) => {
        await watch.gate
        const got = await file.read(buffer, at, Math.min(length, watch.portion), position)
        watch.read += got.bytesRead
        return got
      },
      close: async () => {
        watch.open -= 1
        await file.close()
      },
    } as unknown as Awaited<ReturnType<typeof open>>
  }
  return { watch, openFile }
}

describe('reading ahead', () => {
  it.each([0, 1, 159, 16_000, 16_001, 200_003])('brings all %i samples in order', async (count) => {
    const path = await write(counting(count))
    const source = createPcmReader({ scope })({ path, rate: 8000 })

    expect(await drain(source)).toEqual([...counting(count)])
    expect(source.state()).toBe('ended')
  })

  it('takes what a disk brings, even half samples, and drops half a one at the end', async () => {
    const path = await write(counting(20_000), Buffer.from([1]))
    const { watch, openFile } = watched()
    watch.portion = 4001

    const source = createPcmReader({ scope, openFile })({ path, rate: 8000 })

    expect(await drain(source)).toEqual([...counting(20_000)])
  })

  it('holds two seconds and reads on when one was played', async () => {
    const path = await write(counting(100_000))
    const { watch, openFile } = watched()
    const source = createPcmReader({ scope, openFile })({ path, rate: 8000 })
    await expect.poll(() => watch.read).toBe(32_000)

    source.read(new Int16Array(7999), 0)
    expect(watch.read).toBe(32_000)
    source.read(new Int16Array(1), 0)
    await expect.poll(() => watch.read).toBe(48_000)
  })

  it('knows the end of a file with the last sample, not a reading later', async () => {
    const path = await write(counting(160))
    const { watch, openFile } = watched()
    const source = createPcmReader({ scope, openFile })({ path, rate: 8000 })
    await expect.poll(() => watch.read).toBe(320)

    expect(source.read(new Int16Array(160), 0)).toBe(160)
    expect(source.state()).toBe('ended')
  })

  it('has nothing to say while the disk stands still, and goes on when it does', async () => {
    const path = await write(counting(32_000))
    const { watch, openFile } = watched()
    const stuck = Promise.withResolvers<undefined>()
    watch.gate = stuck.promise
    const source = createPcmReader({ scope, openFile })({ path, rate: 8000 })
    await expect.poll(() => watch.open).toBe(1)

    expect(source.read(new Int16Array(160), 0)).toBe(0)
    expect(source.state()).toBe('open')
    stuck.resolve(undefined)
    expect(await drain(source)).toHaveLength(32_000)
  })
})

describe('ending', () => {
  it('says why a file cannot be read', async () => {
    const gone = createPcmReader({ scope })({ path: join(folder, 'none'), rate: 8000 })
    const odd = createPcmReader({ scope })({ path: folder, rate: 8000 })

    await expect.poll(gone.state).toBe('failed')
    await expect.poll(odd.state).toBe('failed')
    expect(gone.problem()).toBe('The audio file could not be read: it is not there.')
    expect(odd.problem()).toContain('it is a folder')
  })

  it('plays what was read before the disk failed', async () => {
    const path = await write(counting(100_000))
    const { watch, openFile } = watched()
    const source = createPcmReader({ scope, openFile })({ path, rate: 8000 })
    await expect.poll(() => watch.read).toBe(32_000)
    watch.gate = Promise.reject(Object.assign(new Error('disk'), { code: 'EIO' }))

    expect(await drain(source)).toHaveLength(16_000)
    expect(source.problem()).toBe('The audio file could not be read: the disk failed.')
  })

  it.each(['at its end', 'when it is closed', 'with its owner'])(
    'closes the file %s',
    async (how) => {
      const path = await write(counting(100_000))
      const { watch, openFile } = watched()
      const source = createPcmReader({ scope, openFile })({ path, rate: 16_000 })
      await expect.poll(() => watch.read).toBe(64_000)
      expect(watch.open).toBe(1)

      if (how === 'at its end') await drain(source)
      else if (how === 'with its owner') await scope.dispose()
      else source.close()

      await expect.poll(() => watch.open).toBe(0)
      expect(source.read(new Int16Array(9), 0)).toBe(0)
      expect(source.state()).toBe('ended')
    },
  )
})
