import { expect, test } from 'vitest'
import { parsePreferences } from './preferences.ts'

test('starts with the theme of the system and letters as commands', () => {
  expect(parsePreferences(null)).toEqual({ theme: 'system', letterKeys: true, keys: {} })
})

test('takes what was stored', () => {
  const stored = {
    theme: 'light',
    letterKeys: false,
    keys: { 'editor.trim': ['alt+t'], 'editor.cut': [] },
  }

  expect(parsePreferences(JSON.stringify(stored))).toEqual(stored)
})

test.each(['not json', '[]', 'null', '{"theme":"purple"}'])('survives %s', (text) => {
  expect(parsePreferences(text)).toEqual({ theme: 'system', letterKeys: true, keys: {} })
})

test('leaves out keys that are none', () => {
  const stored = { keys: { 'editor.trim': 'alt+t', 'editor.cut': ['mod+x'] } }

  expect(parsePreferences(JSON.stringify(stored)).keys).toEqual({ 'editor.cut': ['mod+x'] })
})
