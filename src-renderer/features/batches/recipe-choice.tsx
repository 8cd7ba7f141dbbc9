import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Recipe, RecipeInput } from '#contract/batches'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { useToasts } from '../../ui/toast-store.ts'
import { changeRecipe, useBatches, type RecipeDraft } from './batches-state.ts'
import { fieldError, recipesQuery, refusalText, saveRecipe, showsOwnErrors } from './queries.ts'
import { RecipeEditor } from './recipe-editor.tsx'
import { presets, stepsText } from './recipe-presets.ts'

const inputOf = ({ name, steps, format }: RecipeInput): RecipeInput => ({
  name,
  steps,
  ...(format ? { format } : {}),
})

export const draftOf = (recipe: Recipe): RecipeDraft => ({
  id: recipe.id,
  input: inputOf(recipe),
})

const newRecipe: RecipeInput = { name: 'New recipe', steps: [] }

/** Presets whose name nobody has used yet. */
const unusedPresets = (recipes: readonly Recipe[]) =>
  presets.filter((preset) => !recipes.some(({ name }) => name === preset.name))

/** Whether the form says something else than what is saved. */
export const isChanged = (draft: RecipeDraft, recipes: readonly Recipe[]): boolean => {
  const saved = recipes.find(({ id }) => id === draft.id)
  return !saved || JSON.stringify(inputOf(saved)) !== JSON.stringify(inputOf(draft.input))
}

/** Saves what the form says, as a new recipe or as the next version of one. */
const useSaveRecipe = () => {
  const queryClient = useQueryClient()
  return useMutation({
    meta: showsOwnErrors,
    mutationFn: ({ id, input }: RecipeDraft) => saveRecipe({ id, input: inputOf(input) }),
    onSuccess: async (saved) => {
      useBatches.setState({ recipe: draftOf(saved) })
      await queryClient.invalidateQueries({ queryKey: recipesQuery.queryKey })
    },
  })
}

const optionsOf = (recipes: readonly Recipe[]) => [
  ...recipes.map((recipe) => ({
    value: recipe.id,
    label: recipe.name,
    detail: `version ${recipe.version}`,
  })),
  ...unusedPresets(recipes).map(({ name }) => ({
    value: `preset:${name}`,
    label: name,
    detail: 'preset',
  })),
  { value: 'new', label: 'New recipe…' },
]

export const draftFor = (value: string, recipes: readonly Recipe[]): RecipeDraft | undefined => {
  const saved = recipes.find(({ id }) => id === value)
  if (saved) return draftOf(saved)
  if (value === 'new') return { id: undefined, input: newRecipe }
  const preset = presets.find(({ name }) => `preset:${name}` === value)
  return preset && { id: undefined, input: inputOf(preset) }
}

/** What the form shows: what was chosen, else the first recipe, else the first preset. */
export const useRecipeDraft = (): { draft: RecipeDraft | undefined; recipes: Recipe[] } => {
  const { data: recipes } = useQuery(recipesQuery)
  const chosen = useBatches((state) => state.recipe)
  if (!recipes) return { draft: chosen, recipes: [] }
  const [first] = optionsOf(recipes)
  return { draft: chosen ?? (first && draftFor(first.value, recipes)), recipes }
}

const valueOf = ({ id, input }: RecipeDraft, recipes: readonly Recipe[]): string => {
  if (id !== undefined) return id
  const preset = unusedPresets(recipes).find(({ name }) => name === input.name)
  return preset ? `preset:${preset.name}` : 'new'
}

/** Whether somebody changed what the list began with, and did not save it. */
const isTouched = (draft: RecipeDraft, recipes: readonly Recipe[]): boolean => {
  const begun = draftFor(valueOf(draft, recipes), recipes)
  return JSON.stringify(begun?.input) !== JSON.stringify(inputOf(draft.input))
}

/** Which recipe a batch runs, to be changed on the spot. */
export const RecipeChoice = ({ error }: { error: Error | null }) => {
  const { draft, recipes } = useRecipeDraft()
  const save = useSaveRecipe()
  const show = useToasts((state) => state.show)
  if (!draft) return <p className="muted">Loading…</p>
  const canSave = isChanged(draft, recipes)
  const about = presets.find(({ name }) => name === draft.input.name)?.about
  const change = (input: Partial<RecipeInput>) => {
    // What is shown without having been chosen becomes the choice with its first change.
    useBatches.setState({ recipe: draft })
    changeRecipe(input)
  }
  return (
    <section className="batches-column" aria-labelledby="batch-recipe">
      <h2 id="batch-recipe">Recipe</h2>
      <Select
        label="Begin with"
        value={valueOf(draft, recipes)}
        options={optionsOf(recipes)}
        help={draft.id === undefined ? about : stepsText(draft.input.steps)}
        onChange={(value) => {
          save.reset()
          if (isTouched(draft, recipes)) {
            show({
              tone: 'ok',
              text: `The unsaved changes of ${draft.input.name} were dropped`,
              action: { label: 'Undo', run: () => useBatches.setState({ recipe: draft }) },
            })
          }
          useBatches.setState({ recipe: draftFor(value, recipes) })
        }}
      />
      <RecipeEditor
        input={draft.input}
        onChange={change}
        errorOf={(path) => fieldError(save.error, path) ?? fieldError(error, `recipe.${path}`)}
      />
      <div className="recipe-save">
        <Button
          whyNot={canSave ? undefined : 'It is saved as it is.'}
          isPending={save.isPending}
          onPress={() => save.mutate(draft)}
        >
          {draft.id === undefined ? 'Save this recipe' : 'Save as a new version'}
        </Button>
        <span role="status" className="muted">
          {save.isError ? (
            <span className="tone-bad">{refusalText(save.error)}</span>
          ) : canSave ? (
            'A batch also runs a recipe that is not saved.'
          ) : (
            'Saved'
          )}
        </span>
      </div>
    </section>
  )
}
