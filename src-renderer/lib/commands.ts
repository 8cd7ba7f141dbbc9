import { createStore } from 'zustand/vanilla'
import { isCharacterKey } from './keys.ts'
import { usePreferences } from './preferences.ts'

/** Something a person can do here and now, by button, key, menu or palette. */
export type Command = {
  id: string
  title: string
  group: string
  /** `mod+k`, `shift+space`, `j`; the first of several is the one that is shown. */
  keys?: string | readonly string[] | undefined
  /** False while it would do nothing: it keeps its place in the lists but cannot run. */
  when?: boolean | undefined
  /** What is missing while it would do nothing. */
  whyNot?: string | undefined
  run: () => void
}

type SearchResult = {
  id: string
  title: string
  detail?: string
  run: () => void
}

/** A source of things the palette can jump to. `search` answers at once, from what is already loaded. */
export type SearchProvider = {
  group: string
  search: (text: string) => SearchResult[]
}

type Registry = {
  commands: ReadonlyMap<string, Command>
  /** Every command seen since the start, so that the shortcut sheet also knows screens that are closed. */
  known: ReadonlyMap<string, Command>
  providers: ReadonlyMap<string, SearchProvider>
}

export const commandRegistry = createStore<Registry>(() => ({
  commands: new Map(),
  known: new Map(),
  providers: new Map(),
}))

const withEntry = <T>(map: ReadonlyMap<string, T>, key: string, value: T) =>
  new Map(map).set(key, value)

const without = <T>(map: ReadonlyMap<string, T>, key: string, value: T) => {
  if (map.get(key) !== value) return map
  const next = new Map(map)
  next.delete(key)
  return next
}

/** Adds a command, replacing one of the same id; the answer takes it away again. */
export const registerCommand = (command: Command): (() => void) => {
  commandRegistry.setState(({ commands, known }) => ({
    commands: withEntry(commands, command.id, command),
    known: withEntry(known, command.id, command),
  }))
  return () =>
    commandRegistry.setState(({ commands }) => ({
      commands: without(commands, command.id, command),
    }))
}

export const registerSearchProvider = (provider: SearchProvider): (() => void) => {
  commandRegistry.setState(({ providers }) => ({
    providers: withEntry(providers, provider.group, provider),
  }))
  return () =>
    commandRegistry.setState(({ providers }) => ({
      providers: without(providers, provider.group, provider),
    }))
}

/** Runs a command that is registered and enabled; says whether it did. */
export const runCommand = (id: string): boolean => {
  const command = commandRegistry.getState().commands.get(id)
  if (!command || command.when === false) return false
  command.run()
  return true
}

/** The keys a command comes with. */
const ownKeysOf = ({ keys }: Pick<Command, 'keys'>): readonly string[] =>
  keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys

/** The keys a command has here: those a person gave it, else its own. */
export const keysOf = (command: Pick<Command, 'id' | 'keys'>): readonly string[] =>
  usePreferences.getState().keys[command.id] ?? ownKeysOf(command)

/** The keys to print beside what does the same: those that work with the preferences of this machine. */
export const hintOf = (command: Pick<Command, 'id' | 'keys'>): string | undefined => {
  const { letterKeys } = usePreferences.getState()
  return keysOf(command).find(
    (keys) => letterKeys || !isCharacterKey(keys) || /(^|\+)space$/.test(keys),
  )
}
