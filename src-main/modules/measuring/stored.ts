import { open, type FileHandle } from 'node:fs/promises'
import { codingOf } from '#sound/samples/samples'
import type { StoredSamples } from '../audio/audio.ts'
import type { Pcm } from '../waveforms/waveforms.ts'

/** Samples in a file that can be read from any frame on. */
export type Stored = StoredSamples & { path: string }

type Samples = Int16Array | Int32Array

const PCM_TAG = 1

/** A source's working copy, as samples of a file. */
export const storedPcm = ({ path, dataStart, frames, bits, ...format }: Pcm): Stored => ({
  path,
  dataStart,
  frames,
  sampleRateHz: format.sampleRateHz,
  channels: format.channels,
  coding: { tag: PCM_TAG, width: bits / 8 },
})

const frameBytes = ({ coding, channels }: Stored): number => coding.width * channels

/** Frames [from, from + count), interleaved. Throws when the file has become shorter. */
const readFrames = async (
  file: FileHandle,
  stored: Stored,
  { from, count }: { from: number; count: number },
): Promise<Samples> => {
  const width = frameBytes(stored)
  const bytes = new Uint8Array(count * width)
  const position = stored.dataStart + from * width
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done)
    if (bytesRead === 0) throw new Error(`${stored.path} is shorter than it was`)
    done += bytesRead
  }
  const coding = codingOf(stored.coding)
  if (!coding) throw new Error(`samples of the format ${stored.coding.tag} cannot be read`)
  return coding.read(bytes)
}

const BLOCK_FRAMES = 65_536

/** Every frame in order, a block at a time. */
export const eachBlock = async (stored: Stored, use: (block: Samples) => void): Promise<void> => {
  const file = await open(stored.path)
  try {
    for (let from = 0; from < stored.frames; from += BLOCK_FRAMES) {
      const count = Math.min(BLOCK_FRAMES, stored.frames - from)
      use(await readFrames(file, stored, { from, count }))
    }
  } finally {
    await file.close()
  }
}
