import { ApiError, violationText } from './api-error.ts'

/** What a field shows beside itself, and what belongs to none of `fields`. */
export const problemsOf = (error: Error | null, fields: readonly string[]) => {
  const violations = error instanceof ApiError ? error.violations : {}
  const isShown = Object.keys(violations).some((field) => fields.includes(field))
  return {
    errorOf: (field: string) => violationText(violations, field),
    failure: error !== null && !isShown ? error.message : undefined,
  }
}
