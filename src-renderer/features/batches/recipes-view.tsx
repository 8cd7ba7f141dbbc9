import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Recipe, RecipeInput } from '#contract/batches'
import { whenFullText, whenText } from '../../lib/gregorian.ts'
import { openPage } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useToasts } from '../../ui/toast-store.ts'
import { useBatches } from './batches-state.ts'
import { deleteRecipe, recipesQuery, saveRecipe } from './queries.ts'
import { draftFor, draftOf } from './recipe-choice.tsx'
import { formatText, presets, stepsText } from './recipe-presets.ts'
import './recipes-view.css'

const use = (recipe: ReturnType<typeof draftFor>) => {
  useBatches.setState({ recipe })
  openPage('batches', { view: 'new' })
}

const About = ({ steps, format }: RecipeInput) => (
  <div className="recipe-about">
    <span className="truncate" title={stepsText(steps)}>
      {steps.length > 0 ? stepsText(steps) : 'No steps'}
    </span>
    <span className="faint truncate">Format: {formatText(format)}</span>
  </div>
)

const useRemoveRecipe = () => {
  const queryClient = useQueryClient()
  const show = useToasts((state) => state.show)
  const refresh = () => queryClient.invalidateQueries({ queryKey: recipesQuery.queryKey })
  const restore = async ({ name, steps, format }: Recipe) => {
    await saveRecipe({
      id: undefined,
      input: { name, steps, ...(format ? { format } : {}) },
    })
    await refresh()
  }
  return useMutation({
    mutationFn: (recipe: Recipe) => deleteRecipe(recipe.id),
    onSuccess: async (_, recipe) => {
      useBatches.setState(({ recipe: draft }) => ({
        recipe: draft?.id === recipe.id ? undefined : draft,
      }))
      show({
        tone: 'ok',
        text: `Removed the recipe ${recipe.name}`,
        action: { label: 'Undo', run: () => void restore(recipe) },
      })
      await refresh()
    },
  })
}

const Saved = ({ recipe }: { recipe: Recipe }) => {
  const remove = useRemoveRecipe()
  return (
    <li className="recipe-card">
      <div className="recipe-name">
        <b className="truncate">{recipe.name}</b>
        <span className="faint" title={whenFullText(recipe.modified)}>
          version {recipe.version}, {whenText(recipe.modified)}
        </span>
      </div>
      <About {...recipe} />
      <div className="recipe-buttons">
        <Button aria-label={`Use or change ${recipe.name}`} onPress={() => use(draftOf(recipe))}>
          Use or change
        </Button>
        <IconButton
          icon="trash"
          label={`Remove the recipe ${recipe.name}`}
          isDisabled={remove.isPending}
          onPress={() => remove.mutate(recipe)}
        />
      </div>
    </li>
  )
}

/** The recipes of the account, and some to begin with. */
export const RecipesView = () => {
  const { data: recipes, error } = useQuery(recipesQuery)
  if (error && !recipes) return <p className="batches-form tone-bad">{error.message}</p>
  const saved = recipes ?? []
  const offered = presets.filter(({ name }) => !saved.some((recipe) => recipe.name === name))
  return (
    <div className="batches-form">
      <section className="recipes" aria-labelledby="recipes-saved">
        <header className="recipes-head">
          <h2 id="recipes-saved">Saved recipes</h2>
          <Button onPress={() => use(draftFor('new', saved))}>New recipe</Button>
        </header>
        {saved.length === 0 ? (
          <p className="muted">None yet. Begin with a preset, change it and save it.</p>
        ) : (
          <ul className="recipes-list">
            {saved.map((recipe) => (
              <Saved key={recipe.id} recipe={recipe} />
            ))}
          </ul>
        )}
      </section>
      {offered.length > 0 ? (
        <section className="recipes" aria-labelledby="recipes-presets">
          <h2 id="recipes-presets">Presets</h2>
          <ul className="recipes-list">
            {offered.map((preset) => (
              <li key={preset.name} className="recipe-card">
                <div className="recipe-name">
                  <b>{preset.name}</b>
                  <span className="muted">{preset.about}</span>
                </div>
                <About {...preset} />
                <div className="recipe-buttons">
                  <Button
                    aria-label={`Use ${preset.name}`}
                    onPress={() => use(draftFor(`preset:${preset.name}`, saved))}
                  >
                    Use
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
