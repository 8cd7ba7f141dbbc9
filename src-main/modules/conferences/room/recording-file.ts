import { open } from 'node:fs/promises'

/** Chunks before the audio: a recorder writes a few bytes of them. */
const HEAD = 4096

const dataAt = (head: Buffer): number | undefined => {
  if (head.toString('latin1', 0, 4) !== 'RIFF') return undefined
  let at = 12
  while (at + 8 <= head.length) {
    if (head.toString('latin1', at, at + 4) === 'data') return at
    const size = head.readUInt32LE(at + 4)
    at += 8 + size + (size % 2)
  }
  return undefined
}

/** Whether there is sound in a wav file; what is something else is left as it is. */
export type WavContent = 'sound' | 'empty' | 'something else'

/** Makes a wav file of 16 bits whose writer was interrupted say how long it really is. */
export const completeWav = async (path: string): Promise<WavContent> => {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    const at = dataAt(buffer.subarray(0, bytesRead))
    if (at === undefined) return size < HEAD ? 'empty' : 'something else'
    const rest = size - at - 8
    const bytes = rest - (rest % 2)
    if (bytes < 2) return 'empty'
    if (buffer.readUInt32LE(at + 4) === bytes) return 'sound'
    await file.truncate(at + 8 + bytes)
    const sizes = Buffer.alloc(8)
    sizes.writeUInt32LE(at + bytes, 0)
    sizes.writeUInt32LE(bytes, 4)
    await file.write(sizes, 0, 4, 4)
    await file.write(sizes, 4, 4, at + 4)
    await file.sync()
    return 'sound'
  } finally {
    await file.close()
  }
}
