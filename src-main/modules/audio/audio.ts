/**
 * What files sound like. Owns recognising containers, reading and decoding audio, measuring it and
 * normalising it with sox. Content never makes a probe throw: a file that
 * cannot be played is a fact about that file. Where files are kept is the caller's business.
 */
import type { AudioFacts } from '#contract/media'
import type { Tool } from '#contract/studio'
import type { Log } from '../../platform/log.ts'
import type { Processes, ToolInput } from '../../platform/process/process.ts'
import { remember } from '../../platform/process/remember.ts'
import { withBytes } from './bytes.ts'
import { createDecode } from './decode.ts'
import { readMpegTable, type MpegTable } from './mpeg-table.ts'
import { normalise, type Normalisation } from './normalise.ts'
import { openAudio, type Opened } from './open.ts'
import { probe } from './probe.ts'
import {
  decodeWithSox,
  type DecodeFailure,
  type ListenToSox,
  type SoxSource,
} from './sox-decode.ts'
import { describeSox } from './tools.ts'

export { missing } from './decode.ts'
export type { MpegTable } from './mpeg-table.ts'
export type { Opened, PcmFormat, StoredSamples } from './open.ts'
export type { DecodeFailure, ListenToSox, SoxSource } from './sox-decode.ts'
export { withTrueSizes } from './wav-sizes.ts'

export type Audio = {
  probe: (source: ToolInput) => Promise<AudioFacts>
  /** What a file is and where its samples are; reads nothing but headers. */
  open: (path: string) => Promise<Opened>
  /** One pass of sox over a file or a piece of it. Content sox cannot decode is a value. */
  decode: (from: SoxSource, listen: ListenToSox) => Promise<DecodeFailure | undefined>
  /** Where the frames of an mp3 lie; undefined where that is not certain. Reads the whole file. */
  mpegTable: (path: string) => Promise<MpegTable | undefined>
  /** `EXECUTABLE -t FROM [source args] - [destination args] -t TO -` into a file. Rejects with a ToolError. */
  normalise: (source: ToolInput, how: Normalisation) => Promise<void>
  /** What the status page says of sox. */
  tools: () => Promise<Tool[]>
}

type AudioDeps = { processes: Processes; log: Log; soxCommand?: () => string }

const TOOLS_KEPT_MS = 60_000

export const createAudio = ({ processes, log, soxCommand = () => 'sox' }: AudioDeps): Audio => {
  const decode = createDecode({ processes, soxCommand })
  const tools = remember(TOOLS_KEPT_MS, (command) => describeSox(processes, command))

  return {
    probe: async (source) => {
      const facts = await probe(decode, source)
      log.debug('probed audio', facts)
      return facts
    },
    open: (path) => withBytes({ path }, openAudio),
    decode: (from, listen) => decodeWithSox({ processes, soxCommand }, from, listen),
    mpegTable: (path) => withBytes({ path }, readMpegTable),
    normalise: (source, how) => normalise(processes, source, how),
    tools: async () => [await tools(soxCommand())],
  }
}
