import type { Param } from '../sqlite/sqlite.ts'

/**
 * Crossbar's list filters as SQL conditions on the whole document (spec: lists, pagination, filters).
 * Pure: query parameters in, conditions and their parameters out.
 */
export type Condition = { sql: string; params: Param[] }

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

/** Keys that have a column of their own, with an index. */
const columns: Readonly<Record<string, string>> = {
  name: 'name',
  language: 'language',
  prompt_id: 'prompt_id',
}

/** Compared without regard to case (seed: "The comparison is case-insensitive"). */
const caseless: ReadonlySet<string> = new Set(['language'])

const jsonPath = (key: string): string | undefined =>
  key.includes('"')
    ? undefined
    : `$.${key
        .split('.')
        .map((part) => `"${part}"`)
        .join('.')}`

const none: Condition = { sql: '0', params: [] }

// Booleans print as in JSON; everything else as SQLite prints it, which for strings is the string.
const textOf = `CASE json_type(body, ?) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(body ->> ? AS TEXT) END`

const text = (key: string): { sql: string; params: Param[] } | undefined => {
  const column = columns[key]
  if (column !== undefined) return { sql: column, params: [] }
  const path = jsonPath(key)
  return path === undefined ? undefined : { sql: textOf, params: [path, path] }
}

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
  if (!subject) return none
  const values = folded(key, alternatives(value))
  return { sql: `${subject.sql} IN (${marks(values)})`, params: [...subject.params, ...values] }
}

const negated = ({ sql, params }: Condition): Condition => ({
  sql: `NOT coalesce(${sql}, 0)`,
  params,
})

// null counts as absent, as in the datastore these filters were made for.
const hasKey = (key: string): Condition => {
  const path = jsonPath(key)
  return path === undefined
    ? none
    : { sql: `coalesce(json_type(body, ?), 'null') <> 'null'`, params: [path] }
}

const hasValue = (key: string): Condition => {
  const path = jsonPath(key)
  return path === undefined
    ? none
    : { sql: `coalesce(body -> ?, 'null') NOT IN ('null', '""', '[]', '{}')`, params: [path] }
}

/** Some member of an array, or the scalar itself, is one of the values. */
const holdsAny = (key: string, value: string): Condition => {
  const path = jsonPath(key)
  if (path === undefined) return none
  const values = alternatives(value)
  const fold = caseless.has(key) ? 'lower(CAST(value AS TEXT))' : 'CAST(value AS TEXT)'
  return {
    sql: `EXISTS (SELECT 1 FROM json_each(body, ?) WHERE ${fold} IN (${marks(values)}))`,
    params: [path, ...folded(key, values)],
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
export const filtersOf = (query: Query): Condition[] =>
  Object.entries(query).flatMap(([parameter, value]) =>
    [value ?? []]
      .flat()
      .map((each) => conditionOf(parameter, each))
      .filter((condition) => condition !== undefined),
  )
