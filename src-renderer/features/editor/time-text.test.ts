import { expect, test } from 'vitest'
import { framesText, parseFrames, spokenFrames } from './time-text.ts'
import type { Units } from '../../audio/edit-view/types.ts'

const typed = (text: string, unit: Units, current = 0) =>
  parseFrames(text, { sampleRateHz: 8000, unit, current })

test('a position is written in the chosen unit', () => {
  expect(framesText(9920, 8000, 'seconds')).toBe('1.240')
  expect(framesText(9920, 8000, 'samples')).toBe('9920')
  expect(framesText(9920, 8000, 'clock')).toBe('0:01.240')
  expect(framesText(8000 * 3723.0625, 8000, 'clock')).toBe('1:02:03.063')
})

test('rounding never shows a full minute as 60 seconds', () => {
  expect(framesText(8000 * 59.9999, 8000, 'clock')).toBe('1:00.000')
})

test('what is read out names its unit', () => {
  expect(spokenFrames(9920, 8000, 'seconds')).toBe('1.240 s')
  expect(spokenFrames(9920, 8000, 'samples')).toBe('9920 samples')
})

test('a bare number is meant in the chosen unit', () => {
  expect(typed('1.24', 'seconds')).toBe(9920)
  expect(typed('1,24', 'clock')).toBe(9920)
  expect(typed('9 920', 'samples')).toBe(9920)
})

test('a number may name its own unit', () => {
  expect(typed('250 ms', 'samples')).toBe(2000)
  expect(typed('1.5s', 'samples')).toBe(12_000)
  expect(typed('441 samples', 'seconds')).toBe(441)
  expect(typed('1:02.5', 'seconds')).toBe(62.5 * 8000)
  expect(typed('1:00:00', 'samples')).toBe(3600 * 8000)
})

test('a sign counts from where one is', () => {
  expect(typed('+10 ms', 'seconds', 8000)).toBe(8080)
  expect(typed('-0.5', 'seconds', 8000)).toBe(4000)
  expect(typed('-2', 'seconds', 8000)).toBeUndefined()
})

test('anything else is refused, not guessed', () => {
  for (const text of ['', 'one', '1.2.3', '1:2:3:4', '5 kg', '1e3'])
    expect(typed(text, 'seconds')).toBeUndefined()
})
