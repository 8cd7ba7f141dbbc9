import { expect, test } from 'vitest'
import { decibelText } from './decibel.ts'

test.each([
  [-17.66, '−17.7 dBFS'],
  [0, '0.0 dBFS'],
  [-0.04, '0.0 dBFS'],
  [1.5, '1.5 dBFS'],
])('shows a level of %d as %s', (level, text) => {
  expect(decibelText(level)).toBe(text)
})

test('silence is minus infinity', () => {
  expect(decibelText(undefined)).toBe('−∞')
  expect(decibelText(-Infinity)).toBe('−∞')
})
