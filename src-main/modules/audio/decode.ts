import type { Processes, ToolInput } from '../../platform/process/process.ts'
import { withBytes, type Bytes } from './bytes.ts'
import { identify, type Container } from './container.ts'
import { converterOf, encodingOf, inFrames } from './samples.ts'
import { decodeWithSox, type DecodeFailure, type Listen, type PcmFormat } from './sox-decode.ts'
import { readWavHeader, type WavHeader } from './wav.ts'

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

const name = ({ container, encoding }: Container): string =>
  encoding === undefined || encoding === container
    ? container.toUpperCase()
    : `${encoding} in ${container.toUpperCase()}`

// Below a telephone frame nobody hears what is missing, and sloppy writers are off by their header.
const TOLERATED_S = 0.02

const seconds = (frames: number, { sampleRateHz }: PcmFormat): string =>
  `${(frames / sampleRateHz).toFixed(2)} s`

const missing = ({ format, frames, failure }: Heard, promised = 0): DecodeFailure | undefined => {
  if (failure) return failure
  if (promised > 0 && format && promised - frames > TOLERATED_S * format.sampleRateHz) {
    const [all, here] = [seconds(promised, format), seconds(frames, format)]
    return { reason: `the file ends early: its header promises ${all}, ${here} are there` }
  }
  return frames === 0 ? { reason: 'there is no audio in it: 0 samples' } : undefined
}

const hearWav = async (bytes: Bytes, header: WavHeader, listen: Listen): Promise<Heard> => {
  const { sampleRateHz, channels, frameBytes, dataStart, dataEnd } = header
  const converter = converterOf(header.tag, frameBytes / channels)
  const format = { sampleRateHz, channels }
  if (!converter) return { format, frames: 0 }
  const hear = listen(format)
  let frames = 0
  for await (const block of inFrames(bytes.blocks(dataStart, dataEnd), frameBytes)) {
    const samples = converter.toS16(block)
    frames += samples.length / channels
    hear(samples)
  }
  return { format, frames }
}

const hearWithSox = async (
  deps: Deps,
  source: ToolInput,
  { container, listen }: { container: Container; listen: Listen },
): Promise<Heard> => {
  const heard: Heard = { frames: 0 }
  const { soxType = container.container } = container
  const file = { source, soxType, name: name(container) }
  const failure = await decodeWithSox(deps, file, (format) => {
    heard.format = format
    const hear = listen(format)
    return (block) => {
      heard.frames += block.length / format.channels
      hear(block)
    }
  })
  return failure ? { ...heard, failure } : heard
}

const result = (container: Container, heard: Heard, promised?: number): Decoded => {
  const failure = missing(heard, promised)
  return failure ? { container, ...heard, failure } : { container, ...heard }
}

export const createDecode =
  (deps: Deps): Decode =>
  (source, listen) =>
    withBytes(source, async (bytes) => {
      const container = await identify(bytes)
      const { reason, isRiff, frames } = container
      if (reason !== undefined) return { container, frames: 0, failure: { reason } }
      if (!isRiff) {
        const heard = await hearWithSox(deps, source, { container, listen })
        return result(container, heard, frames)
      }
      const header = await readWavHeader(bytes)
      if ('reason' in header) return { container, frames: 0, failure: header }
      const converter = converterOf(header.tag, header.frameBytes / header.channels)
      const encoding = converter?.encoding ?? encodingOf(header.tag)
      const wav = { ...container, encoding, ...(header.bits > 0 ? { bits: header.bits } : {}) }
      if (!converter)
        return result(wav, await hearWithSox(deps, source, { container: wav, listen }))
      const promised = Math.floor(header.promisedBytes / header.frameBytes)
      return result(wav, await hearWav(bytes, header, listen), promised)
    })
