import { expect, test } from 'vitest'
import {
  isCharacterKey,
  isEditingKey,
  isSameKeys,
  keyLabels,
  keysOfPress,
  matchesKeys,
} from './keys.ts'

const press = (key: string, more: Partial<Parameters<typeof matchesKeys>[1]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

test('mod is Ctrl, and Command on a Mac', () => {
  expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), false)).toBe(true)
  expect(matchesKeys('mod+k', press('k', { metaKey: true }), true)).toBe(true)
  expect(matchesKeys('mod+k', press('k', { ctrlKey: true }), true)).toBe(false)
})

test('a key with other modifiers is another key', () => {
  expect(matchesKeys('k', press('k', { ctrlKey: true }), false)).toBe(false)
  expect(matchesKeys('k', press('K', { shiftKey: true }), false)).toBe(false)
  expect(matchesKeys('mod+k', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
  expect(matchesKeys('mod+shift+k', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(
    true,
  )
})

test('a symbol is itself however a layout types it', () => {
  expect(matchesKeys('?', press('?', { shiftKey: true }), false)).toBe(true)
  expect(matchesKeys('/', press('/', { shiftKey: true }), false)).toBe(true)
})

test('letters keep their place on layouts without Latin letters', () => {
  expect(matchesKeys('mod+k', press('л', { code: 'KeyK', ctrlKey: true }), false)).toBe(true)
})

test('named keys go by short names', () => {
  expect(matchesKeys('shift+space', press(' ', { shiftKey: true }), false)).toBe(true)
  expect(matchesKeys('up', press('ArrowUp'), false)).toBe(true)
})

test('letters, symbols and space count as characters, chords and named keys do not', () => {
  expect(['j', '?', 'space', 'shift+r'].every(isCharacterKey)).toBe(true)
  expect(['mod+k', 'escape', 'enter', 'f2', 'alt+j'].some(isCharacterKey)).toBe(false)
})

test('a text field keeps the keys it edits with', () => {
  expect(['j', 'enter', 'up', 'delete', 'mod+z', 'mod+a'].every(isEditingKey)).toBe(true)
  expect(['mod+k', 'escape', 'f2', 'mod+enter'].some(isEditingKey)).toBe(false)
})

test('names the keys as they are printed', () => {
  expect(keyLabels('mod+shift+p', false)).toEqual(['Ctrl', 'Shift', 'P'])
  expect(keyLabels('mod+k', true)).toEqual(['⌘', 'K'])
  expect(keyLabels('f2', false)).toEqual(['F2'])
  expect(keyLabels('pageup', false)).toEqual(['PgUp'])
})

test('writes a key press as commands name it', () => {
  expect(keysOfPress(press('K', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+shift+k')
  expect(keysOfPress(press(' '), false)).toBe('space')
  expect(keysOfPress(press('?', { shiftKey: true }), false)).toBe('?')
  expect(keysOfPress(press('+', { ctrlKey: true }), false)).toBe('mod++')
  expect(keysOfPress(press('Shift', { shiftKey: true }), false)).toBeUndefined()
  expect(keysOfPress(press('k', { metaKey: true }), false)).toBeUndefined()
})

test('what a press is written as is what it matches', () => {
  for (const made of [press('+', { ctrlKey: true }), press('ArrowUp', { altKey: true })]) {
    expect(matchesKeys(keysOfPress(made, false)!, made, false)).toBe(true)
  }
})

test('the same keys are the same in any order of writing', () => {
  expect(isSameKeys('shift+mod+k', 'mod+shift+K')).toBe(true)
  expect(isSameKeys('del', 'delete')).toBe(true)
  expect(isSameKeys('mod+k', 'k')).toBe(false)
})
