import { open } from 'node:fs/promises'
import type { Log } from '../../platform/log.ts'
import { createFile, finishPyramid, type NewFile, type PyramidHeader } from './pyramid-file.ts'
import { chunkStart, HEAD_BYTES, type Stretch } from './pyramid-layout.ts'
import type { Summary } from './summary.ts'

/**
 * The chunks of a pyramid while it is made and afterwards. A sound of one chunk needs no file to be
 * drawn: a full disk only costs it the cache. Longer ones fail with the disk.
 */
export type ChunkStore = {
  put: (chunk: number, bytes: Buffer<ArrayBuffer>) => Promise<void>
  /** The file for threads that write chunks themselves. */
  path: () => Promise<string>
  read: (stretch: Stretch) => Promise<Buffer<ArrayBuffer>>
  finish: (header: PyramidHeader, summary: Summary) => Promise<void>
  /** Leaves nothing behind of a pass that failed. */
  dispose: () => Promise<void>
}

const readFrom = async (
  path: string,
  { position, length }: Stretch,
): Promise<Buffer<ArrayBuffer>> => {
  const file = await open(path)
  try {
    const bytes = Buffer.alloc(length)
    const { bytesRead } = await file.read(bytes, 0, length, position)
    if (bytesRead < length) throw new Error('the pyramid is shorter than it should be')
    return bytes
  } finally {
    await file.close()
  }
}

/** Of a pyramid that was there before. */
export const storedChunks = (path: string): Pick<ChunkStore, 'read'> => ({
  read: (stretch) => readFrom(path, stretch),
})

export const createChunkStore = (path: string, channels: number, log: Log): ChunkStore => {
  let only: Buffer<ArrayBuffer> | undefined
  let opening: Promise<NewFile> | undefined
  let isFinished = false

  const file = () => (opening ??= createFile(path))
  const write = async (chunk: number, bytes: Buffer) => {
    await (await file()).write(bytes, chunkStart(chunk, channels))
  }

  return {
    put: async (chunk, bytes) => {
      if (chunk === 0 && only === undefined) {
        only = bytes
        return
      }
      if (only) await write(0, only)
      only = undefined
      await write(chunk, bytes)
    },
    path: async () => (await file()).path,
    read: async (stretch) => {
      const at = stretch.position - HEAD_BYTES
      if (only && at + stretch.length <= only.length) {
        return Buffer.from(only.subarray(at, at + stretch.length))
      }
      return readFrom(isFinished ? path : (await file()).path, stretch)
    },
    finish: async (header, summary) => {
      try {
        if (only) await write(0, only)
        await finishPyramid(await file(), header, summary)
        isFinished = true
      } catch (error) {
        if (!only) throw error
        log.warn('a waveform was not kept', { error })
      }
    },
    dispose: async () => {
      const made = await opening?.catch(() => undefined)
      await made?.dispose()
    },
  }
}
