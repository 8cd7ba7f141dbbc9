import type { BatchChoice, RanRecipe, RecipeInput } from '#contract/batches'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Reader } from '../../platform/sqlite/sqlite.ts'
import type { Rendering } from '../rendering/rendering.ts'
import { checkRecipe, checkWritable } from './recipe-check.ts'
import type { Recipes } from './recipes.ts'
import { choose, findBatch, itemsOf, type Chosen, type StoredBatch } from './store.ts'

export type BatchRequest = {
  accountId: string
  /** Whose media: the account's own or `system`. */
  library: string
  recipeId?: string | undefined
  recipe?: RecipeInput | undefined
  choice?: BatchChoice | undefined
  /** Id of a batch whose recipe, files, levels and library are taken. */
  like?: string | undefined
  isDryRun: boolean
  name?: string | undefined
  origin: string
}

/** What is to be done, before it has an id. */
export type BatchPlan = Pick<StoredBatch, 'library' | 'recipe' | 'levels'> & {
  chosen: readonly Chosen[]
  name: string
}

const required = (path: string, message: string) =>
  invalid({ [path]: { required: { message, value: path } } })

const whatOf = ({ language, area }: BatchChoice, chosen: readonly Chosen[]): string => {
  const parts = [language, area].filter((part) => part !== undefined)
  if (parts.length > 0) return parts.join(' ')
  const [only] = chosen
  return chosen.length === 1 && only ? only.name : `${chosen.length} files`
}

const chosenBy = (db: Reader, library: string, choice: BatchChoice): Chosen[] => {
  const chosen = choose(db, library, choice)
  const known = new Set(chosen.map(({ mediaId }) => mediaId))
  const unknown = choice.media_ids?.filter((id) => !known.has(id)) ?? []
  if (unknown.length > 0) {
    const who = unknown.length === 1 ? 'One medium does' : `${unknown.length} media do`
    const message = `${who} not exist, or not have a file`
    throw invalid({ 'choice.media_ids': { invalid: { message, cause: unknown.slice(0, 100) } } })
  }
  if (chosen.length > 0) return chosen
  throw invalid({ choice: { minItems: { message: 'There is no file that fits', target: 1 } } })
}

type PlanDeps = { db: Reader; recipes: Recipes; rendering: Rendering }

const recipeOf = ({ recipes, rendering }: PlanDeps, request: BatchRequest): RanRecipe => {
  const { accountId, recipeId, recipe } = request
  if (recipe) {
    checkRecipe(rendering, recipe, 'recipe.')
    return recipe
  }
  if (recipeId === undefined) throw required('recipe_id', 'Say which recipe is to run')
  const { modified: _, ...saved } = recipes.get(accountId, recipeId)
  return saved
}

/**
 * Turns a request into recipe and files. Refuses unknown media, a choice that fits no file, and a
 * recipe that no file could follow here.
 */
export const planOf = async (deps: PlanDeps, request: BatchRequest): Promise<BatchPlan> => {
  const { db } = deps
  const { accountId, library, choice, like } = request
  if (like !== undefined) {
    const former = findBatch(db, accountId, like)
    if (!former) throw new AppError('bad_identifier', { cause: like })
    if (former.library === 'system' && library !== 'system') {
      throw invalid({
        target: {
          invalid: { message: 'The batch was one of the system library', value: 'account' },
        },
      })
    }
    const { recipe, levels, name } = former
    await checkWritable(deps.rendering, recipe.format, 'recipe.')
    return { library: former.library, recipe, levels, name, chosen: itemsOf(db, former.seq) }
  }
  if (!choice) throw required('choice', 'Say which files are meant')
  const recipe = recipeOf(deps, request)
  await checkWritable(deps.rendering, recipe.format, 'recipe.')
  const chosen = chosenBy(db, library, choice)
  return {
    library,
    recipe,
    levels: {},
    chosen,
    name: `${recipe.name}: ${whatOf(choice, chosen)}`,
  }
}
