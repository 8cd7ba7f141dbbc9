/**
 * Audio files made of edit lists. Frames are mixed here and go through one sox process that applies
 * effects and writes the format. A file is complete before its name exists; whatever goes wrong
 * leaves nothing behind. Whose list it is and what becomes of the file is the caller's business.
 */
import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import type { Effect, OutputFormat } from '#contract/effects'
import { wavHeader } from '#sound/samples/wav-header'
import { AppError, ToolError } from '../../platform/errors.ts'
import type { Processes } from '../../platform/process/process.ts'
import type { WritableFormat } from './formats.ts'
import type { FindPcm } from '../mixing/mixing.ts'
import { createPrepare, type Prepared, type Stretch } from './prepare.ts'
import { createPasses } from './sox-pass.ts'
import { clippedIn, freeBytes } from './sox-run.ts'
import { commandOf, wholeChain } from './whole-chain.ts'

export type { WritableFormat } from './formats.ts'
export type { Stretch } from './prepare.ts'

export type RenderRequest = Stretch & {
  /** Without a format: the working format, a wav of 32-bit samples that loses nothing. */
  format?: OutputFormat | undefined
  /** Where the file is to be. What is there is replaced, once the new file is complete. */
  path: string
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
  /** Frames that went into the format; mp3, ogg and gsm add some of their own. */
  frames: number
  /** Samples that had to be cut off at full scale, as sox counts them. */
  clippedSamples: number
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
  preview: (request: Stretch) => Promise<Buffer>
  /**
   * The command line of effects and a format. What only the audio tells stands in it as words: FROM, TO,
   * HEAD and TAIL of a trimming of silence, FRAMES of noise reduction.
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

type RenderingDeps = {
  processes: Processes
  pcm: FindPcm
  soxCommand?: () => string
  /** Bytes that can be written yet where a file is. */
  free?: (path: string) => Promise<number>
}

const LEAST_FREE_BYTES = 64 * 1024
const raw = ['-t', 'raw', '-e', 'signed-integer', '-b', '32', '-']

export const createRendering = (deps: RenderingDeps): Rendering => {
  const { processes, pcm, soxCommand = () => 'sox', free = freeBytes } = deps
  const passes = createPasses({ processes, soxCommand })
  const { prepare, formats } = createPrepare({ processes, passes, pcm, soxCommand })

  /** Some of sox's writers say nothing when the disk is full, others nothing that tells it. */
  const requireRoom = async (path: string) => {
    if ((await free(path)) < LEAST_FREE_BYTES) throw new AppError('insufficient_storage')
  }

  const write = async (
    { path, signal }: RenderRequest,
    { mixed, whole, onFrames }: Prepared,
  ): Promise<Rendered> => {
    const { target, args, after } = whole
    const temporary = `${path}.${randomUUID()}.part`
    try {
      const output = [...target.args, temporary]
      const { stderr } = await passes.toEnd({ mixed, output, effects: args, onFrames, signal })
      await requireRoom(temporary)
      const { size } = await stat(temporary)
      await rename(temporary, path)
      const { contentType, extension, sampleRateHz, channels } = target
      return {
        command: commandOf(soxCommand(), mixed, whole, `output.${target.extension}`),
        ...{ contentType, extension, sampleRateHz, channels },
        bytes: size,
        frames: after.frames ?? 0,
        clippedSamples: clippedIn(stderr),
      }
    } catch (error) {
      if (error instanceof ToolError) await requireRoom(temporary)
      throw error
    } finally {
      await rm(temporary, { force: true })
    }
  }

  return {
    render: async (request) => {
      const { onProgress } = request
      const rendered = await prepare(request, { onProgress }, (ready) => write(request, ready))
      onProgress?.(1)
      return rendered
    },
    preview: (request) =>
      prepare(request, { isPreview: true }, async ({ mixed, whole: { args, target } }) => {
        const pass = { mixed, output: raw, effects: args, signal: request.signal, isAwaited: true }
        const { stdout } = await passes.toEnd(pass)
        const { sampleRateHz, channels } = target
        const header = wavHeader({ sampleRateHz, channels, bits: 32 }, stdout.length)
        return Buffer.concat([header, stdout])
      }),
    command: ({ sampleRateHz, channels, effects, format }) => {
      const before = { sampleRateHz, channels, frames: undefined }
      const whole = wholeChain({ effects, format, bits: 16 }, before)
      const input = { bits: 32 as const, sampleRateHz, channels }
      return commandOf(soxCommand(), input, whole, `output.${whole.target.extension}`)
    },
    formats,
  }
}
