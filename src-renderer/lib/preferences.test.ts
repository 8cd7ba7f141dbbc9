import { expect, test } from 'vitest'
import { parsePreferences } from './preferences.ts'

test('starts with the theme of the system and letters as commands', () => {
  expect(parsePreferences(null)).toEqual({ theme: 'system', letterKeys: true })
})

test('takes what was stored', () => {
  const stored = { theme: 'light', letterKeys: false }

  expect(parsePreferences(JSON.stringify(stored))).toEqual(stored)
})

test.each(['not json', '[]', 'null', '{"theme":"purple"}'])('survives %s', (text) => {
  expect(parsePreferences(text)).toEqual({ theme: 'system', letterKeys: true })
})
