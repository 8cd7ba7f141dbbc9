import { expect, test } from 'vitest'
import type { Command, SearchProvider } from '../lib/commands.ts'
import { paletteGroups } from './palette-entries.ts'

const command = (id: string, title: string, when?: boolean): Command => ({
  id,
  title,
  group: 'Go',
  when,
  run: () => undefined,
})

const commands = [
  command('app.palette', 'Search'),
  command('app.go.media', 'Go to Media'),
  command('app.go.prompts', 'Go to Prompts'),
  command('import', 'Import a pack', false),
]
const prompts: SearchProvider = {
  group: 'Prompts',
  search: (text) => [{ id: 'vm-hello', title: 'vm-hello', detail: text, run: () => undefined }],
}
const groups = (typed: string, recent: string[] = []) =>
  paletteGroups(typed, { commands, providers: [prompts], recent }).map(({ title, entries }) => [
    title,
    entries.map(({ id }) => id),
  ])

test('offers what was used lately first, then the rest', () => {
  expect(groups('', ['app.go.prompts', 'gone'])).toEqual([
    ['Recently used', ['app.go.prompts']],
    ['Commands', ['app.go.media']],
  ])
})

test('leaves out itself and what cannot run now', () => {
  expect(groups('a')).toEqual([
    ['Commands', ['app.go.media']],
    ['Prompts', ['Prompts/vm-hello']],
  ])
})

test('shows what features find, under their own heading', () => {
  expect(groups('hello')).toEqual([['Prompts', ['Prompts/vm-hello']]])
})
