import { invalid } from '../errors.ts'
import type { Param } from '../sqlite/sqlite.ts'

/**
 * Crossbar's list filters as SQL conditions on the whole document (spec: lists, pagination, filters).
 * Pure: query parameters in, conditions and their parameters out.
 */
export type Condition = { sql: string; params: Param[] }

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

/** Keys that have a column of the same name, with an index. */
const columns: ReadonlySet<string> = new Set(['id', 'name', 'language', 'prompt_id'])

/** Compared without regard to case (seed: "The comparison is case-insensitive"). */
const caseless: ReadonlySet<string> = new Set(['language'])

/** Most conditions of one list: SQLite refuses deeper expressions long after a person would. */
const maximumConditions = 100

// SQLite reads a quoted label as a JSON string, so that any key can be named.
const jsonPath = (key: string): string =>
  `$.${key
    .split('.')
    .map((part) => JSON.stringify(part))
    .join('.')}`

const none: Condition = { sql: '0', params: [] }

// Booleans print as in JSON; everything else as SQLite prints it, which for strings is the string.
const textOf = `CASE json_type(body, ?) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(body ->> ? AS TEXT) END`

const text = (key: string): { sql: string; params: Param[] } =>
  columns.has(key)
    ? { sql: key, params: [] }
    : { sql: textOf, params: [jsonPath(key), jsonPath(key)] }

/** One value, or the members of a JSON list. */
const alternatives = (value: string): string[] => {
  if (!value.startsWith('[')) return [value]
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed)
      ? parsed.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
      : [value]
  } catch {
    return [value]
  }
}

const folded = (key: string, values: readonly string[]): string[] =>
  caseless.has(key) ? values.map((value) => value.toLowerCase()) : [...values]

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

const equals = (key: string, value: string): Condition => {
  const subject = text(key)
  const values = folded(key, alternatives(value))
  return { sql: `${subject.sql} IN (${marks(values)})`, params: [...subject.params, ...values] }
}

const negated = ({ sql, params }: Condition): Condition => ({
  sql: `NOT coalesce(${sql}, 0)`,
  params,
})

// null counts as absent, as in the datastore these filters were made for.
const hasKey = (key: string): Condition => ({
  sql: `coalesce(json_type(body, ?), 'null') <> 'null'`,
  params: [jsonPath(key)],
})

const hasValue = (key: string): Condition => ({
  sql: `coalesce(body -> ?, 'null') NOT IN ('null', '""', '[]', '{}')`,
  params: [jsonPath(key)],
})

/** Some member of an array, or the scalar itself, is one of the values. */
const holdsAny = (key: string, value: string): Condition => {
  const values = alternatives(value)
  const fold = caseless.has(key) ? 'lower(CAST(value AS TEXT))' : 'CAST(value AS TEXT)'
  return {
    sql: `EXISTS (SELECT 1 FROM json_each(body, ?) WHERE ${fold} IN (${marks(values)}))`,
    params: [jsonPath(key), ...folded(key, values)],
  }
}

const bound =
  (column: 'created' | 'modified', operator: '>=' | '<=') =>
  (value: string): Condition =>
    // A bound that is no number excludes everything rather than failing, as Crossbar does.
    /^\d+$/.test(value) ? { sql: `${column} ${operator} ?`, params: [Number(value)] } : none

const named: Readonly<Record<string, (value: string) => Condition>> = {
  has_key: hasKey,
  key_missing: (key) => negated(hasKey(key)),
  has_value: hasValue,
  value_missing: (key) => negated(hasValue(key)),
  missing_value: (key) => negated(hasValue(key)),
  created_from: bound('created', '>='),
  created_to: bound('created', '<='),
  modified_from: bound('modified', '>='),
  modified_to: bound('modified', '<='),
}

/** Longest prefix first: `filter_not_x` is not a filter on `not_x`. */
const prefixed: readonly (readonly [string, (key: string, value: string) => Condition])[] = [
  ['filter_array_intersect_', holdsAny],
  ['filter_none_', (key, value) => negated(holdsAny(key, value))],
  ['filter_any_', holdsAny],
  ['filter_not_', (key, value) => negated(equals(key, value))],
  ['filter_', equals],
]

const conditionOf = (parameter: string, value: string): Condition | undefined => {
  const byName = Object.hasOwn(named, parameter) ? named[parameter] : undefined
  if (byName) return byName(value)
  for (const [prefix, make] of prefixed) {
    if (parameter.startsWith(prefix)) return make(parameter.slice(prefix.length), value)
  }
  return undefined
}

/** Every filter of a query; all must hold. Parameters that are no filters are passed over. */
export const filtersOf = (query: Query): Condition[] => {
  const conditions = Object.entries(query).flatMap(([parameter, value]) =>
    [value ?? []]
      .flat()
      .map((each) => conditionOf(parameter, each))
      .filter((condition) => condition !== undefined),
  )
  if (conditions.length <= maximumConditions) return conditions
  const message = `A list takes at most ${maximumConditions} filters`
  throw invalid({
    filter: { maxItems: { message, target: maximumConditions, value: conditions.length } },
  })
}
