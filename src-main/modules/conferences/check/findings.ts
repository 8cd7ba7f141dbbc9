import type { Finding } from '#contract/conference-check'
import type { RuleViolations, Violations } from '#contract/errors'
import type { TakenNumber } from '../store.ts'
import type { Facts, Rule } from './facts.ts'
import { fieldsWith, numberRules } from './numbers.ts'
import { pinRules } from './pins.ts'
import { settingRules } from './settings.ts'
import { soundRules } from './sounds.ts'

const rules: readonly Rule[] = [...numberRules, ...pinRules, ...settingRules, ...soundRules]

/** `member.pins.3` is told beside the list, with what stands there. */
const placeOf = (path: string): { field: string; isItem: boolean } => {
  const field = path.replace(/\.\d+$/, '')
  return { field, isItem: field !== path }
}

const digitsOnly = '^[0-9]+$'

const sentenceOf = (value: unknown, rule: string, facts: RuleViolations[string]): string => {
  const isDigits = rule === 'pattern' && facts.target === digitsOnly
  if (isDigits && typeof value === 'string')
    return `“${value.slice(0, 64)}” has something else than digits.`
  return /[.!?]$/.test(facts.message) ? facts.message : `${facts.message}.`
}

const problemsOf = (violations: Violations): Finding[] =>
  Object.entries(violations).flatMap(([path, broken]) => {
    const { field, isItem } = placeOf(path)
    return Object.entries(broken).map(([rule, facts]): Finding => {
      const { value } = facts
      const cause = facts.cause ?? (isItem ? value : undefined)
      return {
        ...{ field, severity: 'problem', code: 'invalid' },
        ...(typeof cause === 'string' && { cause }),
        message: sentenceOf(value, rule, facts),
      }
    })
  })

const takenProblems = (conference: Facts['conference'], taken: readonly TakenNumber[]): Finding[] =>
  taken.map(({ number, conferenceId, name }) => ({
    field: fieldsWith(conference, number)[0] ?? 'conference_numbers',
    ...{ severity: 'problem', code: 'number_taken', cause: number, conference_id: conferenceId },
    message: `${number} is already a number of ${name === undefined ? `the conference ${conferenceId}` : `“${name}”`}.`,
  }))

const touches = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`)

/** Nobody reads more of one kind beside one field. */
const MOST_ALIKE = 20
/** Of a message, and of what it is about: names and references may be as long as a body. */
const LONGEST_TEXT = 1000

const shortened = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text

/** The first of those that say the same of the same field, each at a length people read. */
const readable = (findings: readonly Finding[]): Finding[] => {
  const counts = new Map<string, number>()
  const kept = findings.filter(({ field, code }) => {
    const kind = `${code} ${field}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return count <= MOST_ALIKE
  })
  return kept.map(({ cause, message, ...finding }) => ({
    ...finding,
    ...(cause !== undefined && { cause: shortened(cause) }),
    message: shortened(message),
  }))
}

/**
 * What to know before a conference is saved: problems first. A warning that reads a field with a problem is not
 * given: it would come and go with every key that is pressed.
 */
export const findingsOf = (
  facts: Facts,
  refused: { readonly violations: Violations; readonly taken: readonly TakenNumber[] },
): Finding[] => {
  const invalid = problemsOf(refused.violations)
  const broken = [...new Set(invalid.map(({ field }) => field))]
  const isSure = ({ reads }: Rule) =>
    !reads.some((field) => broken.some((other) => touches(field, other)))
  const warnings = rules
    .filter(isSure)
    .flatMap((rule) => rule.find(facts))
    .map((each): Finding => ({ ...each, severity: 'warning' }))
  return readable([...invalid, ...takenProblems(facts.conference, refused.taken), ...warnings])
}
