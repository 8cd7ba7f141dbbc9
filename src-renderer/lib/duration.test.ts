import { expect, test } from 'vitest'
import { clockText, durationText } from './duration.ts'

test.each([
  [0, '0.0 s'],
  [2690, '2.7 s'],
  [59_940, '59.9 s'],
  [59_960, '1:00'],
  [185_000, '3:05'],
  [3_729_000, '1:02:09'],
])('shows %i ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

test('a clock has two digits of seconds', () => {
  expect(clockText(7_000)).toBe('0:07')
})
