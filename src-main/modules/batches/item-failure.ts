import { AppError, isAbort, sentenceOf, ToolError } from '../../platform/errors.ts'

/** Why one file could not be done, as a sentence for people. The batch goes on. */
export class ItemFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ItemFailure'
  }
}

/** These concern the machine, not the file: whatever comes next would fail the same way. */
const endsAll: readonly AppError['code'][] = [
  'insufficient_storage',
  'datastore_fault',
  'tool_missing',
]

const firstViolation = (data: unknown): string | undefined => {
  if (typeof data !== 'object' || data === null) return undefined
  if ('message' in data && typeof data.message === 'string') return data.message
  return Object.values(data)
    .map(firstViolation)
    .find((message) => message !== undefined)
}

/** The sentence for a failure that is the file's own; undefined for one that ends the batch. */
export const reasonOf = (error: unknown): string | undefined => {
  if (isAbort(error)) return undefined
  if (error instanceof ItemFailure) return error.message
  if (error instanceof ToolError) {
    const said = error.stderr.trim().split('\n').at(-1) ?? ''
    return `${error.message}${said === '' ? '' : ` (${said})`}.`
  }
  if (!(error instanceof AppError)) return 'Something went wrong here; the log says what.'
  if (endsAll.includes(error.code)) return undefined
  if (error.code === 'bad_identifier') return 'It was deleted meanwhile.'
  if (error.code === 'conflict') return 'It was changed meanwhile: resume the batch to do it again.'
  return firstViolation(error.details.data) ?? error.message
}

/** Why a whole batch stopped, and what to do; it can be resumed. */
export const stopReasonOf = (error: unknown): string => {
  if (isAbort(error)) return 'It was cancelled.'
  if (!(error instanceof AppError)) return 'Something went wrong here; the log says what.'
  if (error.code === 'tool_missing') return 'sox was not found: install it, then resume.'
  if (error.code === 'insufficient_storage') return 'The disk is full: make room, then resume.'
  return `${sentenceOf(error)}.`
}
