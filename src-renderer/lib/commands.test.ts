import { expect, test, vi } from 'vitest'
import { commandRegistry, hintOf, keysOf, registerCommand, runCommand } from './commands.ts'
import { usePreferences } from './preferences.ts'

const command = (id: string, more = {}) => ({ id, title: id, group: 'Test', run: vi.fn(), ...more })

test('runs a registered command and says so', () => {
  const play = command('play')
  registerCommand(play)

  expect(runCommand('play')).toBe(true)
  expect(play.run).toHaveBeenCalledOnce()
})

test('does not run a command that is disabled or gone', () => {
  const off = command('off', { when: false })
  registerCommand(off)
  registerCommand(command('gone'))()

  expect(runCommand('off')).toBe(false)
  expect(runCommand('gone')).toBe(false)
  expect(off.run).not.toHaveBeenCalled()
})

test('an earlier owner leaving does not take away its successor', () => {
  const leave = registerCommand(command('shared'))
  const second = command('shared')
  registerCommand(second)

  leave()

  expect(commandRegistry.getState().commands.get('shared')).toBe(second)
})

test('keys come as a list', () => {
  expect(keysOf({ id: 'a.b' })).toEqual([])
  expect(keysOf({ id: 'a.b', keys: 'j' })).toEqual(['j'])
  expect(keysOf({ id: 'a.b', keys: ['j', 'down'] })).toEqual(['j', 'down'])
})

test('keys that a person gave take the place of its own', () => {
  usePreferences.setState({ keys: { 'a.b': ['alt+x'], 'a.c': [] } })

  expect(keysOf({ id: 'a.b', keys: 'k' })).toEqual(['alt+x'])
  expect(keysOf({ id: 'a.c', keys: 'k' })).toEqual([])
  usePreferences.setState({ keys: {} })
})

test('the keys printed beside a button are those that work here', () => {
  const marker = { id: 'a.marker', keys: ['m', 'alt+m'] }
  expect(hintOf(marker)).toBe('m')

  usePreferences.setState({ letterKeys: false })
  expect(hintOf(marker)).toBe('alt+m')
  expect(hintOf({ id: 'a.play', keys: 'space' })).toBe('space')
  expect(hintOf({ id: 'a.gain', keys: 'g' })).toBeUndefined()

  usePreferences.setState({ letterKeys: true, keys: { 'a.marker': ['k'] } })
  expect(hintOf(marker)).toBe('k')
  usePreferences.setState({ keys: {} })
})
