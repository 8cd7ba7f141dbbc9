import { expect, test, vi } from 'vitest'
import { commandRegistry, keysOf, registerCommand, runCommand } from './commands.ts'

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
  expect(keysOf({})).toEqual([])
  expect(keysOf({ keys: 'j' })).toEqual(['j'])
  expect(keysOf({ keys: ['j', 'down'] })).toEqual(['j', 'down'])
})
