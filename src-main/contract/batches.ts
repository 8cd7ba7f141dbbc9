import { Type, type Static } from 'typebox'
import { SourceId } from './edit-list.ts'
import { OutputFormat, RecipeStep } from './effects.ts'
import { endpoint } from './endpoint.ts'
import { exampleSource } from './examples.ts'
import { closed } from './kinds.ts'
import { Finding, Measures } from './measures.ts'
import { Target } from './target.ts'

/** What is done to every file of a batch. Every change of it is a new version; old ones stay. */
export const RecipeInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 128 }),
  steps: Type.Array(RecipeStep, { maxItems: 50 }),
  format: Type.Optional(OutputFormat),
})
export const Recipe = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  modified: Type.Integer({ description: 'Gregorian seconds.' }),
  ...RecipeInput.properties,
})

/** The recipe of a batch as it ran; id and version where it is a saved one. */
export const RanRecipe = Type.Object({
  id: Type.Optional(Type.String()),
  version: Type.Optional(Type.Integer()),
  ...RecipeInput.properties,
})

/** Which files: these, or all that the conditions hold for. Closed: a misspelled condition would mean all. */
export const BatchChoice = closed({
  media_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 100_000 })),
  language: Type.Optional(Type.String()),
  area: Type.Optional(Type.String({ description: 'Prompts of one area.' })),
  only_prompts: Type.Optional(Type.Boolean()),
})

export const itemStates = ['waiting', 'running', 'done', 'same', 'failed'] as const

/** Where a file clips is left out: a batch may have very many files. */
export const ItemMeasures = Type.Omit(Measures, ['clipping'])

/** One file of a batch. `same` needed no change. */
export const BatchItem = Type.Object({
  media_id: Type.String(),
  name: Type.String(),
  language: Type.String(),
  state: Type.Enum([...itemStates]),
  reason: Type.Optional(Type.String()),
  steps: Type.Optional(
    Type.Array(Type.String(), {
      description: 'What was decided for this file: "Normalise to −17.6 dBov (−6.4 dB)".',
    }),
  ),
  before: Type.Optional(ItemMeasures),
  after: Type.Optional(ItemMeasures),
  findings: Type.Optional(
    Type.Array(Finding, { description: 'In what it still differs from its target, afterwards.' }),
  ),
})

const batchStates = ['running', 'stopped', 'done'] as const

/** A recipe on many files. `stopped` ones, cancelled or cut off by a restart, can be resumed. */
export const Batch = Type.Object({
  id: Type.String(),
  name: Type.String(),
  target: Type.Enum(['account', 'system']),
  recipe: RanRecipe,
  is_dry_run: Type.Boolean(),
  state: Type.Enum([...batchStates]),
  job_id: Type.Optional(Type.String({ description: 'While it runs.' })),
  reason: Type.Optional(Type.String({ description: 'Why it stopped.' })),
  counts: Type.Record(Type.Enum([...itemStates]), Type.Integer()),
  created: Type.Integer({ description: 'Gregorian seconds.' }),
  modified: Type.Integer({ description: 'Gregorian seconds.' }),
})

const tag = 'batches'
const access = 'account'
const body = 'envelope'

const exampleRecipe: RecipeInput = {
  name: 'Telephone',
  steps: [
    { kind: 'high_pass', frequency_hz: 120 },
    { kind: 'normalise', metric: 'active_level', ceiling_dbtp: -3 },
    { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 },
  ],
  format: { container: 'wav', encoding: 'pcm_16', sample_rate_hz: 8000, channels: 1 },
}

