import { codingOf, toS16 } from '#sound/samples/samples'
import type { Processes, ToolInput } from '../../platform/process/process.ts'
import { withBytes, type Bytes } from './bytes.ts'
import type { Container } from './container.ts'
import { openAudio, type PcmFormat, type StoredSamples } from './open.ts'
import { inFrames } from './samples.ts'
import { decodeWithSox, type DecodeFailure } from './sox-decode.ts'

/** Is told the format and answers with what takes the interleaved samples, block by block. */
export type Listen = (format: PcmFormat) => (block: Int16Array) => void

export type Decoded = {
  container: Container
  format?: PcmFormat
  frames: number
  /** Set when the audio could not be had, or not all of it. */
  failure?: DecodeFailure
}

/** One pass over the audio of a file as 16-bit samples. Files of any length, a block at a time. */
export type Decode = (source: ToolInput, listen: Listen) => Promise<Decoded>

type Deps = { processes: Processes; soxCommand: () => string }
type Heard = Pick<Decoded, 'format' | 'frames' | 'failure'>

// Below a telephone frame nobody hears what is missing, and sloppy writers are off by their header.
const TOLERATED_S = 0.02

const seconds = (frames: number, { sampleRateHz }: PcmFormat): string =>
  `${(frames / sampleRateHz).toFixed(2)} s`

/** What is wrong with audio that was heard, if anything: less than promised, or nothing at all. */
export const missing = (
  { format, frames, failure }: Heard,
  promised = 0,
): DecodeFailure | undefined => {
  if (failure) return failure
  if (promised > 0 && format && promised - frames > TOLERATED_S * format.sampleRateHz) {
    const [all, here] = [seconds(promised, format), seconds(frames, format)]
    return { reason: `the file ends early: its header promises ${all}, ${here} are there` }
  }
  return frames === 0 ? { reason: 'there is no audio in it: 0 samples' } : undefined
}

const hearStored = async (
  bytes: Bytes,
  { coding, sampleRateHz, channels, dataStart, frames }: StoredSamples,
  listen: Listen,
): Promise<Heard> => {
  const format = { sampleRateHz, channels }
  const hear = listen(format)
  const frameBytes = coding.width * channels
  const blocks = bytes.blocks(dataStart, dataStart + frames * frameBytes)
  const read = codingOf(coding)?.read ?? (() => new Int16Array())
  let heard = 0
  for await (const block of inFrames(blocks, frameBytes)) {
    const samples = toS16(read(block as Buffer<ArrayBuffer>)) // Node makes no others
    heard += samples.length / channels
    hear(samples)
  }
  return { format, frames: heard }
}

const hearWithSox = async (
  deps: Deps,
  source: ToolInput,
  { container, listen }: { container: Container; listen: Listen },
): Promise<Heard> => {
  const heard: Heard = { frames: 0 }
  const failure = await decodeWithSox(deps, { source, container, bits: 16 }, (format) => {
    heard.format = format
    const hear = listen(format)
    return (block) => {
      heard.frames += block.length / format.channels
      hear(toS16(block))
    }
  })
  return failure ? { ...heard, failure } : heard
}

export const createDecode =
  (deps: Deps): Decode =>
  (source, listen) =>
    withBytes(source, async (bytes) => {
      const { container, reason, stored, promisedFrames } = await openAudio(bytes)
      if (reason !== undefined) return { container, frames: 0, failure: { reason } }
      const heard = stored
        ? await hearStored(bytes, stored, listen)
        : await hearWithSox(deps, source, { container, listen })
      const failure = missing(heard, promisedFrames)
      return failure ? { container, ...heard, failure } : { container, ...heard }
    })
