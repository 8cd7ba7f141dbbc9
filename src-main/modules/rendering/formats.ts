import type { OutputFormat } from '#contract/effects'
import type { Violations } from '#contract/errors'
import { invalid } from '../../platform/errors.ts'
import type { Signal } from './effects.ts'

type Encoding = NonNullable<OutputFormat['encoding']>

/** Facts about a format that people choose by. What is not named there is free. */
export type WritableFormat = {
  container: OutputFormat['container']
  /** The first is what is written when none is chosen. */
  encodings: readonly Encoding[]
  contentType: string
  extension: string
  sampleRatesHz?: readonly number[]
  mostChannels?: number
  /** Not each of them at every rate. */
  bitratesKbps?: readonly number[]
}

const common = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128]
const mpegRates = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

/** Bitrates of MPEG-1, MPEG-2 and MPEG-2.5 layer III, by the sample rate. */
const mp3Bitrates = (sampleRateHz: number): readonly number[] => {
  if (sampleRateHz >= 32_000)
    return [...common.filter((rate) => rate >= 32), 160, 192, 224, 256, 320]
  return sampleRateHz >= 16_000 ? [...common, 144, 160] : common.filter((rate) => rate <= 64)
}

export const knownFormats: Readonly<Record<OutputFormat['container'], WritableFormat>> = {
  wav: {
    container: 'wav',
    encodings: ['pcm_16', 'pcm_8', 'pcm_24', 'ulaw', 'alaw', 'gsm'],
    contentType: 'audio/x-wav',
    extension: 'wav',
  },
  mp3: {
    container: 'mp3',
    encodings: [],
    contentType: 'audio/mpeg',
    extension: 'mp3',
    sampleRatesHz: mpegRates,
    mostChannels: 2,
    bitratesKbps: [...common, 160, 192, 224, 256, 320],
  },
  ogg: {
    container: 'ogg',
    encodings: [],
    contentType: 'audio/ogg',
    extension: 'ogg',
    mostChannels: 8,
  },
  flac: {
    container: 'flac',
    encodings: [],
    contentType: 'audio/flac',
    extension: 'flac',
    mostChannels: 8,
  },
  gsm: {
    container: 'gsm',
    encodings: [],
    contentType: 'audio/x-gsm',
    extension: 'gsm',
    sampleRatesHz: [8000],
    mostChannels: 1,
  },
  opus: {
    container: 'opus',
    encodings: [],
    contentType: 'audio/ogg',
    extension: 'opus',
    sampleRatesHz: [8000, 12_000, 16_000, 24_000, 48_000],
    mostChannels: 8,
  },
}

/** A file to be written, checked: what sox is told, and what people are. */
export type Target = {
  args: string[]
  /** The working format is undefined: a wav of 32-bit samples. */
  format: OutputFormat | undefined
  sampleRateHz: number
  channels: number
  contentType: string
  extension: string
  /** Bytes of a frame, where that can be told. */
  frameBytes?: number
}

const encodings: Record<Encoding, { args: string[]; bytes: number }> = {
  pcm_8: { args: ['-e', 'unsigned-integer', '-b', '8'], bytes: 1 },
  pcm_16: { args: ['-e', 'signed-integer', '-b', '16'], bytes: 2 },
  pcm_24: { args: ['-e', 'signed-integer', '-b', '24'], bytes: 3 },
  ulaw: { args: ['-e', 'mu-law', '-b', '8'], bytes: 1 },
  alaw: { args: ['-e', 'a-law', '-b', '8'], bytes: 1 },
  gsm: { args: ['-e', 'gsm-full-rate'], bytes: 33 / 160 },
}
const working = { args: ['-e', 'signed-integer', '-b', '32'], bytes: 4 }

const say = (path: string, rule: string, facts: { message: string; target?: unknown }) =>
  invalid({ [`format.${path}`]: { [rule]: facts } } satisfies Violations)

const list = (values: readonly number[]): string =>
  `${values.slice(0, -1).join(', ')}${values.length > 1 ? ' or ' : ''}${values.at(-1)}`

