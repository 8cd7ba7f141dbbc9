import { expect, test } from 'vitest'
import { beginsSequence, commandForPress, type KeyContext } from './command-keys.ts'
import type { Command } from './commands.ts'

const command = (id: string, keys: string | string[], when?: boolean): Command => ({
  id,
  title: id,
  group: 'Test',
  keys,
  when,
  run: () => undefined,
})

const commands = [
  command('palette', ['mod+k', 'mod+shift+p']),
  command('play', 'space'),
  command('next', 'j'),
  command('undo', 'mod+z'),
  command('off', 'x', false),
]

const page: KeyContext = { inText: false, onControl: false, inOverlay: false, letterKeys: true }

const idFor = (key: string, context: Partial<KeyContext> = {}, ctrlKey = false) =>
  commandForPress(
    { key, code: '', ctrlKey, metaKey: false, altKey: false, shiftKey: false },
    commands,
    { ...page, ...context },
    { mac: false },
  )?.id

test('finds the command of a key', () => {
  expect(idFor('j')).toBe('next')
  expect(idFor('k', {}, true)).toBe('palette')
  expect(idFor('q')).toBeUndefined()
})

test('a disabled command gives its key free', () => {
  expect(idFor('x')).toBeUndefined()
})

test('while somebody writes, letters and editing keys are theirs and the palette still opens', () => {
  expect(idFor('j', { inText: true })).toBeUndefined()
  expect(idFor('z', { inText: true }, true)).toBeUndefined()
  expect(idFor('k', { inText: true }, true)).toBe('palette')
})

test('space presses the button that has the focus', () => {
  expect(idFor(' ', { onControl: true })).toBeUndefined()
  expect(idFor(' ')).toBe('play')
})

test('a button leaves Enter to a command that asks for it with Ctrl', () => {
  const start = { ...commands[0]!, id: 'start', keys: 'mod+enter' }
  const press = { key: 'Enter', code: '', metaKey: false, altKey: false, shiftKey: false }
  const onButton = { ...page, onControl: true }
  expect(commandForPress({ ...press, ctrlKey: true }, [start], onButton, { mac: false })?.id).toBe(
    'start',
  )
  expect(
    commandForPress({ ...press, ctrlKey: false }, [start], onButton, { mac: false }),
  ).toBeUndefined()
})

test('letters can be switched off; space and chords stay', () => {
  expect(idFor('j', { letterKeys: false })).toBeUndefined()
  expect(idFor(' ', { letterKeys: false })).toBe('play')
  expect(idFor('z', { letterKeys: false }, true)).toBe('undo')
})

test('nothing below an open dialog listens', () => {
  expect(idFor('k', { inOverlay: true }, true)).toBeUndefined()
})

test('of two commands with the same key the newer one answers', () => {
  const newer = command('newer', 'j')
  const press = {
    key: 'j',
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
  }

  expect(commandForPress(press, [...commands, newer], page, { mac: false })).toBe(newer)
})

const sequences = [command('lock', 'g l'), command('left', 'l'), command('record', ['r', 'g r'])]
const stroke = (key: string, shiftKey = false) => ({
  ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey },
})

test('of keys one after the other the second counts only after the first', () => {
  const after = (before: string | undefined, key: string) =>
    commandForPress(stroke(key), sequences, page, { mac: false, before })?.id

  expect(after('g', 'l')).toBe('lock')
  expect(after(undefined, 'l')).toBe('left')
  expect(after('x', 'l')).toBe('left')
  expect(after('g', 'r')).toBe('record')
  expect(after('g', 'q')).toBeUndefined()
})

test('a key that begins a sequence is known, where letters are commands', () => {
  expect(beginsSequence(stroke('g'), sequences, page, false)).toBe('g')
  expect(beginsSequence(stroke('l'), sequences, page, false)).toBeUndefined()
  expect(
    beginsSequence(stroke('g'), sequences, { ...page, letterKeys: false }, false),
  ).toBeUndefined()
  expect(beginsSequence(stroke('g'), sequences, { ...page, inText: true }, false)).toBeUndefined()
})
