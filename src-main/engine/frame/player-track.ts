import type { Playable, Rate } from '../port.ts'
import { downsample, PAST, upsample } from './resample.ts'
import { samplesOf } from './sound.ts'
import { createToneGenerator } from './tone-generator.ts'
import { readTones } from './tones.ts'

/**
 * Samples as they come off a disk. Nobody waits for them: what is not there yet is missing for this tick. Read in
 * order, once.
 */
export type PcmSource = {
  readonly rate: Rate
  /** Copies what is there into `into` from `from` on, at most as much as fits; how many samples that were. */
  readonly read: (into: Int16Array, from: number) => number
  /** `open`: more is to come, though perhaps not now; `ended`: everything was read. */
  readonly state: () => 'open' | 'ended' | 'failed'
  /** For people, once it failed. */
  readonly problem: () => string | undefined
  /** Idempotent. */
  readonly close: () => void
}

/** Begins to read a file of raw samples at once. A file that cannot be read fails later, as a state. */
export type OpenPcm = (file: { readonly path: string; readonly rate: Rate }) => PcmSource

/** One item of a play, at whatever rate is asked for. */
export type Track = {
  /** Fills `into` from `from` on; how many samples that were. */
  readonly read: (into: Int16Array, from: number, rate: Rate) => number
  readonly isOver: () => boolean
  /** For people; nothing follows then. */
  readonly problem: () => string | undefined
  readonly close: () => void
}

const none = () => undefined

const createSilence = (ms: number): Track => {
  // In units that both rates divide.
  let left = Math.max(0, Math.round(ms * 16))
  return {
    read: (into, from, rate) => {
      const step = 16_000 / rate
      const count = Math.min(into.length - from, Math.ceil(left / step))
      into.fill(0, from, from + count)
      left -= count * step
      return count
    },
    isOver: () => left <= 0,
    problem: none,
    close: none,
  }
}

const failed = (message: string): Track => ({
  read: () => 0,
  isOver: () => true,
  problem: () => message,
  close: none,
})

const createTones = (text: string): Track => {
  const tones = readTones(text)
  if ('error' in tones) {
    return failed(`The tones cannot be read: at character ${tones.at + 1} ${tones.error}.`)
  }
  return { ...createToneGenerator(tones), problem: none, close: none }
}

/** Reads a source at its own rate and brings it to the other one. */
const createResampled = (source: PcmSource) => {
  const isUp = source.rate === 8000
  const resample = isUp ? upsample : downsample
  const line = new Int16Array(PAST + samplesOf(16_000))

  return (into: Int16Array, from: number): number => {
    const wanted = into.length - from
    // An item before ended at an odd sample of the wide rate: nobody hears 60 µs.
    const odd = isUp ? wanted % 2 : 0
    into.fill(0, from, from + odd)
    const needed = isUp ? (wanted - odd) / 2 : wanted * 2
    const there = source.read(line.subarray(0, PAST + needed), PAST)
    const count = isUp ? there : there - (there % 2)
    const first = from + odd
    const end = first + (isUp ? count * 2 : count / 2)
    if (count > 0) resample(line, into.subarray(first, end))
    line.copyWithin(0, count, PAST + count)
    return end - from
  }
}

const createFile = (source: PcmSource): Track => {
  let resampled: ReturnType<typeof createResampled> | undefined
  return {
    read: (into, from, rate) => {
      if (rate === source.rate) return source.read(into, from)
      resampled ??= createResampled(source)
      return resampled(into, from)
    },
    isOver: () => source.state() === 'ended',
    problem: source.problem,
    close: source.close,
  }
}

export const createTrack = (item: Playable, openPcm: OpenPcm): Track => {
  switch (item.kind) {
    case 'pcm':
      return createFile(openPcm(item))
    case 'tones':
      return createTones(item.text)
    case 'silence':
      return createSilence(item.ms)
  }
}
