/**
 * How sound looks. One pass over a blob writes its pyramid beside it: minimum, maximum, RMS and clipped
 * samples of buckets of 256·4^level frames. Whoever asks for a picture gets it from there, also of the
 * part that is there while the pass goes on.
 */
import { access, rm } from 'node:fs/promises'
import { framesPerBucket } from '#contract/sources'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Workers } from '../../platform/workers/workers.ts'
import type { Audio } from '../audio/audio.ts'
import type { Peaks } from './audiowaveform.ts'
import { drawBlob, type PeakOptions } from './draw.ts'
import { createPasses } from './passes.ts'
import { copyPath, isWorkingCopy } from './pass-context.ts'
import type { Pass } from './pass.ts'
import type { Reading } from './reading.ts'
import { copyFormat, samplesFile } from './sample-range.ts'
import { bytesOf, readFrames } from './stored.ts'

export { peaksAnswer } from './answer.ts'
export type { Peaks } from './audiowaveform.ts'
export type { PeakOptions } from './draw.ts'
export type { Reading, ReadingState } from './reading.ts'

/** Where the samples of a source can be read: interleaved little-endian signed integers in a file. */
export type Pcm = {
  path: string
  dataStart: number
  frames: number
  sampleRateHz: number
  channels: number
  bits: 16 | 24 | 32
}

export type Waveforms = {
  /** Starts the pass, joins the one that goes on, or finds that it is done. Writes the pyramid. */
  read: (blob: string) => Reading
  /** The same, and a working copy of the samples where the blob itself is no 16-bit PCM wav. */
  readForEditing: (blob: string) => Reading
  /**
   * The waveform of a range, when it is complete. Refuses a range outside of the file. Below 256 samples
   * a pixel, and for what is no multiple of 256, it looks at the samples themselves.
   */
  peaks: (blob: string, options: PeakOptions) => Promise<Peaks>
  /** Buckets in the layout of contract/sources.ts, when they are complete; fewer at the end. */
  levels: (
    blob: string,
    range: { level: number; from: number; count: number },
  ) => Promise<Buffer<ArrayBuffer>>
  /** Interleaved samples, s16 or s32 little-endian as `state().bits` says; fewer at the end. */
  samples: (blob: string, range: { from: number; frames: number }) => Promise<Buffer<ArrayBuffer>>
  /** Where rendering reads a source. Reads it for editing when nobody has, and waits for that. */
  pcm: (blob: string) => Promise<Pcm>
  /** Removes working copies nobody needs. */
  forget: (isNeeded: (blob: string) => boolean) => Promise<void>
}

type WaveformDeps = { scope: Scope; blobs: Blobs; audio: Audio; workers: Workers; log: Log }

export const createWaveforms = ({ scope, ...given }: WaveformDeps): Waveforms => {
  const deps = { ...given, signal: scope.signal }
  const { blobs } = deps
  const passes = createPasses(deps)
  scope.add(passes.settled)

  const samplesOf = async (
    blob: string,
    pass: Pass,
    { from, frames }: { from: number; frames: number },
  ) => {
    await pass.reading.opened
    await pass.waitFor(from + frames)
    const count = Math.min(frames, pass.reading.state().frames - from)
    const file = await samplesFile(deps, blob, pass)
    if (!file || count <= 0) return Buffer.alloc(0)
    const { buffer, byteOffset, byteLength } = bytesOf(await readFrames(file, from, count))
    return Buffer.from(buffer, byteOffset, byteLength)
  }

  return {
    read: (blob) => passes.of(blob, false).reading,
    readForEditing: (blob) => passes.of(blob, true).reading,
    peaks: (blob, options) =>
      passes.use(blob, false, (pass) => drawBlob(deps, { blob, pass }, options)),
    levels: (blob, { level, from, count }) =>
      passes.use(blob, false, async (pass) => {
        await pass.reading.opened
        await pass.waitFor((from + count) * framesPerBucket(level))
        return pass.buckets(level, { from, to: from + count })
      }),
    samples: (blob, range) => passes.use(blob, true, (pass) => samplesOf(blob, pass, range)),
    pcm: (blob) =>
      passes.use(blob, true, async (pass) => {
        await pass.reading.done
        const stored = pass.stored()
        const isBlob = stored !== undefined && isWorkingCopy(stored)
        const state = pass.reading.state()
        const { sampleRateHz, channels, frames, dataStart } = isBlob ? stored : copyFormat(state)
        const path = isBlob ? blobs.pathOf(blob) : copyPath({ blobs, blob })
        // A blob that was collected and made again has lost the copy that was read of it.
        await access(path)
        return { path, dataStart, frames, sampleRateHz, channels, bits: isBlob ? 16 : state.bits }
      }),
    forget: async (isNeeded) => {
      for (const blob of await blobs.withDerived('pcm')) {
        if (isNeeded(blob) || passes.isEditing(blob)) continue
        passes.drop(blob)
        await rm(copyPath({ blobs, blob }), { force: true })
      }
    },
  }
}
