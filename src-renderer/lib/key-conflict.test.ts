import { afterEach, expect, test } from 'vitest'
import type { Command } from './commands.ts'
import { conflictOf } from './key-conflict.ts'
import { usePreferences } from './preferences.ts'

const command = (id: string, keys?: string): Command => ({
  id,
  title: id,
  group: 'Any',
  keys,
  run: () => undefined,
})
const trim = command('editor.trim', 'mod+t')
const known = [
  trim,
  command('editor.marker', 'm'),
  command('media.more', 'x'),
  command('app.palette', 'mod+k'),
]

afterEach(() => usePreferences.setState({ keys: {} }))

test('keys conflict with those of the same page and of every page', () => {
  expect(conflictOf(trim, 'm', known)?.id).toBe('editor.marker')
  expect(conflictOf(trim, 'mod+k', known)?.id).toBe('app.palette')
})

test('keys of a page that is never open at the same time are free, and so are its own', () => {
  expect(conflictOf(trim, 'x', known)).toBeUndefined()
  expect(conflictOf(trim, 'mod+t', known)).toBeUndefined()
})

test('keys that a person gave a command count, and those it lost do not', () => {
  usePreferences.setState({ keys: { 'editor.marker': ['alt+m'] } })

  expect(conflictOf(trim, 'alt+m', known)?.id).toBe('editor.marker')
  expect(conflictOf(trim, 'm', known)).toBeUndefined()
})
