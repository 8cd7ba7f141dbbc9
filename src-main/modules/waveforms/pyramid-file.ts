import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import type { StoredSamples } from '../audio/audio.ts'
import type { Format } from './growth.ts'
import {
  bucketsOf,
  chunkBytes,
  chunksOf,
  chunkStart,
  framesOfChunk,
  HEAD_BYTES,
  SUMMARY_LEVEL,
} from './pyramid-layout.ts'
import { packSummary, unpackSummary, type Summary } from './summary.ts'

/** What a pyramid's file says of itself. */
export type PyramidHeader = Format & {
  frames: number
  /** What is wrong with the audio. */
  reason?: string
  /** Where the samples are in the blob; without it they are in the working copy, or left to sox. */
  stored?: StoredSamples
}

/** Files of another version are as good as none. */
const VERSION = 1
const LONGEST_REASON = 160

export type OpenPyramid = PyramidHeader & { summary: Summary }

const recordsStart = (frames: number, channels: number): number => {
  const last = chunksOf(frames) - 1
  return chunkStart(last, channels) + chunkBytes(framesOfChunk(last, frames), channels)
}

const fileBytes = (frames: number, channels: number): number =>
  recordsStart(frames, channels) + bucketsOf(frames, SUMMARY_LEVEL) * channels * 16

type Written = PyramidHeader & { version: number }

const parse = (head: Buffer): PyramidHeader | undefined => {
  try {
    const { version, ...header } = JSON.parse(head.toString()) as Written
    return version === VERSION && header.frames > 0 ? header : undefined
  } catch {
    return undefined
  }
}

const read = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, position)
  return bytes.subarray(0, bytesRead)
}

/** Reads what a finished pass left. Undefined when there is none, or none that can be used. */
export const openPyramid = async (path: string): Promise<OpenPyramid | undefined> => {
  const file = await open(path).catch(() => undefined)
  if (!file) return undefined
  try {
    const header = parse(await read(file, 0, HEAD_BYTES))
    if (!header) return undefined
    const { frames, channels } = header
    const size = fileBytes(frames, channels)
    if ((await file.stat()).size !== size) return undefined
    const start = recordsStart(frames, channels)
    return { ...header, summary: unpackSummary(await read(file, start, size - start), channels) }
  } finally {
    await file.close()
  }
}

/** A file that gets its name when it is complete: a crash leaves none that is taken for whole. */
export type NewFile = {
  /** Where it is until then. */
  path: string
  write: (bytes: Uint8Array, position: number) => Promise<void>
  /** Brings it to disk and gives it its name. */
  finish: () => Promise<void>
  /** Removes it, unless it is finished. */
  dispose: () => Promise<void>
}

export const createFile = async (path: string): Promise<NewFile> => {
  const temporary = `${path}.part`
  const file = await open(temporary, 'w', 0o600)
  let isOpen = true
  const close = async () => {
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    path: temporary,
    write: async (bytes, position) => {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at)
        at += bytesWritten
      }
    },
    finish: async () => {
      await file.datasync()
      await close()
      await rename(temporary, path)
    },
    dispose: async () => {
      if (!isOpen) return
      await close()
      await rm(temporary, { force: true })
    },
  }
}

/** Writes what stands around the chunks, and gives the file its name. */
export const finishPyramid = async (file: NewFile, header: PyramidHeader, summary: Summary) => {
  const { frames, channels } = header
  const size = bucketsOf(frames, SUMMARY_LEVEL) * channels
  const records = packSummary(summary).subarray(0, size * 16)
  const reason = header.reason?.slice(0, LONGEST_REASON)
  const written: Written = { ...header, version: VERSION, ...(reason && { reason }) }
  await file.write(records, recordsStart(frames, channels))
  await file.write(Buffer.from(JSON.stringify(written).padEnd(HEAD_BYTES)), 0)
  await file.finish()
}
