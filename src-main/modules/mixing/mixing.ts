/**
 * Reads the frames of an edit list from the files of its sources, and mixes them: what rendering gives to
 * sox, and what measuring measures. Constant memory, whatever the length of the list.
 */
import { open, type FileHandle } from 'node:fs/promises'
import type { EditList } from '#contract/edit-list'
import { mixInto, plan, type Plan, type Samples } from '#sound/edit-list/mix'
import { codingOf } from '#sound/samples/samples'
import { invalid } from '../../platform/errors.ts'
import type { Pcm } from '../waveforms/waveforms.ts'

/** Where the samples of a source lie, by its id. */
export type FindPcm = (source: string) => Pcm | Promise<Pcm>

/** Frames of a list as interleaved little-endian samples. */
export type Mixed = {
  bits: 16 | 32
  sampleRateHz: number
  channels: number
  frames: number
  /** The most bits that a sample of a source has. */
  sourceBits: number
  /**
   * In order. The bytes of a block are used again for the second one after it. `onFrames` is told how
   * many frames each one has.
   */
  blocks: (onFrames?: (frames: number) => void) => AsyncGenerator<Buffer<ArrayBuffer>>
}

// Mixed in a millisecond or so, so that others get their turn in between.
const BLOCK_BYTES = 256 * 1024
const MOST_OPEN = 64

const misfit = (source: string, message: string) =>
  invalid({ [`list.sources.${source}`]: { format: { message } } })

const requireFit = (list: EditList, source: string, pcm: Pcm) => {
  const { sample_rate_hz, channels } = list
  if (pcm.sampleRateHz !== sample_rate_hz || pcm.channels !== channels)
    throw misfit(
      source,
      `The source has ${pcm.sampleRateHz} Hz and ${pcm.channels} channels, the list ${sample_rate_hz} Hz and ${channels}`,
    )
  const frames = list.sources[source]?.frames ?? 0
  if (pcm.frames < frames)
    throw misfit(source, `The source has ${pcm.frames} frames, and the list wants ${frames}`)
}

const findSources = async (list: EditList, whole: Plan, find: FindPcm) => {
  const names = [...new Set(whole.reads.map(({ source }) => source))]
  const sources = new Map<string, Pcm>()
  for (const name of names) {
    const pcm = await find(name)
    requireFit(list, name, pcm)
    sources.set(name, pcm)
  }
  return sources
}

/** Open files, so many at most: a list may name a thousand of them. */
const createHandles = () => {
  const handles = new Map<string, Promise<FileHandle>>()
  const close = async (path: string) => {
    const handle = handles.get(path)
    handles.delete(path)
    await (await handle)?.close()
  }
  return {
    get: (path: string): Promise<FileHandle> => {
      const handle = handles.get(path) ?? open(path)
      handles.delete(path)
      handles.set(path, handle) // the last one is the one that was used last
      return handle
    },
    shrink: async () => {
      for (const path of [...handles.keys()].slice(0, Math.max(0, handles.size - MOST_OPEN)))
        await close(path)
    },
    closeAll: async () => {
      await Promise.allSettled([...handles.keys()].map(close))
    },
  }
}

const PCM_TAG = 1

/** Bytes as samples: the same memory, unless they have 24 bits. */
export const samplesOf = (bytes: Buffer<ArrayBuffer>, bits: Pcm['bits']): Samples => {
  const coding = codingOf({ tag: PCM_TAG, width: bits / 8 })
  if (!coding) throw new Error(`samples of ${bits} bits cannot be read`)
  return coding.read(bytes)
}

/** Memory for what one block is mixed of, used again for the next. */
const createScratch = () => {
  let memory = new ArrayBuffer(0)
  let used = 0
  return {
    /** Begins anew; `bytes` is what all pieces together will have. */
    reset: (bytes: number, pieces: number) => {
      const needed = bytes + pieces * 4
      if (needed > memory.byteLength) memory = new ArrayBuffer(needed)
      used = 0
    },
    take: (bytes: number): Buffer<ArrayBuffer> => {
      const piece = Buffer.from(memory, used, bytes)
      used += bytes + ((4 - (bytes % 4)) % 4) // samples have to begin where they may lie
      return piece
    },
  }
}

const readWhole = async (file: FileHandle, into: Buffer, position: number, path: string) => {
  for (let done = 0; done < into.length;) {
    const left = into.length - done
    const { bytesRead } = await file.read(into, done, left, position + done)
    if (bytesRead === 0) throw new Error(`${path} ends before the frames that are said to be in it`)
    done += bytesRead
  }
}

/** The part of `out` that a read fills when its samples go there as they are. */
const placesIn = (
  out: Buffer<ArrayBuffer>,
  part: Plan,
  frameBytes: number,
): Buffer<ArrayBuffer>[] =>
  part.stretches
    .filter((stretch) => stretch.part !== undefined)
    .map(({ at, frames }) => out.subarray(at * frameBytes, (at + frames) * frameBytes))

/**
 * Prepares mixing frames [from, to) of a list: 16 bits where nothing has more and nothing changes a
 * sample, else 32. Refuses sources that do not fit the list; throws EditError for a range outside it.
 */
export const prepareMix = async (
  list: EditList,
  range: { from: number; to: number },
  find: FindPcm,
): Promise<Mixed> => {
  const { channels } = list
  const whole = plan(list, range.from, range.to)
  const sources = await findSources(list, whole, find)
  const sourceBits = Math.max(16, ...[...sources.values()].map(({ bits }) => bits))
  const bits = whole.isPlain && sourceBits === 16 ? 16 : 32
  const frameBytes = (bits / 8) * channels
  const fitting = Math.max(1, Math.floor(BLOCK_BYTES / frameBytes))
  const blockFrames = Math.min(fitting, range.to - range.from)

  async function* blocks(onFrames: (frames: number) => void = () => undefined) {
    const handles = createHandles()
    const memory = () => Buffer.from(new ArrayBuffer(blockFrames * frameBytes))
    let [now, next] = [memory(), memory()]
    const scratch = createScratch()

    const readBlocks = async (part: Plan, out: Buffer<ArrayBuffer>): Promise<Samples[]> => {
      const places = part.isPlain ? placesIn(out, part, frameBytes) : []
      const all = part.reads.reduce((sum, { frames }) => sum + frames, 0)
      scratch.reset(all * 4 * channels, part.reads.length)
      const blocks = part.reads.map(async (read, index) => {
        const pcm = sources.get(read.source)
        if (!pcm) throw new Error(`the source ${read.source} was not found before`)
        const width = (pcm.bits / 8) * channels
        const place = pcm.bits === bits ? places[index] : undefined
        const into = place ?? scratch.take(read.frames * width)
        const file = await handles.get(pcm.path)
        await readWhole(file, into, pcm.dataStart + read.in * width, pcm.path)
        return samplesOf(into, pcm.bits)
      })
      return Promise.all(blocks)
    }

    try {
      for (let from = range.from; from < range.to; from += blockFrames) {
        const part = plan(list, from, Math.min(range.to, from + blockFrames))
        const out = now.subarray(0, part.frames * frameBytes)
        mixInto(samplesOf(out, bits), part, await readBlocks(part, out))
        await handles.shrink()
        yield out
        onFrames(part.frames)
        ;[now, next] = [next, now]
      }
    } finally {
      await handles.closeAll()
    }
  }

  return {
    bits,
    sampleRateHz: list.sample_rate_hz,
    channels,
    frames: range.to - range.from,
    sourceBits,
    blocks,
  }
}
