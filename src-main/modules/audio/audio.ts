/**
 * What files sound like. Owns recognising containers, reading and decoding audio, measuring it,
 * drawing it as peaks and normalising it with sox. Content never makes it throw: a file that cannot
 * be played is a fact about that file. Where files are kept is the caller's business.
 */
import type { AudioFacts } from '#contract/media'
import type { Tool } from '#contract/studio'
import type { Log } from '../../platform/log.ts'
import type { Processes } from '../../platform/process/process.ts'
import type { Peaks } from './audiowaveform.ts'

export { fromDat, toDat, toJson, type Peaks } from './audiowaveform.ts'

export type AudioSource = Buffer | { path: string }

export type Normalisation = {
  executable: string
  /** As the administrator typed them; quotes and backslashes work as in a shell, which is never run. */
  sourceArgs: string
  destinationArgs: string
  /** sox's names of the formats. */
  from: string
  to: string
  signal?: AbortSignal
}

export type PeakOptions = { samplesPerPixel: number; bits: 8 | 16 }

export type Audio = {
  probe: (source: AudioSource) => Promise<AudioFacts>
  /** The waveform of a file. Refuses a file without audio, or one whose decoder is missing. */
  peaks: (path: string, options: PeakOptions) => Promise<Peaks>
  /** `EXECUTABLE -t FROM [source args] - [destination args] -t TO -`. Rejects with a ToolError. */
  normalise: (source: AudioSource, how: Normalisation) => Promise<Buffer>
  /** What the status page says of sox. */
  tools: () => Promise<Tool[]>
}

type AudioDeps = { processes: Processes; log: Log; soxCommand?: () => string }

export const createAudio = ({ log }: AudioDeps): Audio => {
  const unfinished = () => {
    log.error('audio is not finished')
    return Promise.reject(new Error('audio is not finished'))
  }
  return { probe: unfinished, peaks: unfinished, normalise: unfinished, tools: unfinished }
}
