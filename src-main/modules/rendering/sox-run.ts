import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, ToolError } from '../../platform/errors.ts'
import type { ToolEnd } from '../../platform/process/process.ts'

const failures = /^.*\bFAIL\b\s*(.*)$/gm
const diskIsFull = /No space left on device|quota exceeded/i

/** The last thing sox called a failure. It ends with 0 after some of them: a full disk is one. */
const complaint = (stderr: string): string | undefined =>
  [...stderr.matchAll(failures)].at(-1)?.[1]?.trim()

/** Samples that sox had to cut off at full scale, in its effects and in its output. */
export const clippedIn = (stderr: string): number =>
  [...stderr.matchAll(/clipped (\d+) samples/g)].reduce((sum, [, count]) => sum + Number(count), 0)

export const freeBytes = async (path: string): Promise<number> => {
  const { bavail, bsize } = await statfs(dirname(path))
  return bavail * bsize
}

const codeOf = ({ cause }: ToolError): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined

/** What people are told when sox did not do it: a refusal, or a ToolError with what sox said. */
export const explain = (error: unknown): unknown => {
  if (!(error instanceof ToolError)) return error
  if (codeOf(error) === 'ENOENT') return new AppError('tool_missing', { message: error.message })
  if (diskIsFull.test(error.stderr)) return new AppError('insufficient_storage')
  const said = complaint(error.stderr)
  if (said === undefined) return error
  const { tool, command, exitCode, stderr, cause } = error
  return new ToolError({ tool, command, exitCode, stderr, reason: said, cause })
}

/** Throws what `explain` gives when sox failed and ended as if it had not. */
export const requireSuccess = ({ stderr, exitCode }: ToolEnd, command: string) => {
  const said = complaint(stderr)
  if (said === undefined) return
  throw explain(new ToolError({ tool: 'sox', command, exitCode, stderr, reason: said }))
}
