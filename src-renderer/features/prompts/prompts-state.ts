import { create } from 'zustand'
import type { PlaceState } from './cell-state.ts'
import type { MatrixFilter } from './matrix-model.ts'
import type { Place } from './media-id.ts'

/**
 * Survives updates of the data by naming an item of the matrix and a language. `item` is where it was
 * last seen, for the case that it is gone.
 */
export type Cursor = { key: string; language: string; item: number }

export type PromptsDialog = 'import' | 'export' | 'new'

type PromptsState = MatrixFilter & {
  collapsedAreas: readonly string[]
  hiddenLanguages: readonly string[]
  cursor: Cursor | null
  isPanelOpen: boolean
  dialog: PromptsDialog | null
  /** The cell whose text is about to be spoken. */
  speaking: Place | null
  /** A pack that was dropped on the window, for the import to begin with. */
  offeredPack: File | null
}

const storageKey = 'patchbay.prompts'
const storage = 'localStorage' in globalThis ? globalThis.localStorage : undefined

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** What outlives a reload: how the matrix is laid out, not what was looked for. */
const layoutFrom = (text: string | null): Pick<PromptsState, 'hiddenLanguages' | 'isPanelOpen'> => {
  try {
    const stored: unknown = JSON.parse(text ?? '{}')
    const layout = typeof stored === 'object' && stored !== null ? stored : {}
    return {
      hiddenLanguages:
        'hiddenLanguages' in layout && isTexts(layout.hiddenLanguages)
          ? layout.hiddenLanguages
          : [],
      isPanelOpen: !('isPanelOpen' in layout && layout.isPanelOpen === false),
    }
  } catch {
    return { hiddenLanguages: [], isPanelOpen: true }
  }
}

export const usePrompts = create<PromptsState>(() => ({
  search: '',
  areas: [],
  state: null,
  collapsedAreas: [],
  cursor: null,
  dialog: null,
  speaking: null,
  offeredPack: null,
  ...layoutFrom(storage?.getItem(storageKey) ?? null),
}))

const keepLayout = () => {
  const { hiddenLanguages, isPanelOpen } = usePrompts.getState()
  storage?.setItem(storageKey, JSON.stringify({ hiddenLanguages, isPanelOpen }))
}

const toggled = (list: readonly string[], item: string): string[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item]

export const setSearch = (search: string): void => usePrompts.setState({ search })

/** A second press on the same state shows everything again. */
export const toggleState = (state: PlaceState | null): void =>
  usePrompts.setState((before) => ({ state: before.state === state ? null : state }))

export const toggleArea = (area: string): void =>
  usePrompts.setState(({ areas }) => ({ areas: toggled(areas, area) }))

export const toggleCollapsed = (area: string): void =>
  usePrompts.setState(({ collapsedAreas }) => ({ collapsedAreas: toggled(collapsedAreas, area) }))

export const setCollapsedAreas = (collapsedAreas: readonly string[]): void =>
  usePrompts.setState({ collapsedAreas })

export const clearFilters = (): void => usePrompts.setState({ search: '', areas: [], state: null })

export const setCursor = (cursor: Cursor | null): void => usePrompts.setState({ cursor })

export const hideLanguages = (hiddenLanguages: readonly string[]): void => {
  usePrompts.setState({ hiddenLanguages })
  keepLayout()
}

export const openPanel = (isPanelOpen: boolean): void => {
  usePrompts.setState({ isPanelOpen })
  keepLayout()
}

export const openDialog = (dialog: PromptsDialog | null): void =>
  usePrompts.setState({ dialog, offeredPack: null })

export const openSpeak = (speaking: Place | null): void => usePrompts.setState({ speaking })

export const offerPack = (offeredPack: File): void =>
  usePrompts.setState({ dialog: 'import', offeredPack })
