import { expect, test } from 'vitest'
import { matchScore } from './match.ts'

test('every typed word has to be there, in any order', () => {
  expect(matchScore('Go to Prompts', 'prompts go')).toBeGreaterThan(0)
  expect(matchScore('Go to Prompts', 'prompts media')).toBe(0)
})

test('the start of a word counts more than its middle', () => {
  expect(matchScore('vm-pass', 'pass')).toBeGreaterThan(matchScore('bypass', 'pass'))
})

test('of equal fits the shorter comes first', () => {
  expect(matchScore('vm-enter', 'vm')).toBeGreaterThan(matchScore('vm-enter_pass', 'vm'))
})

test('nothing typed fits everything', () => {
  expect(matchScore('anything', '  ')).toBeGreaterThan(0)
})
