/**
 * Audio files made of edit lists. Frames are mixed here and go through one sox process that applies
 * effects and writes the format. A file is complete before its name exists; whatever goes wrong
 * leaves nothing behind. Whose list it is and what becomes of the file is the caller's business.
 */
import type { EditList } from '#contract/edit-list'
import type { Effect, OutputFormat } from '#contract/effects'

/** Frames [from, to) of a list, everything by default, and the effects on them in order. */
export type Stretch = {
  list: EditList
  from?: number | undefined
  to?: number | undefined
  effects?: readonly Effect[] | undefined
}

export type RenderRequest = Stretch & {
  /** Without a format: the working format, a wav of 32-bit samples that loses nothing. */
  format?: OutputFormat | undefined
  /** Where the file is to be. What is there is replaced, once the new file is complete. */
  path: string
  signal?: AbortSignal | undefined
  /** The share that is done, from 0 to 1; never falls. */
  onProgress?: ((share: number) => void) | undefined
}

export type Rendered = {
  /** The sox command that wrote it, as people would type it. */
  command: string
  contentType: string
  extension: string
  bytes: number
  sampleRateHz: number
  channels: number
  /** What the file says of itself; undefined where a format does not say it (mp3, ogg, gsm). */
  frames?: number
  /** Samples that had to be cut off at full scale, as sox counts them. */
  clippedSamples: number
}

/** Facts about a format that people choose by. */
export type WritableFormat = {
  container: OutputFormat['container']
  encodings: readonly NonNullable<OutputFormat['encoding']>[]
  contentType: string
  extension: string
  /** Set where the format knows no others. */
  sampleRatesHz?: readonly number[]
  mostChannels?: number
  bitratesKbps?: readonly number[]
}

export type Rendering = {
  /**
   * Writes a stretch of a list as a file, whatever its length, in constant memory. Refuses what no file
   * can be made of before it starts (`validation`, paths as in the contract), a missing sox
   * (`tool_missing`) and a full disk (`insufficient_storage`); rejects with a ToolError when sox fails,
   * with an AbortError when cancelled.
   */
  render: (request: RenderRequest) => Promise<Rendered>
  /** The same as a wav of 32-bit samples in memory; refuses more than `mostPreviewSeconds`. */
  preview: (request: Stretch & { signal?: AbortSignal | undefined }) => Promise<Buffer>
  /**
   * The command line of effects and a format. What only the audio tells stands in it as words: PROFILE,
   * and FIRST and LAST for the frames between which there is sound.
   */
  command: (of: {
    sampleRateHz: number
    channels: number
    effects: readonly Effect[]
    format?: OutputFormat | undefined
  }) => string
  /** What the installed sox can write. Refuses with `tool_missing` when there is none. */
  formats: () => Promise<WritableFormat[]>
}
