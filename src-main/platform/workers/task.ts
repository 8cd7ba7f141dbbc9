import type { RefusalCode } from '#contract/errors'
import { AppError, type RefusalDetails } from '../errors.ts'

export type RunOptions = {
  signal?: AbortSignal | undefined
  /** Is told what the task posts, in order, before the task ends. */
  onMessage?: ((message: unknown) => void) | undefined
}

/** What a task is given besides its input. */
export type TaskContext = {
  /** Tells whoever runs the task something before it ends. */
  post: (message: unknown) => void
}

/** A function that runs in a worker thread. Its input and output have to be clonable. */
export type Task = (input: never, context: TaskContext) => unknown

export type TaskCall = { task: string; input: unknown }

export type TaskReply =
  { kind: 'message'; message: unknown } | { kind: 'done'; output: unknown } | Failure

/** An error between threads: cloning one loses its class and everything but its text. */
type Failure = {
  kind: 'failed'
  name: string
  message: string
  stack?: string | undefined
  code?: string | undefined
  refusal?: { code: RefusalCode; details: RefusalDetails } | undefined
}

export const packError = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { kind: 'failed', name: 'Error', message: String(error) }
  const { name, message, stack } = error
  const failure: Failure = { kind: 'failed', name, message, stack }
  if (error instanceof AppError) failure.refusal = { code: error.code, details: error.details }
  else if ('code' in error) failure.code = String(error.code)
  return failure
}

export const unpackError = ({ name, message, stack, code, refusal }: Failure): Error => {
  if (refusal) return new AppError(refusal.code, refusal.details)
  const error = Object.assign(new Error(message), { name }, code === undefined ? {} : { code })
  if (stack !== undefined) error.stack = stack
  return error
}
