import type { Finding } from '#contract/conference-check'
import { isSameField, type ConferenceDraft } from './conference-change.ts'
import { groupOf, labelOf, type GroupId } from './conference-fields.ts'

/**
 * What is still true of a check: findings about a field that was changed since are about an older text. `field` of an item
 * of a list names the list already.
 */
export const stillTrue = (
  findings: readonly Finding[],
  checked: ConferenceDraft,
  draft: ConferenceDraft,
): readonly Finding[] => findings.filter(({ field }) => isSameField(checked, draft, field))

export const isProblem = ({ severity }: Finding): boolean => severity === 'problem'

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** `1 problem, 2 warnings`; empty when there is nothing to say. */
export const countText = (findings: readonly Finding[]): string => {
  const problems = findings.filter(isProblem).length
  const warnings = findings.length - problems
  return [
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ].join(', ')
}

/** What is read aloud: how many there are, and the first of them in words. */
export const spokenText = (findings: readonly Finding[]): string => {
  const [first] = findings
  return first ? `${countText(findings)}. ${labelOf(first.field)}: ${first.message}` : ''
}

/** The worst that is known of a group; undefined where nothing is. */
export const markOf = (
  findings: readonly Finding[],
  group: GroupId,
): Finding['severity'] | undefined => {
  const own = findings.filter(({ field }) => groupOf(field) === group)
  return own.some(isProblem) ? 'problem' : own[0]?.severity
}

/** The prompts a finding names; empty for others. */
export const promptsOf = ({ code, cause = '' }: Finding): readonly string[] =>
  code === 'prompts_missing' || code === 'prompts_in_other_language'
    ? cause.split(',').filter((id) => id !== '')
    : []
