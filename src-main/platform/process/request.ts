import { ToolError } from '../errors.ts'

export type ToolInput = Buffer | { path: string }

/**
 * Blocks that are pulled as the tool takes them. When they fail the tool is stopped and fails alike. The
 * bytes of a block may be used again when the second one after it is pulled.
 */
export type StreamedInput = { blocks: AsyncIterable<Buffer> }

/** One run of a tool. The command is started as it stands: there is never a shell in between. */
export type ToolRequest = {
  /** What people call it: `sox`. */
  tool: string
  command: string
  args: readonly string[]
  /** What it reads on stdin: bytes, blocks, or a file that it gets as its stdin. Nothing without it. */
  input?: ToolInput | StreamedInput | undefined
  /** Exit codes that mean success; 0 alone by default. */
  okCodes?: readonly number[] | undefined
  /**
   * How long it may run, counted from its start and not from when it began to wait. Of blocks as input
   * every one that it takes gives it as much time again: it may work for hours, and not stand still.
   */
  deadlineMs: number
  signal?: AbortSignal | undefined
  /** Somebody waits for it before the screen: it does not wait for work that takes minutes. */
  isAwaited?: boolean | undefined
  /** It is stopped when it writes more. */
  maxStdoutBytes?: number | undefined
  /** Called with every line of stderr, and every update of a progress line. */
  onStderr?: ((line: string) => void) | undefined
}

const plainWord = /^[\w@%+=:,./\\-]+$/
const quoted = (word: string): string =>
  plainWord.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

/** The command line as a person would type it. For logs and errors; it is never parsed again. */
export const commandLine = (request: Pick<ToolRequest, 'command' | 'args'>): string =>
  [request.command, ...request.args].map(quoted).join(' ')

/** Why a tool ended other than by itself. */
export const toolError = (
  request: ToolRequest,
  facts: { reason: string; exitCode?: number | null; stderr?: string; cause?: unknown },
): ToolError =>
  new ToolError({
    tool: request.tool,
    command: commandLine(request),
    exitCode: facts.exitCode ?? null,
    stderr: facts.stderr ?? '',
    reason: facts.reason,
    cause: facts.cause,
  })

/** An AbortError that names what was cancelled, whatever the signal's own reason is. */
export const cancelled = (what: string, signal?: AbortSignal): Error =>
  Object.assign(new Error(`${what} was cancelled`, { cause: signal?.reason }), {
    name: 'AbortError',
  })

const errnoOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

/** A tool that could not be started. Its `cause` is the system's error, which tells it from one that ran. */
export const startError = (request: ToolRequest, error: unknown): ToolError => {
  const { tool, command } = request
  const errno = errnoOf(error)
  if (errno === 'ENOENT') {
    const reason = `${tool} is not installed (looked for ${command})`
    return toolError(request, { reason, cause: error })
  }
  if (errno === 'EACCES') {
    const reason = `${tool} may not be run (no permission for ${command})`
    return toolError(request, { reason, cause: error })
  }
  return toolError(request, { reason: `${tool} could not be started (${errno})`, cause: error })
}
