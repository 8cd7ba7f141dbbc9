import type { Bytes } from './bytes.ts'
import { frameKind, frameLength, samplesPerFrame } from './mpeg-frame.ts'

/** Where the frames of an mp3 file lie, so that pieces of it can be decoded by themselves. */
export type MpegTable = {
  samplesPerFrame: number
  /** Whole ones; decoders differ by one or two at the ends. */
  frames: number
  /** Byte offset of every `step`th frame. */
  offsets: readonly number[]
  step: number
}

const STEP = 64
const BLOCK = 2 ** 20
const HEADER = 4
/** Tags at the end; more than that is something else. */
const MOST_BEHIND = 65_536

const behindId3 = async (bytes: Bytes): Promise<number> => {
  const head = await bytes.read(0, 10)
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0
  return 10 + [6, 7, 8, 9].reduce((size, at) => size * 128 + (head.readUInt8(at) & 127), 0)
}

/** Undefined where frames of one kind do not follow each other from the beginning to the end. */
export const readMpegTable = async (bytes: Bytes): Promise<MpegTable | undefined> => {
  let at = await behindId3(bytes)
  const offsets: number[] = []
  let frames = 0
  let kind: number | undefined

  /** Goes from frame to frame in a block that lies at `start`. False where there is none. */
  const walk = (block: Buffer, start: number): boolean => {
    while (at - start + HEADER <= block.length) {
      const length = frameLength(block, at - start)
      if (length === undefined) return false
      kind ??= frameKind(block, at - start)
      if (frameKind(block, at - start) !== kind) return false
      if (at + length > bytes.size) return false
      if (frames % STEP === 0) offsets.push(at)
      frames += 1
      at += length
    }
    return true
  }

  for (let start = at; at + HEADER <= bytes.size; start = at) {
    if (!walk(await bytes.read(start, BLOCK), start)) break
  }
  const perFrame = kind === undefined ? undefined : samplesPerFrame(kind)
  if (perFrame === undefined || bytes.size - at > MOST_BEHIND) return undefined
  return { samplesPerFrame: perFrame, frames, offsets, step: STEP }
}
