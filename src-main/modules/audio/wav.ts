import type { Bytes } from './bytes.ts'

/**
 * A wav file is RIFF: `RIFF size WAVE` and then chunks, each `id size data` padded to an even length.
 *
 *   fmt   0 u16 tag · 2 u16 channels · 4 u32 rate · 8 u32 bytes/s · 12 u16 bytes/frame · 14 u16 bits
 *         24 u16 the real tag when the tag says "extensible"
 *   data  the samples
 *   ds64  8 u64 size of data, in RF64 (EBU Tech 3306), where the 32-bit size says 0xFFFFFFFF
 */
export type WavHeader = {
  /** Format tag: 1 PCM, 3 float, 6 A-law, 7 µ-law, others for sox. */
  tag: number
  channels: number
  sampleRateHz: number
  frameBytes: number
  bits: number
  dataStart: number
  /** Exclusive, and never behind the end of the file. */
  dataEnd: number
  /** Bytes of samples the header promises; what `dataEnd` gives when the header does not know. */
  promisedBytes: number
}

type Chunk = { id: string; start: number; size: number }

const MOST_CHUNKS = 1000
const EXTENSIBLE = 0xfffe
// Writers that cannot seek back leave such sizes: 0xFFFFFFFF, 0x7FFFFFFF, sox's 0x7FFFF000.
const PLACEHOLDER = 0x7fff_0000

const readChunk = async (bytes: Bytes, position: number): Promise<Chunk | undefined> => {
  const head = await bytes.read(position, 8)
  if (head.length < 8) return undefined
  return { id: head.toString('latin1', 0, 4), start: position + 8, size: head.readUInt32LE(4) }
}

const behind = ({ start, size }: Chunk): number => start + size + (size % 2)

/** An empty data chunk is a stream's unfinished header, unless proper chunks follow to the end. */
const isTrulyEmpty = async (bytes: Bytes, data: Chunk): Promise<boolean> => {
  if (data.start >= bytes.size) return true
  const next = await readChunk(bytes, data.start)
  return next !== undefined && /^[\x20-\x7e]{4}$/.test(next.id) && behind(next) <= bytes.size + 1
}

const sizeOfData = async (bytes: Bytes, data: Chunk, longSize?: number): Promise<number> => {
  const available = Math.max(0, bytes.size - data.start)
  if (data.size === 0xffff_ffff && longSize !== undefined) return longSize
  if (data.size === 0) return (await isTrulyEmpty(bytes, data)) ? 0 : available
  return data.size >= PLACEHOLDER && data.size > available ? available : data.size
}

const parseFormat = (chunk: Buffer) => {
  const tag = chunk.readUInt16LE(0)
  return {
    tag: tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag,
    channels: chunk.readUInt16LE(2),
    sampleRateHz: chunk.readUInt32LE(4),
    frameBytes: chunk.readUInt16LE(12),
    bits: chunk.readUInt16LE(14),
  }
}

type Found = { format?: ReturnType<typeof parseFormat>; data?: Chunk; dataSize: number }

/** Looks for the format and the samples, whatever else is in the file and in whichever order. */
const findChunks = async (bytes: Bytes): Promise<Found> => {
  const found: Found = { dataSize: 0 }
  let longSize: number | undefined
  let position = 12
  for (let i = 0; i < MOST_CHUNKS; i += 1) {
    const chunk = await readChunk(bytes, position)
    if (!chunk) break
    if (chunk.id === 'fmt ') {
      const format = await bytes.read(chunk.start, Math.min(chunk.size, 40))
      if (format.length >= 16) found.format = parseFormat(format)
    } else if (chunk.id === 'ds64') {
      const sizes = await bytes.read(chunk.start, 16)
      if (sizes.length === 16) longSize = Number(sizes.readBigUInt64LE(8))
    } else if (chunk.id === 'data' && !found.data) {
      found.data = chunk
      found.dataSize = await sizeOfData(bytes, chunk, longSize)
      chunk.size = found.dataSize
    }
    if (found.format && found.data) break
    position = behind(chunk)
  }
  return found
}

/** Reads where the samples are and what they are, or says why that cannot be known. */
export const readWavHeader = async (bytes: Bytes): Promise<WavHeader | { reason: string }> => {
  const { format, data, dataSize } = await findChunks(bytes)
  if (!format) return { reason: 'the wav header is cut off or has no format' }
  if (!data) return { reason: 'the wav file has no samples: its data chunk is missing' }
  if (format.channels === 0) return { reason: 'the wav header says 0 channels' }
  if (format.sampleRateHz === 0) return { reason: 'the wav header says 0 Hz' }
  const dataEnd = Math.min(bytes.size, data.start + dataSize)
  return { ...format, dataStart: data.start, dataEnd, promisedBytes: dataSize }
}
