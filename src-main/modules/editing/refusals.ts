import { AppError, invalid } from '../../platform/errors.ts'
import { EditError } from '#sound/edit-list/edit-error'

/** What stands against a change of a draft; clients tell them apart by it. */
type Obstacle = 'revision' | 'editor' | 'media_revision'

export const conflict = (cause: Obstacle, message: string): AppError =>
  new AppError('conflict', { message, cause })

/** What an edit list cannot be, as a violation of the property `prefix` of the request. */
export const refusalOf = (error: unknown, prefix?: string): unknown => {
  if (!(error instanceof EditError)) return error
  const { path, rule, message, facts } = error
  const at = prefix === undefined ? path : `${prefix}.${path}`
  return invalid({ [at]: { [rule]: { message, ...facts } } })
}

/** Runs arithmetic of edit lists; what it refuses is a violation of `prefix`. */
export const checked = <T>(prefix: string | undefined, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw refusalOf(error, prefix)
  }
}
