import { keysOf, type Command, type SearchProvider } from '../lib/commands.ts'
import { matchScore } from '../lib/match.ts'

export type PaletteEntry = {
  id: string
  title: string
  detail?: string | undefined
  keys?: string | undefined
  run: () => void
}

export type PaletteGroup = { title: string; entries: readonly PaletteEntry[] }

type Sources = {
  commands: Iterable<Command>
  providers: Iterable<SearchProvider>
  recent: readonly string[]
}

const mostPerGroup = 30

/** The palette itself and what undoes a message are no destinations of the palette. */
const isOffered = (command: Command) => command.when !== false && command.id !== 'app.palette'

const commandEntry = (command: Command): PaletteEntry => ({
  id: command.id,
  title: command.title,
  detail: command.group,
  keys: keysOf(command)[0],
  run: command.run,
})

const titled = (title: string, entries: readonly PaletteEntry[]): PaletteGroup[] =>
  entries.length > 0 ? [{ title, entries }] : []

const suggestions = (commands: readonly Command[], recent: readonly string[]): PaletteGroup[] => {
  const known = new Map(commands.map((command) => [command.id, command]))
  const lately = recent.flatMap((id) => known.get(id) ?? [])
  const others = commands.filter((command) => !lately.includes(command))
  return [
    ...titled('Recently used', lately.map(commandEntry)),
    ...titled('Commands', others.map(commandEntry)),
  ]
}

/** What the palette shows for what was typed: recent commands first, then the best matches by kind. */
export const paletteGroups = (typed: string, sources: Sources): readonly PaletteGroup[] => {
  const commands = [...sources.commands].filter(isOffered)
  if (typed.trim() === '') return suggestions(commands, sources.recent)

  const ranked = commands
    .map((command) => ({
      command,
      score: matchScore(`${command.title} ${command.group}`, typed),
      recency: sources.recent.includes(command.id) ? 0.5 : 0,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score + b.recency - (a.score + a.recency))
    .map(({ command }) => commandEntry(command))
  const found = [...sources.providers].flatMap(({ group, search }) =>
    titled(
      group,
      search(typed)
        .slice(0, mostPerGroup)
        .map((result) => ({ ...result, id: `${group}/${result.id}` })),
    ),
  )
  return [...titled('Commands', ranked), ...found]
}
