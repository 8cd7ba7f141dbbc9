import type { RuleViolations, Violations } from '#contract/errors'
import type { Body } from '../../platform/documents/documents.ts'
import { AppError } from '../../platform/errors.ts'

const violationsIn = (error: unknown): Violations => {
  if (error instanceof AppError && error.code === 'validation')
    return error.details.data as Violations
  throw error
}

/** What is taken out of a body; all of it where nothing is said of its parts. */
type Cut = Map<string, Cut>

/** Of dotted paths, as violations name them. */
const cutOf = (paths: readonly string[]): Cut => {
  const cut: Cut = new Map()
  // A whole list comes after its items, and takes them with it.
  for (const path of [...paths].sort((one, other) => other.length - one.length)) {
    const keys = path.split('.')
    let at = cut
    for (const [index, key] of keys.entries()) {
      const isWhole = index === keys.length - 1
      const next: Cut = (isWhole ? undefined : at.get(key)) ?? new Map<string, Cut>()
      at.set(key, next)
      at = next
    }
  }
  return cut
}

/** One pass, however much is taken out: this is the thread that answers. A path that leads nowhere changes nothing. */
const without = (value: unknown, cut: Cut): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const below = cut.get(key)
    if (!below) return [[key, inner]]
    return below.size === 0 ? [] : [[key, without(inner, below)]]
  })
  return Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept)
}

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
      const paths = Object.keys(found)
      if (paths.every((path) => Object.hasOwn(violations, path))) throw error
      Object.assign(violations, found)
      left = without(left, cutOf(paths))
    }
  }
}
