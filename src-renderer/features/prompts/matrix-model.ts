import type { Matrix, PromptRow } from '#contract/studio'
import { isHeard, placeState, type PlaceState } from './cell-state.ts'
import type { Place } from './media-id.ts'

/** What is on the screen, top to bottom: the heading of an area, or a prompt. */
export type MatrixItem =
  | { kind: 'area'; key: string; area: string; count: number; isCollapsed: boolean }
  | { kind: 'prompt'; key: string; row: PromptRow }

export type MatrixFilter = {
  /** Words that all have to occur in the prompt id or the source text. */
  search: string
  /** Empty: every area. */
  areas: readonly string[]
  /** Rows with at least one shown language in this state. */
  state: PlaceState | null
}

export type StateCounts = Record<PlaceState, number> & { all: number }

export type AreaCount = { area: string; count: number }

export type LanguageCoverage = {
  language: string
  /** Prompts a caller hears in this language. */
  heard: number
  missing: number
  /** Documented, but nothing a caller could hear. */
  broken: number
  /** 0 to 1. */
  coverage: number
}

const wordsOf = (search: string): string[] => search.toLowerCase().split(/\s+/).filter(Boolean)

const matchesWords = ({ prompt_id, text }: PromptRow, words: readonly string[]): boolean => {
  const searched = `${prompt_id} ${text}`.toLowerCase()
  return words.every((word) => searched.includes(word))
}

const emptyCounts = (): StateCounts => ({
  all: 0,
  recorded: 0,
  spoken: 0,
  missing: 0,
  empty: 0,
  unreadable: 0,
  inherited: 0,
})

/** The languages to show, in the matrix's own order whatever the order of choosing. */
export const shownLanguages = (matrix: Matrix, hidden: readonly string[]): string[] =>
  matrix.languages.filter((language) => !hidden.includes(language))

/** Areas with their number of prompts, in alphabetical order. */
export const areasOf = (matrix: Matrix): AreaCount[] => {
  const counts = new Map<string, number>()
  for (const { area } of matrix.prompts) counts.set(area, (counts.get(area) ?? 0) + 1)
  return [...counts]
    .map(([area, count]) => ({ area, count }))
    .sort((a, b) => a.area.localeCompare(b.area))
}

export const coverageOf = (matrix: Matrix, language: string): LanguageCoverage => {
  let heard = 0
  let missing = 0
  for (const { cells } of matrix.prompts) {
    const state = placeState(cells[language])
    if (isHeard(state)) heard++
    if (state === 'missing') missing++
  }
  const total = matrix.prompts.length
  const coverage = total === 0 ? 0 : heard / total
  return { language, heard, missing, broken: total - heard - missing, coverage }
}

/** Rows that the search and the areas let through; the state filter comes after the counts. */
export const findRows = (
  matrix: Matrix,
  { search, areas }: Omit<MatrixFilter, 'state'>,
): PromptRow[] => {
  const words = wordsOf(search)
  return matrix.prompts.filter(
    (row) => (areas.length === 0 || areas.includes(row.area)) && matchesWords(row, words),
  )
}

export const countStates = (
  rows: readonly PromptRow[],
  languages: readonly string[],
): StateCounts => {
  const counts = emptyCounts()
  for (const { cells } of rows)
    for (const language of languages) counts[placeState(cells[language])]++
  counts.all = rows.length * languages.length
  return counts
}

export const rowsInState = (
  rows: readonly PromptRow[],
  languages: readonly string[],
  state: PlaceState | null,
): readonly PromptRow[] =>
  state === null
    ? rows
    : rows.filter(({ cells }) =>
        languages.some((language) => placeState(cells[language]) === state),
      )

/** Groups rows under the headings of their areas; a collapsed area keeps its heading only. */
export const itemsOf = (
  rows: readonly PromptRow[],
  collapsedAreas: readonly string[],
): MatrixItem[] => {
  const rowsByArea = Map.groupBy(rows, ({ area }) => area)
  return [...rowsByArea]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([area, members]): MatrixItem[] => {
      const isCollapsed = collapsedAreas.includes(area)
      const heading = {
        kind: 'area',
        key: `area ${area}`,
        area,
        count: members.length,
        isCollapsed,
      } as const
      if (isCollapsed) return [heading]
      return [heading, ...members.map((row) => promptItem(row))]
    })
}

/** Item keys outlive updates of the data: the cursor is a key and a language, never an index. */
export const promptKey = (promptId: string): string => `prompt ${promptId}`

const promptItem = (row: PromptRow): MatrixItem => ({
  kind: 'prompt',
  key: promptKey(row.prompt_id),
  row,
})

/** The next place in reading order that is in `state`, starting after `from` and going round once. */
export const nextPlace = (
  items: readonly MatrixItem[],
  languages: readonly string[],
  { state, from }: { state: PlaceState; from: { item: number; column: number } },
): Place | undefined => {
  const width = languages.length
  const size = items.length * width
  const start = from.item * width + from.column
  for (let step = 1; step <= size; step++) {
    const index = (start + step) % size
    const item = items[Math.floor(index / width)]
    const language = languages[index % width]
    if (item?.kind !== 'prompt' || language === undefined) continue
    if (placeState(item.row.cells[language]) === state)
      return { promptId: item.row.prompt_id, language }
  }
  return undefined
}

/** Puts one fresh row in place of the old one, or at its place in the alphabet when it is new. */
export const withRow = (matrix: Matrix, row: PromptRow): Matrix => {
  const rest = matrix.prompts.filter(({ prompt_id }) => prompt_id !== row.prompt_id)
  const at = rest.findIndex(({ prompt_id }) => prompt_id > row.prompt_id)
  const isKnown = rest.length < matrix.prompts.length
  const index = isKnown
    ? matrix.prompts.findIndex(({ prompt_id }) => prompt_id === row.prompt_id)
    : at < 0
      ? rest.length
      : at
  // The source language stands first, also when another is heard of before it.
  const known = matrix.languages.length === 0 ? [matrix.source_language] : matrix.languages
  const added = Object.keys(row.cells).filter((language) => !known.includes(language))
  return {
    ...matrix,
    languages: added.length === 0 ? known : [...known, ...added.sort()],
    prompts: rest.toSpliced(index, 0, row),
  }
}

export const withoutRow = (matrix: Matrix, promptId: string): Matrix => ({
  ...matrix,
  prompts: matrix.prompts.filter(({ prompt_id }) => prompt_id !== promptId),
})
