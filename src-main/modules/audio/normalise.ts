import { ToolError } from '../../platform/errors.ts'
import type { Processes, ToolInput } from '../../platform/process/process.ts'
import { parseArgs } from '../../platform/process/sox.ts'
import { withTrueSizes } from './wav-sizes.ts'

export type Normalisation = {
  executable: string
  /** As the administrator typed them; quotes and backslashes work as in a shell, which is never run. */
  sourceArgs: string
  destinationArgs: string
  /** sox's names of the formats. */
  from: string
  to: string
  signal?: AbortSignal | undefined
}

const DEADLINE_MS = 60_000

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

/** Runs sox as its documentation has it: the file goes in on stdin and comes back on stdout. */
export const normalise = async (
  processes: Processes,
  input: ToolInput,
  how: Normalisation,
): Promise<Buffer> => {
  const args = readArgs(how)
  const { executable: command, signal } = how
  const run = { tool: 'sox', command, args, input, deadlineMs: DEADLINE_MS, signal }
  const { stdout, stderr, exitCode } = await processes.run(run)
  if (stdout.length > 0) return withTrueSizes(stdout)
  const line = [command, ...args].join(' ')
  throw new ToolError({ tool: 'sox', command: line, exitCode, stderr, reason: 'wrote nothing' })
}
