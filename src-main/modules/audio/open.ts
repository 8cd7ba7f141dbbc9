import { workable } from '#contract/edit-list'
import { codingOf, type CodingId } from '#sound/samples/samples'
import type { Bytes } from './bytes.ts'
import { identify, type Container } from './container.ts'
import { encodingOf } from './samples.ts'
import { readWavHeader } from './wav.ts'

export type PcmFormat = { sampleRateHz: number; channels: number }

/** Samples in a file that are read without sox, from any position. */
export type StoredSamples = PcmFormat & {
  /** Of wav: where it is known to `#sound/samples/samples`. */
  coding: CodingId
  dataStart: number
  /** Those that are there. */
  frames: number
}

/** What a file is and where its audio lies, before any of it is read. */
export type Opened = {
  container: Container
  /** Why there is no audio to be had. */
  reason?: string
  /** Set where our own code reads the samples; everything else is left to sox. */
  stored?: StoredSamples
  /** Frames the header promises, where it does. */
  promisedFrames?: number
}

/** Why nobody works with audio of a format; a broken header claims thousands of channels. */
export const unworkable = ({ sampleRateHz, channels }: PcmFormat): string | undefined => {
  const { leastRateHz, mostRateHz, mostChannels } = workable
  if (channels > mostChannels) {
    return `it has ${channels} channels, and more than ${mostChannels} cannot be worked with`
  }
  if (sampleRateHz >= leastRateHz && sampleRateHz <= mostRateHz) return undefined
  return `it has ${sampleRateHz} Hz, and only ${leastRateHz} to ${mostRateHz} Hz can be worked with`
}

const openWav = async (bytes: Bytes, container: Container): Promise<Opened> => {
  const header = await readWavHeader(bytes)
  if ('reason' in header) return { container, reason: header.reason }
  const reason = unworkable(header)
  if (reason !== undefined) return { container, reason }
  const { tag, frameBytes, channels, sampleRateHz, dataStart, dataEnd, bits } = header
  const coding = { tag, width: frameBytes / channels }
  const known = codingOf(coding)
  const encoding = known?.encoding ?? encodingOf(tag)
  const wav = { ...container, encoding, ...(bits > 0 ? { bits } : {}) }
  if (!known) return { container: wav }
  const frames = Math.floor((dataEnd - dataStart) / frameBytes)
  const promisedFrames = Math.floor(header.promisedBytes / frameBytes)
  const stored = { sampleRateHz, channels, coding, dataStart, frames }
  return { container: wav, stored, promisedFrames }
}

/** Recognises a file by its content and finds its samples. */
export const openAudio = async (bytes: Bytes): Promise<Opened> => {
  const container = await identify(bytes)
  const { reason, isRiff, frames } = container
  if (reason !== undefined) return { container, reason }
  if (isRiff) return openWav(bytes, container)
  return frames === undefined ? { container } : { container, promisedFrames: frames }
}
