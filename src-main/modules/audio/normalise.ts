import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { AppError, refusalOfDisk, ToolError } from '../../platform/errors.ts'
import type { Processes, ToolInput } from '../../platform/process/process.ts'
import { parseArgs } from '../../platform/process/sox.ts'
import { giveTrueSizes } from './wav-sizes.ts'

export type Normalisation = {
  executable: string
  /** As the administrator typed them; quotes and backslashes work as in a shell, which is never run. */
  sourceArgs: string
  destinationArgs: string
  /** sox's names of the formats. */
  from: string
  to: string
  /** Where the file is to be written. What is there when it fails is no use to anybody. */
  path: string
  signal?: AbortSignal | undefined
}

/** The slowest encoders on a slow machine, with a file of a length that nobody knows. */
const DEADLINE_MS = 60_000
const BYTES_A_MS = 500

const argsOf = ({ from, to, sourceArgs, destinationArgs }: Normalisation): string[] => [
  ...['-t', from, ...parseArgs(sourceArgs), '-'],
  ...[...parseArgs(destinationArgs), '-t', to, '-'],
]

const readArgs = (how: Normalisation): string[] => {
  try {
    return argsOf(how)
  } catch (error) {
    const command = `${how.executable} ${how.sourceArgs} - ${how.destinationArgs} -`
    const reason = error instanceof Error ? error.message : String(error)
    throw new ToolError({ tool: 'sox', command, exitCode: null, stderr: '', reason, cause: error })
  }
}

const sizeOf = async (input: ToolInput): Promise<number> =>
  Buffer.isBuffer(input) ? input.length : (await stat(input.path)).size

/** Runs sox as its documentation has it: the file goes in on stdin and comes back on stdout. */
export const normalise = async (
  processes: Processes,
  input: ToolInput,
  how: Normalisation,
): Promise<void> => {
  const args = readArgs(how)
  const { executable: command, signal, path } = how
  const deadlineMs = DEADLINE_MS + Math.round((await sizeOf(input)) / BYTES_A_MS)
  const { stdout, ended } = processes.stream({
    tool: 'sox',
    command,
    args,
    input,
    deadlineMs,
    signal,
  })
  const written = pipeline(stdout, createWriteStream(path, { mode: 0o600 }))
  const [end, write] = await Promise.allSettled([ended, written])
  // A tool that fails breaks the pipe, and a full disk the tool: the first cause is told.
  const cause = write.status === 'rejected' ? refusalOfDisk(write.reason) : undefined
  if (cause instanceof AppError) throw cause
  if (end.status === 'rejected') throw end.reason
  if (write.status === 'rejected') throw write.reason
  if ((await stat(path)).size > 0) return giveTrueSizes(path)
  const { stderr, exitCode } = end.value
  const line = [command, ...args].join(' ')
  throw new ToolError({ tool: 'sox', command: line, exitCode, stderr, reason: 'wrote nothing' })
}
