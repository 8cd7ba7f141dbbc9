import * as api from '#contract/batches'
import type { SplitOptions } from '#contract/batches'
import { handle, json, type Call, type Route } from '../../platform/http/route.ts'
import type { Batches } from './batches.ts'

const owned = ({
  principal,
  params,
  requestId,
}: Pick<Call, 'principal' | 'params' | 'requestId'>) =>
  ({ accountId: principal.accountId, id: params.recipe_id ?? '', origin: requestId }) as const

const batchId = ({ params }: Pick<Call, 'params'>): string => params.batch_id ?? ''

const standardSplit: SplitOptions = {
  threshold_dbfs: -45,
  silence_ms: 700,
  least_take_ms: 200,
  head_ms: 100,
  tail_ms: 200,
}

/** Recipes and batches belong to who is logged in; `target` says whose media a batch works on. */
export const batchRoutes = (batches: Batches): Route[] => {
  const { recipes, splitter } = batches
  return [
    handle(api.recipes, ({ principal }) => json(recipes.list(principal.accountId))),
    handle(api.createRecipe, async ({ principal, data, requestId }) => {
      const recipe = await recipes.create(principal.accountId, data, requestId)
      return json(recipe, { created: recipe.id })
    }),
    handle(api.recipe, (call) => {
      const { accountId, id } = owned(call)
      return json(recipes.get(accountId, id, call.query.version))
    }),
    handle(api.changeRecipe, async (call) => json(await recipes.change(owned(call), call.data))),
    handle(api.deleteRecipe, async (call) => json(await recipes.remove(owned(call)))),
    handle(api.batches, ({ principal }) => json(batches.list(principal.accountId))),
    handle(api.startBatch, async ({ principal, accountId, data, requestId }) =>
      json(
        await batches.start({
          accountId: principal.accountId,
          library: accountId,
          recipeId: data.recipe_id,
          recipe: data.recipe,
          choice: data.choice,
          like: data.like,
          isDryRun: data.dry_run === true,
          name: data.name,
          origin: requestId,
        }),
      ),
    ),
    handle(api.batch, (call) => json(batches.get(call.principal.accountId, batchId(call)))),
    handle(api.batchItems, (call) => json(batches.items(call.principal.accountId, batchId(call)))),
    handle(api.resumeBatch, async (call) =>
      json(await batches.resume(call.principal.accountId, batchId(call), call.requestId)),
    ),
    handle(api.deleteBatch, async (call) =>
      json(await batches.remove(call.principal.accountId, batchId(call), call.requestId)),
    ),
    handle(api.batchReport, (call) => {
      const { format = 'csv' } = call.query
      const { text, name } = batches.report(call.principal.accountId, batchId(call), format)
      return {
        kind: 'binary',
        contentType: `text/${format}; charset=utf-8`,
        filename: name,
        body: Buffer.from(text),
      }
    }),
    handle(api.split, async ({ principal: { accountId }, data, signal }) => {
      const { source, options = standardSplit } = data
      return json(await splitter.split({ accountId, source, signal }, options))
    }),
    handle(api.assignTakes, async ({ principal, accountId, data, requestId, signal }) => {
      const { source, language, takes, format } = data
      const job = await splitter.assign({
        library: accountId,
        accountId: principal.accountId,
        source,
        signal,
        language,
        takes,
        format,
        origin: requestId,
      })
      return json({ job_id: job.id })
    }),
  ]
}
