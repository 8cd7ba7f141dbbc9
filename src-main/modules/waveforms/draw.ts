import { framesPerBucket } from '#contract/sources'
import { AppError, invalid, isAbort } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import { versionFor, type Peaks } from './audiowaveform.ts'
import type { PassDeps } from './pass-context.ts'
import type { Pass } from './pass.ts'
import { SUMMARY_LEVEL, VALUES } from './pyramid-layout.ts'
import { drawDecoded, drawFile, samplesFile, type FrameRange } from './sample-range.ts'

export type PeakOptions = {
  samplesPerPixel: number
  bits: 8 | 16
  /** Seconds; `endS` is exclusive. Pixels lie where they lie in a picture of the whole file. */
  startS?: number | undefined
  endS?: number | undefined
}

type Range = { first: number; last: number }

/** Minima and maxima of one answer: 24 hours of stereo at 256 samples a pixel are fewer. */
const MOST_VALUES = 2 ** 26

/** The pixels of a whole picture that a range of seconds touches. */
const pixelsOf = (options: PeakOptions, sampleRateHz: number): Range => {
  const { samplesPerPixel, startS = 0, endS = Infinity } = options
  if (endS <= startS) {
    const message = 'The end of the range has to lie behind its start'
    throw invalid({ end: { minimum: { message, cause: endS } } })
  }
  const frameAt = (seconds: number) => Math.round(seconds * sampleRateHz)
  return {
    first: Math.floor(frameAt(startS) / samplesPerPixel),
    last: Math.ceil(frameAt(endS) / samplesPerPixel),
  }
}

const checkRange = ({ first, last }: Range, channels: number, options: PeakOptions) => {
  if (first >= last) {
    const message = 'The range begins behind the end of the audio'
    throw invalid({ start: { maximum: { message, cause: options.startS } } })
  }
  if ((last - first) * channels * 2 > MOST_VALUES) {
    const message = 'Too many pixels for one answer: ask for a shorter range or a coarser picture'
    throw invalid({ samples_per_pixel: { minimum: { message, cause: options.samplesPerPixel } } })
  }
}

/** The coarsest level whose buckets fit into pixels, and how many of them. */
const bucketsPerPixel = (samplesPerPixel: number): { level: number; each: number } => {
  let level = 0
  while (level < SUMMARY_LEVEL && samplesPerPixel % framesPerBucket(level + 1) === 0) level += 1
  return { level, each: samplesPerPixel / framesPerBucket(level) }
}

const BLOCK_BUCKETS = 65_536

const drawPyramid = async (pass: Pass, range: Range & { samplesPerPixel: number }) => {
  const { channels } = pass.reading.state()
  const { level, each } = bucketsPerPixel(range.samplesPerPixel)
  const data = new Int16Array((range.last - range.first) * channels * 2)
  for (let at = 0; at < data.length; at += 2) {
    data[at] = 32_767
    data[at + 1] = -32_768
  }
  const start = range.first * each
  const end = range.last * each
  for (let from = start; from < end; from += BLOCK_BUCKETS) {
    const bytes = await pass.buckets(level, { from, to: Math.min(end, from + BLOCK_BUCKETS) })
    const values = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    for (let i = 0; i < values.length; i += VALUES) {
      const bucket = from - start + Math.floor(i / VALUES / channels)
      const at = (Math.floor(bucket / each) * channels + ((i / VALUES) % channels)) * 2
      data[at] = Math.min(data[at] ?? 0, values[i] ?? 0)
      data[at + 1] = Math.max(data[at + 1] ?? 0, values[i + 1] ?? 0)
    }
  }
  return data
}

type Picture = { data: Int16Array<ArrayBuffer>; sampleRateHz: number; channels: number }

/** 8 bits are value/256 truncated toward zero, as audiowaveform writes them. */
const toPeaks = (
  { data, sampleRateHz, channels }: Picture,
  { samplesPerPixel, bits }: PeakOptions,
): Peaks => ({
  version: versionFor(channels),
  channels,
  sampleRate: sampleRateHz,
  samplesPerPixel,
  bits,
  length: data.length / channels / 2,
  data: bits === 16 ? data : Int8Array.from(data, (value) => Math.trunc(value / 256)),
})

const drawSamples = async (
  deps: PassDeps,
  { blob, pass }: { blob: string; pass: Pass },
  range: FrameRange,
): Promise<Int16Array<ArrayBuffer>> => {
  const file = await samplesFile(deps, blob, pass)
  if (file) return drawFile(deps, file, range)
  return (await drawDecoded(deps, blob, () => range)).data
}

/** Draws what a pass has read, as soon as it has. */
const drawPass = async (
  deps: PassDeps,
  what: { blob: string; pass: Pass },
  options: PeakOptions,
): Promise<Peaks> => {
  const { pass } = what
  const { samplesPerPixel } = options
  await pass.reading.opened
  const { sampleRateHz, channels } = pass.reading.state()
  const wanted = pixelsOf(options, sampleRateHz)
  await pass.waitFor(wanted.last * samplesPerPixel)
  const { frames } = pass.reading.state()
  const last = Math.min(wanted.last, Math.ceil(frames / samplesPerPixel))
  const range = { first: wanted.first, last, samplesPerPixel }
  checkRange(range, channels, options)
  const to = Math.min(frames, last * samplesPerPixel)
  const data =
    samplesPerPixel % framesPerBucket(0) === 0
      ? await drawPyramid(pass, range)
      : await drawSamples(deps, what, { from: range.first * samplesPerPixel, to, samplesPerPixel })
  return toPeaks({ data, sampleRateHz, channels }, options)
}

/** Draws a file that could not be read into a pyramid, straight from its samples. */
const drawDirectly = async (deps: PassDeps, blob: string, options: PeakOptions): Promise<Peaks> => {
  const { samplesPerPixel } = options
  const path = deps.blobs.pathOf(blob)
  const { stored } = await deps.audio.open(path)
  const rangeOf = (sampleRateHz: number, frames: number): FrameRange => {
    const { first, last } = pixelsOf(options, sampleRateHz)
    const to = Math.min(last * samplesPerPixel, frames)
    return { from: first * samplesPerPixel, to, samplesPerPixel }
  }
  const check = (range: FrameRange, channels: number) => {
    const [first, last] = [range.from / samplesPerPixel, Math.ceil(range.to / samplesPerPixel)]
    checkRange({ first, last }, channels, options)
  }
  if (stored) {
    const range = rangeOf(stored.sampleRateHz, stored.frames)
    check(range, stored.channels)
    const data = await drawFile(deps, { path, stored }, range)
    return toPeaks({ ...stored, data }, options)
  }
  const { format, data } = await drawDecoded(deps, blob, (rate) => rangeOf(rate, Infinity))
  const pixels = data.length / format.channels / 2
  check({ from: 0, to: pixels * samplesPerPixel, samplesPerPixel }, format.channels)
  return toPeaks({ ...format, data }, options)
}

/** The file is to blame, or nobody: drawing it in another way would not help. */
const isFinal = (error: unknown): boolean =>
  isAbort(error) || (error instanceof AppError && error.code !== 'insufficient_storage')

/** Draws a blob, from its pyramid or, when there is no room for one, without. */
export const drawBlob = async (
  deps: PassDeps & { log: Log },
  what: { blob: string; pass: Pass },
  options: PeakOptions,
): Promise<Peaks> => {
  try {
    return await drawPass(deps, what, options)
  } catch (error) {
    if (isFinal(error)) throw error
    deps.log.warn('a waveform is drawn without keeping it', { error })
    return drawDirectly(deps, what.blob, options)
  }
}
