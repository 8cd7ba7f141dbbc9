import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWaveformBench, type WaveformBench } from '../../test/waveform-bench.ts'
import { decodeInLanes, type LaneDeps } from './mpeg-lanes.ts'
import { CHUNK_FRAMES } from './pyramid-layout.ts'
import { bytesOf } from './stored.ts'

let bench: WaveformBench
/** Two minutes of something that never repeats: sweeps and noise in stereo. */
let wav: Buffer
beforeAll(async () => {
  bench = await createWaveformBench()
  const sweep = ['synth', '120', 'sine', '100-9000', 'synth', '120', 'pinknoise', 'mix']
  const args = ['-R', '-n', '-r', '44100', '-c', '2', '-b', '16', '-t', 'wav', '-', ...sweep]
  const run = { tool: 'sox', command: 'sox', args, deadlineMs: 60_000 }
  wav = (await bench.processes.run(run)).stdout
}, 60_000)
afterAll(() => bench.dispose())

const container = { container: 'mp3', contentType: 'audio/mpeg', soxType: 'mp3' }
const { signal } = new AbortController()

const serially = async (path: string): Promise<Buffer> => {
  const parts: Buffer[] = []
  const from = { source: { path }, container, bits: 16, signal } as const
  await bench.audio.decode(from, () => (block) => {
    parts.push(Buffer.from(bytesOf(block)))
  })
  return Buffer.concat(parts)
}

type Changes = { decode?: LaneDeps['decode']; chunksEach?: number }

/** What lanes make of a file, put together; undefined when they leave it. */
const inLanes = async (path: string, changes: Changes = {}) => {
  const table = await bench.audio.mpegTable(path)
  if (!table) return { isCertain: false }
  const all = Buffer.alloc(table.frames * table.samplesPerFrame * 4)
  const published: [chunk: number, frames: number][] = []
  const from = { container, bits: 16, signal } as const
  const heard = await decodeInLanes(
    { decode: bench.audio.decode, from, path, table, lanes: 2, chunksEach: 1, ...changes },
    {
      open: () => undefined,
      keep: (samples, at) => {
        Buffer.from(bytesOf(samples)).copy(all, at * 4)
        return Promise.resolve()
      },
      write: () => Promise.resolve(),
      publish: (chunk, { frames }) => published.push([chunk, frames]),
    },
  )
  if (!heard) return { isCertain: false, published }
  return { isCertain: true, published, samples: all.subarray(0, heard.frames * 4) }
}

const fileOf = async (name: string, args: string[], change = (bytes: Buffer) => bytes) => {
  const path = join(bench.folder, name)
  await writeFile(path, change(await bench.sox(wav, ...args, '-t', 'mp3', '-')))
  return path
}

describe('decoding an mp3 in pieces', () => {
  it.each([
    ['of constant rate', ['-C', '128']],
    ['of a low rate with a deep reservoir', ['-C', '48', '-r', '44100']],
    ['of variable rate', ['-C', '-4.2']],
    ['of MPEG-2', ['-C', '32', '-r', '22050']],
  ])('%s gives bit for bit what decoding it whole gives', async (name, args) => {
    const path = await fileOf(`${name}.mp3`, args)

    const { isCertain, samples, published } = await inLanes(path)

    const whole = await serially(path)
    expect(isCertain).toBe(true)
    expect(samples?.length).toBe(whole.length)
    expect(samples?.equals(whole)).toBe(true)
    const chunks = Math.ceil(whole.length / 4 / CHUNK_FRAMES)
    expect(published?.map(([chunk]) => chunk)).toEqual(Array.from({ length: chunks }, (_, i) => i))
  })

  it('takes tags at both ends as the decoder does', async () => {
    const id3 = Buffer.from('ID3\x03\0\0\0\0\x0f\x76', 'latin1')
    const title = Buffer.from(`TAGTitle${'\0'.repeat(120)}`, 'latin1')
    const path = await fileOf('tagged.mp3', ['-C', '128'], (bytes) =>
      Buffer.concat([id3, Buffer.alloc(2038), bytes, title]),
    )

    const { samples } = await inLanes(path)

    expect(samples?.equals(await serially(path))).toBe(true)
  })

  it.each([
    [
      'with bytes in it that are no frames',
      (bytes: Buffer) => [bytes.subarray(0, 900_000), Buffer.alloc(500), bytes.subarray(900_000)],
    ],
    ['that begins with something else', (bytes: Buffer) => [Buffer.alloc(100), bytes]],
  ])('leaves a file %s', async (name, parts) => {
    const path = await fileOf(`${name}.mp3`, ['-C', '128'], (bytes) => Buffer.concat(parts(bytes)))

    expect((await inLanes(path)).isCertain).toBe(false)
  })

  it('leaves a short file', async () => {
    const path = await fileOf('short.mp3', ['-C', '128'])

    expect((await inLanes(path, { chunksEach: 16 })).isCertain).toBe(false)
  })

  it('notices a piece that does not fit, and tells of nothing behind it', async () => {
    const path = await fileOf('misfit.mp3', ['-C', '128'])
    let pieces = 0
    const decode: LaneDeps['decode'] = (from, listen) => {
      const isLong = Buffer.isBuffer(from.source) && from.source.length > 100_000
      pieces += isLong ? 1 : 0
      const isSecond = isLong && pieces === 2
      return bench.audio.decode(from, (format) => {
        const hear = listen(format)
        return (block) => hear(isSecond ? block.map((sample) => sample + 1) : block)
      })
    }

    const { isCertain, published } = await inLanes(path, { decode })

    expect(isCertain).toBe(false)
    expect(published).toEqual([[0, CHUNK_FRAMES]])
  })
})