const checkBitrate = ({ container, bitrate_kbps }: OutputFormat, sampleRateHz: number) => {
  if (bitrate_kbps === undefined) return
  if (container !== 'mp3' && container !== 'opus') {
    const message = `The size of ${container} files follows from the audio: leave the bitrate out`
    throw say('bitrate_kbps', 'forbidden', { message })
  }
  const target = mp3Bitrates(sampleRateHz)
  if (container === 'opus' || target.includes(bitrate_kbps)) return
  const message = `An mp3 of ${sampleRateHz} Hz has ${list(target)} kbit/s`
  throw say('bitrate_kbps', 'enum', { message, target })
}

/** Rate and channels: those that are asked for, or the only ones there are, or those of the audio. */
const shapeOf = (format: OutputFormat, before: Signal) => {
  const isGsm = format.encoding === 'gsm'
  const name = isGsm ? 'GSM' : format.container
  const limits = isGsm ? knownFormats.gsm : knownFormats[format.container]
  const { sampleRatesHz, mostChannels = Infinity } = limits
  const only = sampleRatesHz?.length === 1 ? sampleRatesHz[0] : undefined
  const sampleRateHz = format.sample_rate_hz ?? only ?? before.sampleRateHz
  const channels = format.channels ?? (mostChannels === 1 ? 1 : before.channels)
  if (sampleRatesHz && !sampleRatesHz.includes(sampleRateHz)) {
    const message = `${name} has ${list(sampleRatesHz)} Hz, not ${sampleRateHz}`
    throw say('sample_rate_hz', 'enum', { message, target: sampleRatesHz })
  }
  if (channels > mostChannels) {
    const most = mostChannels === 1 ? 'one channel' : `at most ${mostChannels} channels`
    const message = `${name} has ${most}, not ${channels}`
    throw say('channels', 'maximum', { message, target: mostChannels })
  }
  return { sampleRateHz, channels }
}

const wavTarget = (format: OutputFormat | undefined, channels: number) => {
  const { args, bytes } = format ? encodings[format.encoding ?? 'pcm_16'] : working
  return { args: ['-t', 'wav', ...args], frameBytes: bytes * channels }
}

const optionsOf = (format: OutputFormat, bits: number): string[] => {
  const { container, bitrate_kbps } = format
  if (container === 'flac') return ['-b', bits > 16 ? '24' : '16']
  return bitrate_kbps === undefined ? [] : ['-C', String(bitrate_kbps)]
}

/**
 * What a format comes to for this audio. `bits` is what a sample of the audio has, which a lossless
 * format keeps. Refuses what the format cannot be, by `format.PROPERTY`.
 */
export const targetOf = (
  format: OutputFormat | undefined,
  before: Signal,
  bits: number,
): Target => {
  const { contentType, extension } = knownFormats[format?.container ?? 'wav']
  if (!format) {
    const { sampleRateHz, channels } = before
    const shape = { sampleRateHz, channels, contentType, extension }
    return { format, ...shape, ...wavTarget(format, channels) }
  }
  if (format.encoding !== undefined && format.container !== 'wav') {
    const message = `Only wav files have a choice of encodings, ${format.container} files do not`
    throw say('encoding', 'forbidden', { message })
  }
  const shape = shapeOf(format, before)
  checkBitrate(format, shape.sampleRateHz)
  const written =
    format.container === 'wav'
      ? wavTarget(format, shape.channels)
      : { args: ['-t', format.container, ...optionsOf(format, bits)] }
  return { format, ...shape, contentType, extension, ...written }
}

const WAV_LIMIT = 2 ** 32 - 4096

/** Refuses a wav file that its own header could not describe. */
export const checkSize = ({ frameBytes, format }: Target, frames: number | undefined) => {
  if (frameBytes === undefined || frames === undefined) return
  const bytes = frames * frameBytes
  if (bytes <= WAV_LIMIT) return
  const message = `A wav file holds at most 4 GB, and this would have ${(bytes / 1e9).toFixed(1)}. Choose flac, or take a shorter part`
  const target = Math.floor(WAV_LIMIT / frameBytes)
  throw invalid({ [format ? 'format.container' : 'to']: { maximum: { message, target } } })
}
