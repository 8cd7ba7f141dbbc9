import { expect, it } from 'vitest'
import type { Finding } from '#contract/conference-check'
import { newConference, withValue } from './conference-change.ts'
import { countText, markOf, promptsOf, spokenText, stillTrue } from './findings.ts'

const taken: Finding = {
  ...{ field: 'conference_numbers', severity: 'problem', code: 'number_taken', cause: '4000' },
  message: '4000 is already a number of “Weekly”.',
}
const overlap: Finding = {
  ...{ field: 'moderator.pins', severity: 'warning', code: 'pin_in_both_roles', cause: '12' },
  message: '12 is a PIN of members as well.',
}
const missing: Finding = {
  ...{ field: 'language', severity: 'warning', code: 'prompts_missing' },
  ...{ cause: 'conf-alone,conf-muted', message: 'Callers hear a low tone.' },
}

it('does not say of a text what was found in an older one', () => {
  const checked = withValue(newConference, 'conference_numbers', ['4000'])
  const typedOn = withValue(checked, 'conference_numbers', ['40001'])
  expect(stillTrue([taken, overlap], checked, checked)).toEqual([taken, overlap])
  expect(stillTrue([taken, overlap], checked, typedOn)).toEqual([overlap])
})

it('counts problems and warnings, and reads the first aloud with the name of its field', () => {
  expect(countText([])).toBe('')
  expect(countText([taken, overlap, missing])).toBe('1 problem, 2 warnings')
  expect(spokenText([taken, overlap])).toBe(
    '1 problem, 1 warning. Numbers to dial: 4000 is already a number of “Weekly”.',
  )
  expect(spokenText([])).toBe('')
})

it('marks a group by the worst in it', () => {
  const both = [{ ...overlap, field: 'conference_numbers' }, taken]
  expect(markOf(both, 'name')).toBe('problem')
  expect(markOf([overlap], 'enter')).toBe('warning')
  expect(markOf([overlap], 'name')).toBeUndefined()
})

it('leads to the prompts that are missing', () => {
  expect(promptsOf(missing)).toEqual(['conf-alone', 'conf-muted'])
  expect(promptsOf(taken)).toEqual([])
})
