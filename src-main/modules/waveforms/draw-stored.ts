import { closeSync, openSync } from 'node:fs'
import { createDrawing } from './drawing.ts'
import { codingIn, createSyncReader, type SamplesFile } from './stored.ts'

/** Frames [from, to) of a file as pixels. */
export type DrawInput = SamplesFile & { from: number; to: number; samplesPerPixel: number }

const BLOCK_SAMPLES = 131_072

/** Draws them, for threads that have nothing else to do. */
export const drawStored = ({
  path,
  stored,
  from,
  to,
  samplesPerPixel,
}: DrawInput): Int16Array<ArrayBuffer> => {
  const { channels } = stored
  const { bits } = codingIn(stored)
  const drawing = createDrawing({ channels, bits, samplesPerPixel })
  const blockFrames = Math.max(1, Math.floor(BLOCK_SAMPLES / channels))
  const block =
    bits === 16 ? new Int16Array(blockFrames * channels) : new Int32Array(blockFrames * channels)
  const file = openSync(path, 'r')
  try {
    const read = createSyncReader(file, stored)
    for (let at = from; at < to; at += blockFrames) {
      const part = block.subarray(0, Math.min(blockFrames, to - at) * channels)
      read(part, at)
      drawing.push(part)
    }
  } finally {
    closeSync(file)
  }
  return drawing.finish()
}
