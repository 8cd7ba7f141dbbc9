/**
 * What files sound like. Owns recognising containers, reading and decoding audio, measuring it,
 * drawing it as peaks and normalising it with sox. Content never makes a probe throw: a file that
 * cannot be played is a fact about that file. Where files are kept is the caller's business.
 */
import type { AudioFacts } from '#contract/media'
import type { Tool } from '#contract/studio'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Processes, ToolInput } from '../../platform/process/process.ts'
import { remember } from '../../platform/process/remember.ts'
import type { Peaks } from '../waveforms/waveforms.ts'
import { createDecode, type Decode } from './decode.ts'
import { normalise, type Normalisation } from './normalise.ts'
import { createPeakAccumulator } from './peaks.ts'
import { probe } from './probe.ts'
import { describeSox } from './tools.ts'

export { fromDat, toDat, toJson } from '../waveforms/waveforms.ts'
export { withTrueSizes } from './wav-sizes.ts'

export type Audio = {
  probe: (source: ToolInput) => Promise<AudioFacts>
  /** The waveform of a file. Refuses a file without audio, or one whose decoder is missing. */
  peaks: (path: string, options: PeakOptions) => Promise<Peaks>
  /** `EXECUTABLE -t FROM [source args] - [destination args] -t TO -` into a file. Rejects with a ToolError. */
  normalise: (source: ToolInput, how: Normalisation) => Promise<void>
  /** What the status page says of sox. */
  tools: () => Promise<Tool[]>
}

export type PeakOptions = { samplesPerPixel: number; bits: 8 | 16 }

type AudioDeps = { processes: Processes; log: Log; soxCommand?: () => string }

const TOOLS_KEPT_MS = 60_000

const drawPeaks = async (decode: Decode, path: string, options: PeakOptions): Promise<Peaks> => {
  let peaks: ReturnType<typeof createPeakAccumulator> | undefined
  const { failure, frames } = await decode({ path }, (format) => {
    peaks = createPeakAccumulator(format, options.samplesPerPixel)
    return peaks.push
  })
  if (failure?.isToolMissing) throw new AppError('tool_missing', { message: failure.reason })
  if (peaks && frames > 0) return peaks.finish(options.bits) // what is there, even if it ends early
  const message = `The file has no audio to draw: ${failure?.reason ?? 'it is empty'}`
  throw invalid({ file: { invalid: { message } } })
}

export const createAudio = ({ processes, log, soxCommand = () => 'sox' }: AudioDeps): Audio => {
  const decode = createDecode({ processes, soxCommand })
  const tools = remember(TOOLS_KEPT_MS, (command) => describeSox(processes, command))

  return {
    probe: async (source) => {
      const facts = await probe(decode, source)
      log.debug('probed audio', facts)
      return facts
    },
    peaks: (path, options) => drawPeaks(decode, path, options),
    normalise: (source, how) => normalise(processes, source, how),
    tools: async () => [await tools(soxCommand())],
  }
}
