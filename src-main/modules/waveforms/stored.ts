import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { codingOf, type Coding } from '#sound/samples/samples'
import type { StoredSamples } from '../audio/audio.ts'
import { createChunkMaker, type Chunk, type ChunkMaker } from './chunk.ts'
import { CHUNK_FRAMES, chunksOf, chunkStart, framesOfChunk } from './pyramid-layout.ts'

export type Samples = Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** Samples that lie in a file. */
export type SamplesFile = { path: string; stored: StoredSamples }

export const codingIn = ({ coding }: StoredSamples): Coding => {
  const known = codingOf(coding)
  if (!known) throw new Error(`no samples of format ${coding.tag} and ${coding.width} bytes`)
  return known
}

export const bytesOf = ({ buffer, byteOffset, byteLength }: Samples): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer, byteOffset, byteLength)

const gone = () => new Error('the file became shorter while it was read')

/** Frames [from, from + frames), all of which have to be there. */
export const readFrames = async (
  { path, stored }: SamplesFile,
  from: number,
  frames: number,
): Promise<Samples> => {
  const frameBytes = stored.coding.width * stored.channels
  const bytes = new Uint8Array(frames * frameBytes)
  const file = await open(path)
  try {
    const position = stored.dataStart + from * frameBytes
    const { bytesRead } = await file.read(bytes, 0, bytes.length, position)
    if (bytesRead < bytes.length) throw gone()
  } finally {
    await file.close()
  }
  return codingIn(stored).read(bytes)
}

const fill = (file: number, bytes: Uint8Array, position: number) => {
  for (let at = 0; at < bytes.length;) {
    const read = readSync(file, bytes, at, bytes.length - at, position + at)
    if (read === 0) throw gone()
    at += read
  }
}

const drain = (file: number, bytes: Uint8Array, position: number) => {
  for (let at = 0; at < bytes.length;) {
    at += writeSync(file, bytes, at, bytes.length - at, position + at)
  }
}

/** Reads frames of an open file, for threads that have nothing else to do. */
export const createSyncReader = (file: number, stored: StoredSamples) => {
  const { channels, dataStart, coding } = stored
  const { read, bits } = codingIn(stored)
  const isPlain = coding.tag === 1 && coding.width * 8 === bits
  const frameBytes = coding.width * channels
  let scratch = new Uint8Array()

  /** Fills `into` with the frames that begin at `from`. */
  return (into: Samples, from: number) => {
    const position = dataStart + from * frameBytes
    if (isPlain) {
      fill(file, bytesOf(into), position)
      return
    }
    const size = into.length * coding.width
    if (scratch.length < size) scratch = new Uint8Array(size)
    const bytes = scratch.subarray(0, size)
    fill(file, bytes, position)
    into.set(read(bytes))
  }
}

/** What a thread is given that makes chunks of stored samples. */
export type ScanInput = SamplesFile & {
  /** The file of the pyramid: exists, and is written where its chunks lie. */
  pyramid: string
  /** The working copy, likewise. */
  copy?: string | undefined
  /** Shared by the threads of one pass: the next chunk nobody has taken. */
  next: Int32Array<SharedArrayBuffer>
}

export type Scanned = Omit<Chunk, 'bytes'> & { chunk: number }

type ChunkJob = { from: number; frames: number; onBlock: (samples: Samples, at: number) => void }

const makeChunk = (
  maker: ChunkMaker,
  read: (into: Samples, from: number) => void,
  channels: number,
  { from, frames, onBlock }: ChunkJob,
): Chunk | undefined => {
  let made: Chunk | undefined
  for (let at = 0; at < frames;) {
    const room = maker.room()
    const count = Math.min(room.length / channels, frames - at)
    const block = room.subarray(0, count * channels)
    read(block, from + at)
    onBlock(block, from + at)
    made = maker.advance(count)
    at += count
  }
  return made ?? maker.finish()
}

/** Takes chunks until there are none left, from the first to the last, so that the file grows so. */
export const scanStored = (input: ScanInput, onChunk: (scanned: Scanned) => void) => {
  const { path, stored, pyramid, copy, next } = input
  const { channels, frames } = stored
  const { bits } = codingIn(stored)
  const files: number[] = []
  const openFile = (name: string, flags: string): number => {
    const file = openSync(name, flags)
    files.push(file)
    return file
  }
  try {
    const read = createSyncReader(openFile(path, 'r'), stored)
    const out = openFile(pyramid, 'r+')
    const copyFile = copy === undefined ? undefined : openFile(copy, 'r+')
    const maker = createChunkMaker({ channels, bits })
    const onBlock = (samples: Samples, at: number) => {
      const position = (at * channels * bits) / 8
      if (copyFile !== undefined) drain(copyFile, bytesOf(samples), position)
    }
    for (let chunk = take(next); chunk < chunksOf(frames); chunk = take(next)) {
      const job = { from: chunk * CHUNK_FRAMES, frames: framesOfChunk(chunk, frames), onBlock }
      const made = makeChunk(maker, read, channels, job)
      if (!made) continue
      drain(out, made.bytes, chunkStart(chunk, channels))
      onChunk({ chunk, frames: made.frames, summary: made.summary })
    }
  } finally {
    for (const file of files) closeSync(file)
  }
}

const take = (next: Int32Array<SharedArrayBuffer>): number => Atomics.add(next, 0, 1)