export const recipes = endpoint('GET', '/studio/recipes', {
  tag,
  access,
  summary: 'Recipes, each in its newest version',
  reply: Type.Array(Recipe),
})
export const createRecipe = endpoint('POST', '/studio/recipes', {
  tag,
  access,
  body,
  status: 201,
  summary: 'A new recipe',
  example: exampleRecipe,
  data: RecipeInput,
  reply: Recipe,
})
export const recipe = endpoint('GET', '/studio/recipes/{recipe_id}', {
  tag,
  access,
  summary: 'A recipe in its newest version, or in another',
  query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
  reply: Recipe,
})
export const changeRecipe = endpoint('PUT', '/studio/recipes/{recipe_id}', {
  tag,
  access,
  body,
  status: 200,
  summary: 'A new version of a recipe',
  example: exampleRecipe,
  data: RecipeInput,
  reply: Recipe,
})
export const deleteRecipe = endpoint('DELETE', '/studio/recipes/{recipe_id}', {
  tag,
  access,
  body,
  summary: 'Remove a recipe; batches keep the version they ran',
  reply: Recipe,
})
export const batches = endpoint('GET', '/studio/batches', {
  tag,
  access,
  summary: 'Batches, newest first',
  reply: Type.Array(Batch),
})
export const startBatch = endpoint('POST', '/studio/batches', {
  tag,
  access,
  body,
  status: 202,
  summary: 'Run a recipe on files; a dry run measures and writes nothing',
  example: {
    recipe: exampleRecipe,
    choice: { language: 'en-us', only_prompts: true },
    dry_run: true,
  },
  query: Target,
  data: Type.Object({
    recipe_id: Type.Optional(Type.String()),
    recipe: Type.Optional(RecipeInput),
    choice: Type.Optional(BatchChoice),
    like: Type.Optional(
      Type.String({
        description:
          'A batch whose recipe, files and levels are taken: so a dry run is run for real.',
      }),
    ),
    dry_run: Type.Optional(Type.Boolean()),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  }),
  reply: Batch,
})
export const batch = endpoint('GET', '/studio/batches/{batch_id}', {
  tag,
  access,
  summary: 'How a batch stands',
  reply: Batch,
})
export const batchItems = endpoint('GET', '/studio/batches/{batch_id}/items', {
  tag,
  access,
  summary: 'The files of a batch, with what they measured before and after',
  reply: Type.Array(BatchItem),
})
export const resumeBatch = endpoint('POST', '/studio/batches/{batch_id}/resume', {
  tag,
  access,
  body,
  status: 202,
  summary: 'Go on with what a stopped batch has not done, or what failed',
  reply: Batch,
})
export const deleteBatch = endpoint('DELETE', '/studio/batches/{batch_id}', {
  tag,
  access,
  body,
  summary: 'Forget a batch that does not run; the files stay as they are',
  reply: Batch,
})
export const batchReport = endpoint('GET', '/studio/batches/{batch_id}/report', {
  tag,
  access,
  produces: ['text/csv', 'text/html'],
  summary: 'The batch as a table for people',
  query: Type.Object({ format: Type.Optional(Type.Enum(['csv', 'html'], { default: 'csv' })) }),
})

/** How a long take is split at its silences. */
export const SplitOptions = Type.Object({
  threshold_dbfs: Type.Number({ minimum: -96, maximum: -6, default: -45 }),
  silence_ms: Type.Number({ minimum: 50, maximum: 60_000, default: 700 }),
  least_take_ms: Type.Number({ minimum: 10, maximum: 60_000, default: 200 }),
  head_ms: Type.Number({ minimum: 0, maximum: 10_000, default: 100 }),
  tail_ms: Type.Number({ minimum: 0, maximum: 10_000, default: 200 }),
})

/** A numbered part of a session, frames [from, to) of its source. */
export const Take = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  from: Type.Integer({ minimum: 0 }),
  to: Type.Integer({ minimum: 1 }),
  peak_dbfs: Type.Number(),
})

/** What became of a take: the result of a split job lists them. */
export const TakeResult = Type.Object({
  prompt_id: Type.String(),
  media_id: Type.String(),
  outcome: Type.Enum(['added', 'replaced', 'failed']),
  reason: Type.Optional(Type.String()),
})
export const SplitResult = Type.Object({
  language: Type.String(),
  takes: Type.Array(TakeResult),
})

export const split = endpoint('POST', '/studio/splits', {
  tag,
  access,
  body,
  summary: 'Takes of a long recording, split at its silences',
  example: { source: exampleSource },
  data: Type.Object({ source: SourceId, options: Type.Optional(SplitOptions) }),
  reply: Type.Array(Take),
})
export const assignTakes = endpoint('POST', '/studio/splits/assign', {
  tag,
  access,
  body,
  status: 202,
  summary: 'Make prompts of takes; the job’s result names them',
  example: {
    source: exampleSource,
    language: 'en-us',
    takes: [{ from: 0, to: 16_000, prompt_id: 'vm-goodbye' }],
  },
  query: Target,
  data: Type.Object({
    source: SourceId,
    language: Type.String({ minLength: 2, maxLength: 35 }),
    takes: Type.Array(
      Type.Object({
        from: Type.Integer({ minimum: 0 }),
        to: Type.Integer({ minimum: 1 }),
        prompt_id: Type.String({ minLength: 1, maxLength: 128 }),
      }),
      { minItems: 1, maxItems: 10_000 },
    ),
    format: Type.Optional(OutputFormat),
  }),
  reply: Type.Object({ job_id: Type.String() }),
})

export type RecipeInput = Static<typeof RecipeInput>
export type Recipe = Static<typeof Recipe>
export type BatchChoice = Static<typeof BatchChoice>
export type RanRecipe = Static<typeof RanRecipe>
export type ItemMeasures = Static<typeof ItemMeasures>
export type BatchItem = Static<typeof BatchItem>
export type Batch = Static<typeof Batch>
export type SplitOptions = Static<typeof SplitOptions>
export type Take = Static<typeof Take>
export type TakeResult = Static<typeof TakeResult>
export type SplitResult = Static<typeof SplitResult>
