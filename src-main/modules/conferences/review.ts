import type { RuleViolations, Violations } from '#contract/errors'
import type { Body } from '../../platform/documents/documents.ts'
import { AppError } from '../../platform/errors.ts'

const violationsIn = (error: unknown): Violations => {
  if (error instanceof AppError && error.code === 'validation')
    return error.details.data as Violations
  throw error
}

/** Without what is at a path; a path that leads nowhere changes nothing. */
const without = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
  if (typeof value !== 'object' || value === null || key === undefined) return value
  const kept = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    if (name !== key) return [[name, inner]]
    return rest.length === 0 ? [] : [[name, without(inner, rest)]]
  })
  return Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept)
}

/** Dotted, as violations name it. Later items of a list go first: the others keep their places. */
const byPlace = (one: string, other: string) => other.localeCompare(one, 'en', { numeric: true })

/**
 * Everything that is wrong with a body, and what `accept` makes of the rest. It throws validation errors about paths of the
 * body, until everything it names is taken out: nothing of it may be required.
 */
export const reviewOf = <T>(
  body: Body,
  accept: (body: Body) => T,
): { readonly violations: Violations; readonly accepted: T } => {
  const violations: Record<string, RuleViolations> = {}
  let left: unknown = body
  for (;;) {
    try {
      return { violations, accepted: accept(left as Body) }
    } catch (error) {
      const found = violationsIn(error)
      const paths = Object.keys(found).sort(byPlace)
      if (paths.every((path) => Object.hasOwn(violations, path))) throw error
      Object.assign(violations, found)
      for (const path of paths) left = without(left, path.split('.'))
    }
  }
}
