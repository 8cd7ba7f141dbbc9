import { expect, it } from 'vitest'
import { bindingsOf, freeName, renamed } from './key-actions.ts'

it('edits groups of actions and keys, and lets anything else stand', () => {
  const group = [{ action: 'mute', digits: '0', note: 'kept' }]
  expect(bindingsOf(group)).toEqual(group)
  for (const other of [undefined, {}, 'default', [{ action: 'mute' }], [null]])
    expect(bindingsOf(other)).toBeUndefined()
})

it('renames a group in its place, but never onto another', () => {
  const groups = { one: [], two: [] }
  expect(Object.keys(renamed(groups, 'one', 'first'))).toEqual(['first', 'two'])
  expect(renamed(groups, 'one', 'two')).toBe(groups)
  expect(renamed(groups, 'one', '')).toBe(groups)
})

it('finds a name no group has', () => {
  expect(freeName({})).toBe('keys-1')
  expect(freeName({ 'keys-1': [] })).toBe('keys-2')
})
