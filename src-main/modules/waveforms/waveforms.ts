/**
 * How sound looks. One pass over a blob writes its pyramid beside it: minimum, maximum, RMS and clipped
 * samples of buckets of 256·4^level frames. Whoever asks for a picture gets it from there, also of the
 * part that is there while the pass goes on.
 */
import type { Peaks } from './audiowaveform.ts'

export type { Peaks } from './audiowaveform.ts'

/** Where the samples of a source can be read: interleaved little-endian signed integers in a file. */
export type Pcm = {
  path: string
  dataStart: number
  frames: number
  sampleRateHz: number
  channels: number
  bits: 16 | 24 | 32
}

/** The one pass over a blob: shared by all who ask, owned by a scope. */
export type Reading = {
  state: () => ReadingState
  /** Resolves when the format is known. Rejects with a refusal for a file without audio. */
  opened: Promise<void>
  /** Resolves when everything is read. */
  done: Promise<void>
  /** Calls when there are more frames, and when it ends; the returned function stops that. */
  onGrowth: (listener: () => void) => () => void
}

export type ReadingState = {
  state: 'reading' | 'ready' | 'failed'
  sampleRateHz: number
  channels: number
  /** Read so far, from the beginning without a gap; all of them when ready. */
  frames: number
  framesExpected?: number
  /** Of a sample in `samples`. */
  bits: 16 | 32
  /** Why it failed, or what is wrong with the file. */
  reason?: string
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
  /** Where rendering reads a source. Waits for the pass; refuses what was not read for editing. */
  pcm: (blob: string) => Promise<Pcm>
  /** Removes working copies nobody needs. */
  forget: (isNeeded: (blob: string) => boolean) => Promise<void>
}

export type PeakOptions = {
  samplesPerPixel: number
  bits: 8 | 16
  /** Seconds; `endS` is exclusive. Pixels lie where they lie in a picture of the whole file. */
  startS?: number | undefined
  endS?: number | undefined
}

export { fromDat, toDat, toJson, versionFor } from './audiowaveform.ts'
