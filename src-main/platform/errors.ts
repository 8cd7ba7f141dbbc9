import { refusals, type RefusalCode, type Violations } from '#contract/errors'

export type RefusalDetails = {
  /** Replaces the table's sentence. */
  message?: string
  /** The identifier or value that is wrong. */
  cause?: unknown
  /** Replaces the whole `data` of the envelope: validation errors and lists of ids. */
  data?: unknown
  /** Headers the answer must have. */
  headers?: Record<string, string>
}

/** A refusal: the caller did something that cannot be done. Thrown by faces, answered as an envelope. */
export class AppError extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(details.message ?? refusals[code].message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

/** A validation error for the given dotted paths. */
export const invalid = (violations: Violations, code: RefusalCode = 'validation'): AppError =>
  new AppError(code, { data: violations })

/** What a refusal says to people: the first rule that was broken, or its own sentence. */
export const sentenceOf = ({ code, message, details }: AppError): string => {
  if (code !== 'validation') return message
  const violations = (details.data ?? {}) as Violations
  const [first] = Object.values(violations).flatMap((rules) => Object.values(rules))
  return first?.message ?? message
}

/** A tool failed: what was run, how it ended and the last it said. */
export class ToolError extends Error {
  readonly tool: string
  readonly command: string
  readonly exitCode: number | null
  readonly stderr: string

  constructor(facts: {
    tool: string
    command: string
    exitCode: number | null
    stderr: string
    reason: string
    cause?: unknown
  }) {
    super(`${facts.tool}: ${facts.reason}`, { cause: facts.cause })
    this.name = 'ToolError'
    this.tool = facts.tool
    this.command = facts.command
    this.exitCode = facts.exitCode
    this.stderr = facts.stderr
  }
}

export const isAbort = (error: unknown): boolean =>
  error instanceof Error && error.name === 'AbortError'

/** A full disk as the refusal it is; any other error comes back as it is. */
export const refusalOfDisk = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' ? new AppError('insufficient_storage') : error
}
