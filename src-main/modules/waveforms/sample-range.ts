import { stat } from 'node:fs/promises'
import type { StoredSamples } from '../audio/audio.ts'
import { createDrawing } from './drawing.ts'
import type { DrawInput } from './draw-stored.ts'
import { copyPath, noAudio, type PassDeps } from './pass-context.ts'
import type { Pass } from './pass.ts'
import { bitsOf, DECODE_DEADLINE_MS, refusalOf } from './read-decoded.ts'
import { codingIn, readFrames, type SamplesFile } from './stored.ts'

/** What a copy of samples looks like: as a wav without a header. */
export const copyFormat = (state: {
  sampleRateHz: number
  channels: number
  frames: number
  bits: 16 | 32
}): StoredSamples => {
  const { sampleRateHz, channels, frames, bits } = state
  return { sampleRateHz, channels, frames, dataStart: 0, coding: { tag: 1, width: bits / 8 } }
}

/** The file the samples of a pass can be read from at once, if there is one. */
export const samplesFile = async (
  { blobs }: Pick<PassDeps, 'blobs'>,
  blob: string,
  pass: Pass,
): Promise<SamplesFile | undefined> => {
  const stored = pass.stored()
  if (stored) return { path: blobs.pathOf(blob), stored }
  const format = copyFormat(pass.reading.state())
  const copy = pass.copy()
  if (copy !== undefined) return { path: copy, stored: format }
  // One from before this pass, which did not need it.
  const path = copyPath({ blobs, blob })
  const size = format.frames * format.channels * format.coding.width
  const found = await stat(path).catch(() => undefined)
  return found?.size === size && size > 0 ? { path, stored: format } : undefined
}

export type FrameRange = { from: number; to: number; samplesPerPixel: number }

/** More than this takes long enough for a thread. */
const AT_ONCE = 2 ** 21

/** Draws frames of a file. */
export const drawFile = async (
  { workers, signal }: Pick<PassDeps, 'workers' | 'signal'>,
  file: SamplesFile,
  range: FrameRange,
): Promise<Int16Array<ArrayBuffer>> => {
  const { channels } = file.stored
  const frames = range.to - range.from
  if (frames * channels > AT_ONCE) {
    const input: DrawInput = { ...file, ...range }
    return workers.run('waveforms.draw', input, { signal })
  }
  const { bits } = codingIn(file.stored)
  const drawing = createDrawing({ channels, bits, samplesPerPixel: range.samplesPerPixel })
  drawing.push(await readFrames(file, range.from, frames))
  return drawing.finish()
}

/** Enough was decoded. */
class Enough extends Error {}

export type Drawn = {
  format: { sampleRateHz: number; channels: number }
  data: Int16Array<ArrayBuffer>
}

/** Decodes a file for its picture alone, and keeps nothing. `rangeOf` is told the rate. */
export const drawDecoded = async (
  { audio, blobs, signal }: Pick<PassDeps, 'audio' | 'blobs' | 'signal'>,
  blob: string,
  rangeOf: (sampleRateHz: number) => FrameRange,
): Promise<Drawn> => {
  const source = { path: blobs.pathOf(blob) }
  const opened = await audio.open(source.path)
  if (opened.reason !== undefined) throw noAudio(opened.reason)
  const bits = bitsOf(opened)
  const from = { source, container: opened.container, bits, signal }
  let frames = 0
  let drawn: { format: Drawn['format']; finish: () => Int16Array<ArrayBuffer> } | undefined
  const decoding = audio.decode({ ...from, deadlineMs: DECODE_DEADLINE_MS }, (format) => {
    const { channels } = format
    const range = rangeOf(format.sampleRateHz)
    const drawing = createDrawing({ channels, bits, samplesPerPixel: range.samplesPerPixel })
    drawn = { format, finish: drawing.finish }
    return (block) => {
      const inside = (frame: number) => Math.max(0, frame - frames) * channels
      drawing.push(block.subarray(inside(range.from), inside(range.to)))
      frames += block.length / channels
      if (frames >= range.to) throw new Enough()
    }
  })
  const failure = await decoding.catch((error: unknown) => {
    if (error instanceof Enough) return undefined
    throw error
  })
  if (!drawn || frames === 0 || failure?.wasKilled) throw refusalOf(failure)
  return { format: drawn.format, data: drawn.finish() }
}
