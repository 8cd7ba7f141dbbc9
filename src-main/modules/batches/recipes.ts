import type { Recipe, RecipeInput } from '#contract/batches'
import type { ObjectEvent } from '#contract/events'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/documents/documents.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Database, Reader } from '../../platform/sqlite/sqlite.ts'
import type { Rendering } from '../rendering/rendering.ts'
import { checkRecipe } from './recipe-check.ts'
import { eraseRecipe, findRecipe, isNameTaken, listRecipes, saveRecipe } from './store.ts'

/** Recipes of an account. A change is a new version; the old ones stay readable. */
export type Recipes = {
  list: (accountId: string) => Recipe[]
  /** The newest version, or the named one; throws `bad_identifier`. */
  get: (accountId: string, id: string, version?: number) => Recipe
  create: (accountId: string, input: RecipeInput, origin: string) => Promise<Recipe>
  change: (owned: Owned, input: RecipeInput) => Promise<Recipe>
  remove: (owned: Owned) => Promise<Recipe>
}

type Owned = { accountId: string; id: string; origin: string }

export const createRecipes = (deps: {
  db: Database
  clock: Clock
  events: Bus<ObjectEvent>
  rendering: Rendering
}): Recipes => {
  const { db, clock, events, rendering } = deps

  const tell = (event: ObjectEvent['event'], { accountId, id, origin }: Owned) =>
    events.emit({ event, type: 'recipe', id, account_id: accountId, origin })

  const find = (reader: Reader, { accountId, id }: Omit<Owned, 'origin'>, version?: number) => {
    const recipe = findRecipe(reader, accountId, id, version)
    if (recipe) return recipe
    throw new AppError('bad_identifier', { cause: version === undefined ? id : `${id}@${version}` })
  }

  const save = (owned: Owned, input: RecipeInput, versionOf: (reader: Reader) => number) => {
    const { accountId, id } = owned
    const name = input.name.trim()
    if (name === '') {
      throw invalid({ name: { required: { message: 'A recipe needs a name', value: 'name' } } })
    }
    checkRecipe(rendering, input)
    return db.write((tx) => {
      const version = versionOf(tx)
      if (isNameTaken(tx, accountId, name, id)) {
        const message = `There is a recipe called “${name}” already: choose another name`
        throw invalid({ name: { unique: { message, value: name } } })
      }
      const recipe: Recipe = { id, version, modified: gregorianNow(clock), ...input, name }
      saveRecipe(tx, accountId, recipe)
      return recipe
    })
  }

  return {
    list: (accountId) => listRecipes(db, accountId),
    get: (accountId, id, version) => find(db, { accountId, id }, version),
    create: async (accountId, input, origin) => {
      const owned = { accountId, id: newId(), origin }
      const recipe = await save(owned, input, () => 1)
      tell('doc_created', owned)
      return recipe
    },
    change: async (owned, input) => {
      const recipe = await save(owned, input, (reader) => find(reader, owned).version + 1)
      tell('doc_edited', owned)
      return recipe
    },
    remove: async (owned) => {
      const recipe = await db.write((tx) => {
        const found = find(tx, owned)
        eraseRecipe(tx, owned.id)
        return found
      })
      tell('doc_deleted', owned)
      return recipe
    },
  }
}
