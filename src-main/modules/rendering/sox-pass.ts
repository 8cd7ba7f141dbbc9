import { commandLine } from '../../platform/process/request.ts'
import type { Processes, ToolRequest, ToolStream } from '../../platform/process/process.ts'
import type { Mixed } from '../mixing/mixing.ts'
import { explain, requireSuccess } from './sox-run.ts'

/** How long sox may stand still: also the time it has to finish a file. */
const STANDSTILL_MS = 120_000

export type SoxInput = Pick<Mixed, 'bits' | 'sampleRateHz' | 'channels'>

/**
 * sox reading mixed frames: what it is told, without its name. No dither: every sample is to be exact.
 * With its own 8 KB at a time it would read a pipe in twice the time.
 */
export const soxArgs = (
  { bits, sampleRateHz, channels }: SoxInput,
  output: readonly string[],
  effects: readonly string[],
): string[] => [
  ...['-D', '--buffer', '65536', '-t', 'raw', '-e', 'signed-integer', '-b', String(bits)],
  ...['-r', String(sampleRateHz), '-c', String(channels), '-'],
  ...output,
  ...effects,
]

/** One run of sox over mixed frames. */
export type Pass = {
  mixed: Mixed
  output: readonly string[]
  effects: readonly string[]
  onFrames?: (frames: number) => void
  signal?: AbortSignal | undefined
  isAwaited?: boolean | undefined
}

export type RunPass = {
  /** Runs it to its end and tells what sox said. Rejects with what people are told. */
  toEnd: (pass: Pass) => Promise<{ stderr: string; stdout: Buffer }>
  /** Hands what it writes to its stdout to `take`, as it comes. */
  toStdout: (pass: Pass, take: (chunk: Buffer) => void) => Promise<void>
}

export const createPasses = ({
  processes,
  soxCommand,
}: {
  processes: Processes
  soxCommand: () => string
}): RunPass => {
  const requestOf = (pass: Pass): ToolRequest => ({
    tool: 'sox',
    command: soxCommand(),
    args: soxArgs(pass.mixed, pass.output, pass.effects),
    input: { blocks: pass.mixed.blocks(pass.onFrames) },
    deadlineMs: STANDSTILL_MS,
    signal: pass.signal,
    isAwaited: pass.isAwaited,
  })

  const readAll = async ({ stdout, ended }: ToolStream, take: (chunk: Buffer) => void) => {
    for await (const chunk of stdout as AsyncIterable<Buffer>) take(chunk)
    return ended
  }

  return {
    toEnd: async (pass) => {
      const request = requestOf(pass)
      try {
        const end = await processes.run(request)
        requireSuccess(end, commandLine(request))
        return end
      } catch (error) {
        throw explain(error)
      }
    },
    toStdout: async (pass, take) => {
      const request = requestOf(pass)
      try {
        requireSuccess(await readAll(processes.stream(request), take), commandLine(request))
      } catch (error) {
        throw explain(error)
      }
    },
  }
}
