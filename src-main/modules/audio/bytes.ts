import { open, type FileHandle } from 'node:fs/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import type { ToolInput } from '../../platform/process/process.ts'

/** Bytes in memory or in a file, read where they are needed and never all at once. */
export type Bytes = {
  size: number
  /** At most `length` bytes from `position`; fewer at the end. */
  read: (position: number, length: number) => Promise<Buffer>
  /** The bytes from `start` up to `end`, block by block. */
  blocks: (start: number, end: number) => AsyncIterable<Buffer>
}

const BLOCK = 256 * 1024

async function* blocksOf(bytes: Pick<Bytes, 'read'>, start: number, end: number) {
  for (let at = start; at < end;) {
    const block = await bytes.read(at, Math.min(BLOCK, end - at))
    if (block.length === 0) return
    at += block.length
    yield block
    await breathe() // a long file is no reason to keep everybody else waiting
  }
}

const inMemory = (buffer: Buffer): Pick<Bytes, 'size' | 'read'> => ({
  size: buffer.length,
  read: (position, length) => Promise.resolve(buffer.subarray(position, position + length)),
})

const inFile = (file: FileHandle, size: number): Pick<Bytes, 'size' | 'read'> => ({
  size,
  read: async (position, length) => {
    const buffer = Buffer.allocUnsafe(length)
    const { bytesRead } = await file.read(buffer, 0, length, position)
    return buffer.subarray(0, bytesRead)
  },
})

/** Lends the bytes of a source to `use`, and closes them behind it. */
export const withBytes = async <T>(
  source: ToolInput,
  use: (bytes: Bytes) => Promise<T>,
): Promise<T> => {
  const lend = (bytes: Pick<Bytes, 'size' | 'read'>) =>
    use({ ...bytes, blocks: (start, end) => blocksOf(bytes, start, end) })
  if (Buffer.isBuffer(source)) return lend(inMemory(source))
  await using file = await open(source.path)
  return await lend(inFile(file, (await file.stat()).size))
}
