import { expect, test } from 'vitest'
import { gregorianToDate, whenFullText, whenText } from './gregorian.ts'

const seconds = (date: Date) => date.getTime() / 1000 + 62_167_219_200
const now = new Date(2026, 10, 21, 14, 30)

test('counts from the year 0', () => {
  expect(gregorianToDate(62_167_219_200).getTime()).toBe(0)
})

test.each([
  [new Date(2026, 10, 21, 9, 5), '09:05'],
  [new Date(2026, 10, 12, 9, 5), '12 Nov'],
  [new Date(2024, 1, 3, 9, 5), '3 Feb 2024'],
])('says when no more exactly than needed', (date, text) => {
  expect(whenText(seconds(date), now)).toBe(text)
})

test('says day, year and time in full', () => {
  expect(whenFullText(seconds(new Date(2024, 1, 3, 9, 5)))).toBe('3 Feb 2024, 09:05')
})
