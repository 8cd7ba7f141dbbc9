import { useDeferredValue, useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Matrix } from '#contract/studio'
import { locateCursor, placeAt } from './cursor.ts'
import {
  areasOf,
  countStates,
  coverageOf,
  findRows,
  itemsOf,
  rowsInState,
  shownLanguages,
  type AreaCount,
  type LanguageCoverage,
  type MatrixItem,
  type StateCounts,
} from './matrix-model.ts'
import type { Place } from './media-id.ts'
import { usePrompts } from './prompts-state.ts'

export type MatrixView = {
  items: readonly MatrixItem[]
  languages: readonly string[]
  counts: StateCounts
  areas: readonly AreaCount[]
  coverage: ReadonlyMap<string, LanguageCoverage>
  /** In characters, of all prompts: filters leave the columns where they are. */
  longestId: number
  /** Another value when the filters show other rows or columns. */
  filterKey: string
}

/** The matrix through the filters. Typing in the search box comes first, its result follows. */
export const useMatrixView = (matrix: Matrix): MatrixView => {
  const { areas, state, collapsedAreas, hiddenLanguages } = usePrompts(
    useShallow(({ areas, state, collapsedAreas, hiddenLanguages }) => ({
      areas,
      state,
      collapsedAreas,
      hiddenLanguages,
    })),
  )
  const search = useDeferredValue(usePrompts((prompts) => prompts.search))

  const languages = useMemo(
    () => shownLanguages(matrix, hiddenLanguages),
    [matrix, hiddenLanguages],
  )
  const found = useMemo(() => findRows(matrix, { search, areas }), [matrix, search, areas])
  const counts = useMemo(() => countStates(found, languages), [found, languages])
  const items = useMemo(
    () => itemsOf(rowsInState(found, languages, state), collapsedAreas),
    [found, languages, state, collapsedAreas],
  )
  const allAreas = useMemo(() => areasOf(matrix), [matrix])
  const coverage = useMemo(
    () => new Map(matrix.languages.map((language) => [language, coverageOf(matrix, language)])),
    [matrix],
  )
  const longestId = useMemo(
    () => Math.max(0, ...matrix.prompts.map(({ prompt_id }) => prompt_id.length)),
    [matrix],
  )
  const filterKey = JSON.stringify([search, areas, state, hiddenLanguages])
  return { items, languages, counts, areas: allAreas, coverage, longestId, filterKey }
}

/** The cell under the cursor; undefined on the heading of an area and in an empty matrix. */
export const useSelectedPlace = ({ items, languages }: MatrixView): Place | undefined => {
  const cursor = usePrompts((prompts) => prompts.cursor)
  return useMemo(() => {
    const position = locateCursor({ items, languages }, cursor)
    return position && placeAt({ items, languages }, position)
  }, [items, languages, cursor])
}
