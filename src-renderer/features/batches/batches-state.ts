import { create } from 'zustand'
import type { BatchItem, RecipeInput } from '#contract/batches'
import type { Library } from './queries.ts'

/** What stands in the form of a new batch, kept while one looks elsewhere. Empty text means all. */
export type ChoiceDraft = {
  library: Library
  language: string
  area: string
  onlyPrompts: boolean
  /** Named one by one; undefined when the conditions choose. */
  mediaIds: readonly string[] | undefined
}

export type RecipeDraft = {
  /** The recipe it is, or becomes a version of; undefined for a new one. */
  id: string | undefined
  input: RecipeInput
}

type BatchesState = {
  choice: ChoiceDraft
  /** Undefined until a recipe was chosen. */
  recipe: RecipeDraft | undefined
  /** In the list of batches. */
  activeBatch: string | undefined
  /** Which files of a batch are listed; undefined lists all. */
  shownState: BatchItem['state'] | undefined
  sorting: { columnId: string; isDescending: boolean } | undefined
}

export const everything: ChoiceDraft = {
  library: 'account',
  language: '',
  area: '',
  onlyPrompts: true,
  mediaIds: undefined,
}

export const useBatches = create<BatchesState>(() => ({
  choice: everything,
  recipe: undefined,
  activeBatch: undefined,
  shownState: undefined,
  sorting: undefined,
}))

export const changeChoice = (change: Partial<ChoiceDraft>): void =>
  useBatches.setState(({ choice }) => ({ choice: { ...choice, ...change } }))

export const changeRecipe = (change: Partial<RecipeInput>): void =>
  useBatches.setState(({ recipe }) => ({
    recipe: recipe && { ...recipe, input: { ...recipe.input, ...change } },
  }))
