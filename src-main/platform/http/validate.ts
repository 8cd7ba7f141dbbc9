import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { TSchema } from 'typebox'
import type { RuleViolations, Violations } from '#contract/errors'
import { invalid } from '../errors.ts'

/**
 * JSON Schema validation that fails in Crossbar's words: violations keyed by dotted path and rule, with
 * the facts and English sentences its clients show (spec: error envelope, family 2).
 */
export type Validator = {
  /** The value with defaults filled in; throws a validation error. `at` prefixes the paths. */
  body: (schema: TSchema, value: unknown, at?: string) => unknown
  /** The same for query parameters, which arrive as text. */
  query: (schema: TSchema, value: unknown) => unknown
}

type Fact = { rule: string; message: string; facts?: Record<string, unknown> }
type Describe = (error: ErrorObject) => Fact

const limit = (error: ErrorObject): unknown => (error.params as { limit?: unknown }).limit
const param = (error: ErrorObject, key: string): unknown =>
  (error.params as Record<string, unknown>)[key]

const sized =
  (rule: string, noun: string): Describe =>
  (error) => ({
    rule,
    message: `${noun} ${String(limit(error))}`,
    facts: { target: limit(error) },
  })

const descriptions: Readonly<Record<string, Describe>> = {
  required: (error) => ({
    rule: 'required',
    message: 'Field is required but missing',
    facts: { value: param(error, 'missingProperty') },
  }),
  minLength: (error) => ({
    rule: 'minLength',
    message: `String must be at least ${String(limit(error))} characters`,
    facts: { target: limit(error) },
  }),
  maxLength: (error) => ({
    rule: 'maxLength',
    message: `String must not be more than ${String(limit(error))} characters`,
    facts: { target: limit(error) },
  }),
  minimum: sized('minimum', 'Value must be at least'),
  maximum: sized('maximum', 'Value must be at most'),
  minItems: sized('minItems', 'The list is shorter than'),
  maxItems: sized('maxItems', 'The list is longer than'),
  uniqueItems: () => ({ rule: 'uniqueItems', message: 'The list contains an item twice' }),
  enum: (error) => ({
    rule: 'enum',
    message: 'Value not found in enumerated list of values',
    facts: { target: param(error, 'allowedValues') },
  }),
  const: (error) => ({
    rule: 'enum',
    message: 'Value not found in enumerated list of values',
    facts: { target: [param(error, 'allowedValue')] },
  }),
  discriminator: () => ({ rule: 'enum', message: 'Value not found in enumerated list of values' }),
  pattern: (error) => ({
    rule: 'pattern',
    message: `Failed to match pattern '${String(param(error, 'pattern'))}'`,
    facts: { target: param(error, 'pattern') },
  }),
  type: (error) => {
    const wanted = [param(error, 'type')].flat().join(', ')
    return {
      rule: 'type',
      message: `Value did not match type(s): ${wanted}`,
      facts: { target: wanted },
    }
  },
  additionalProperties: (error) => ({
    rule: 'additionalProperties',
    message: 'Field is not allowed here',
    facts: { value: param(error, 'additionalProperty') },
  }),
}

const other: Describe = (error) => ({
  rule: error.keyword,
  message: error.message ?? 'Value is invalid',
})

const segments = (error: ErrorObject): string[] => {
  const own = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const tag = error.keyword === 'discriminator' ? param(error, 'tag') : undefined
  const named = param(error, 'missingProperty') ?? param(error, 'additionalProperty') ?? tag
  return typeof named === 'string' ? [...own, named] : own
}

const dotted = (path: readonly string[]): string =>
  path.map((part) => part.replaceAll('.', '%2E')).join('.')

/** What was wrong. Of a list that is too long its length: nobody reads a hundred thousand items. */
const valueOf = (error: ErrorObject): unknown => {
  if (error.keyword === 'discriminator') return param(error, 'tagValue')
  const { data } = error as { data: unknown }
  return error.keyword === 'maxItems' && Array.isArray(data) ? data.length : data
}

const violationsOf = (errors: readonly ErrorObject[], at: readonly string[]): Violations => {
  const found: Record<string, RuleViolations> = {}
  for (const error of errors) {
    // Only says that the branch it chose is broken, whose own errors stand beside it.
    if (error.keyword === 'if') continue
    const { rule, message, facts } = (descriptions[error.keyword] ?? other)(error)
    const key = dotted([...at, ...segments(error)])
    const value = valueOf(error)
    const shown = rule === 'required' || rule === 'additionalProperties' ? {} : { value }
    found[key] = { ...found[key], [rule]: { message, ...shown, ...facts } }
  }
  return found
}

/** Text that reads as a boolean or number where one is wanted is taken for it, as Crossbar does. */
const readAs = (text: unknown, wanted: string): unknown => {
  if (typeof text !== 'string') return text
  if (wanted.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (/integer|number/.test(wanted) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  return text
}

const coerce = (value: unknown, errors: readonly ErrorObject[]): boolean => {
  let changed = false
  for (const error of errors) {
    if (error.keyword !== 'type') continue
    const path = segments(error)
    const last = path.pop()
    let holder: unknown = value
    for (const part of path) holder = (holder as Record<string, unknown>)[part]
    if (last === undefined || typeof holder !== 'object' || holder === null) continue
    const record = holder as Record<string, unknown>
    const read = readAs(record[last], String(param(error, 'type')))
    if (read === record[last]) continue
    record[last] = read
    changed = true
  }
  return changed
}

export const createValidator = (): Validator => {
  const options = {
    allErrors: true,
    useDefaults: true,
    verbose: true,
    strict: false,
    discriminator: true,
  } as const
  const forBodies = new Ajv(options)
  const forQueries = new Ajv({ ...options, coerceTypes: true })
  const compiled = new Map<TSchema, ValidateFunction>()
  const validate = (ajv: Ajv, schema: TSchema): ValidateFunction => {
    const known = compiled.get(schema)
    if (known) return known
    const made = ajv.compile(schema)
    compiled.set(schema, made)
    return made
  }
  const run = (check: ValidateFunction, value: unknown, at: readonly string[]): unknown => {
    const copy = structuredClone(value)
    if (check(copy)) return copy
    if (coerce(copy, check.errors ?? []) && check(copy)) return copy
    throw invalid(violationsOf(check.errors ?? [], at))
  }
  return {
    body: (schema, value, at) => run(validate(forBodies, schema), value, at ? [at] : []),
    query: (schema, value) => run(validate(forQueries, schema), value, []),
  }
}
