import { open } from 'node:fs/promises'

/** Where a wav file has sizes, and the true ones; undefined when they are true or it is no wav. */
const trueSizes = (head: Buffer, length: number): { at: number; size: number } | undefined => {
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE')
    return undefined
  let at = 12
  while (at + 8 <= head.length && head.toString('latin1', at, at + 4) !== 'data') {
    const size = head.readUInt32LE(at + 4)
    at += 8 + size + (size % 2)
  }
  if (at + 8 > head.length) return undefined
  const size = length - at - 8
  return head.readUInt32LE(at + 4) <= size ? undefined : { at: at + 4, size }
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  // The format cannot say more: readers take such a file up to its end.
  bytes.writeUInt32LE(Math.min(value, 0xffff_ffff))
  return bytes
}

/**
 * A wav file that was written into a pipe has made-up sizes in its header. Returns it with true ones;
 * anything else comes back as it is.
 */
export const withTrueSizes = (wav: Buffer): Buffer => {
  const found = trueSizes(wav, wav.length)
  if (!found) return wav
  const { at, size } = found
  const fixed = Buffer.concat([wav, Buffer.alloc(size % 2)])
  uint32(fixed.length - 8).copy(fixed, 4)
  uint32(size).copy(fixed, at)
  return fixed
}

/** Chunks before the audio are small: sox writes none, others a few hundred bytes of text. */
const HEAD = 64 * 1024

/** The same for a file, in place and whatever its length. */
export const giveTrueSizes = async (path: string): Promise<void> => {
  const file = await open(path, 'r+')
  try {
    const { size: length } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    const found = trueSizes(buffer.subarray(0, bytesRead), length)
    if (!found) return
    const { at, size } = found
    const padding = size % 2
    if (padding > 0) await file.write(Buffer.alloc(padding), 0, padding, length)
    await file.write(uint32(length + padding - 8), 0, 4, 4)
    await file.write(uint32(size), 0, 4, at)
  } finally {
    await file.close()
  }
}
