import type { BatchChoice, BatchItem, RanRecipe, Recipe, RecipeInput } from '#contract/batches'
import type { Param, Reader, Row, Writer } from '../../platform/sqlite/sqlite.ts'

const rowToRecipe = (row: Row): Recipe => ({
  id: String(row.id),
  version: Number(row.version),
  modified: Number(row.modified),
  ...(JSON.parse(String(row.recipe)) as RecipeInput),
})

const recipeColumns = 'r.id, v.version, v.recipe, v.modified'
const newest = '(SELECT max(version) FROM recipe_versions WHERE recipe_id = r.id)'

export const listRecipes = (db: Reader, accountId: string): Recipe[] =>
  db
    .all(
      `SELECT ${recipeColumns} FROM recipes r
       JOIN recipe_versions v ON v.recipe_id = r.id AND v.version = ${newest}
       WHERE r.account_id = ? ORDER BY r.name`,
      accountId,
    )
    .map(rowToRecipe)

export const findRecipe = (
  db: Reader,
  accountId: string,
  id: string,
  version?: number,
): Recipe | undefined => {
  const row = db.get(
    `SELECT ${recipeColumns} FROM recipes r
     JOIN recipe_versions v ON v.recipe_id = r.id AND v.version = coalesce(?, ${newest})
     WHERE r.account_id = ? AND r.id = ?`,
    version ?? null,
    accountId,
    id,
  )
  return row && rowToRecipe(row)
}

/** Another recipe of the account that has this name. */
export const isNameTaken = (db: Reader, accountId: string, name: string, id: string): boolean =>
  db.get(
    'SELECT 1 FROM recipes WHERE account_id = ? AND name = ? AND id <> ?',
    accountId,
    name,
    id,
  ) !== undefined

/** Writes a version, and the recipe with its first one. */
export const saveRecipe = (db: Writer, accountId: string, recipe: Recipe): void => {
  const { id, version, modified, ...input } = recipe
  db.run(
    `INSERT INTO recipes (id, account_id, name) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
    id,
    accountId,
    input.name,
  )
  db.run(
    'INSERT INTO recipe_versions (recipe_id, version, recipe, modified) VALUES (?, ?, ?, ?)',
    id,
    version,
    JSON.stringify(input),
    modified,
  )
}

export const eraseRecipe = (db: Writer, id: string): void => {
  db.run('DELETE FROM recipes WHERE id = ?', id)
}

/** A file that was chosen. */
export type Chosen = { mediaId: string; name: string; language: string }

const rowToChosen = (row: Row): Chosen => ({
  mediaId: String(row.id),
  name: String(row.name),
  language: String(row.language),
})

/** Media of a library that have a file and fit the choice, prompts first, in the order of their ids. */
export const choose = (db: Reader, library: string, choice: BatchChoice): Chosen[] => {
  const conditions: [boolean, string, Param[]][] = [
    [choice.language !== undefined, 'd.language = lower(?)', [choice.language ?? '']],
    [
      choice.area !== undefined,
      "(d.prompt_id = ? OR substr(d.prompt_id, 1, length(?) + 1) = ? || '-')",
      [choice.area ?? '', choice.area ?? '', choice.area ?? ''],
    ],
    [choice.only_prompts === true, "coalesce(d.prompt_id, '') <> ''", []],
    [
      choice.media_ids !== undefined,
      'd.id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(choice.media_ids ?? [])],
    ],
  ]
  const wanted = conditions.filter(([isWanted]) => isWanted)
  return db
    .all(
      `SELECT d.id, coalesce(nullif(d.prompt_id, ''), d.name, d.id) AS name,
              coalesce(d.language, '') AS language
       FROM documents d
       WHERE d.account_id = ? AND d.type = 'media' AND d.deleted = 0
         AND EXISTS (SELECT 1 FROM media_files f WHERE f.document = d.seq)
         ${wanted.map(([, sql]) => `AND ${sql}`).join(' ')}
       ORDER BY coalesce(d.prompt_id, '') = '', d.language, d.id`,
      library,
      ...wanted.flatMap(([, , params]) => params),
    )
    .map(rowToChosen)
}

/** Level by `LANGUAGE METRIC`. */
export type Levels = Record<string, number>

export type StoredBatch = {
  seq: number
  id: string
  accountId: string
  library: string
  name: string
  recipe: RanRecipe
  recipeKey: string
  isDryRun: boolean
  levels: Levels
  created: number
  modified: number
}

const rowToBatch = (row: Row): StoredBatch => ({
  seq: Number(row.seq),
  id: String(row.id),
  accountId: String(row.account_id),
  library: String(row.library),
  name: String(row.name),
  recipe: JSON.parse(String(row.recipe)) as RanRecipe,
  recipeKey: String(row.recipe_key),
  isDryRun: row.is_dry_run === 1,
  levels: JSON.parse(String(row.levels)) as Levels,
  created: Number(row.created),
  modified: Number(row.modified),
})

export const listBatches = (db: Reader, accountId: string): StoredBatch[] =>
  db.all('SELECT * FROM batches WHERE account_id = ? ORDER BY seq DESC', accountId).map(rowToBatch)

export const findBatch = (db: Reader, accountId: string, id: string): StoredBatch | undefined => {
  const row = db.get('SELECT * FROM batches WHERE account_id = ? AND id = ?', accountId, id)
  return row && rowToBatch(row)
}

export const insertBatch = (
  db: Writer,
  batch: Omit<StoredBatch, 'seq'>,
  chosen: readonly Chosen[],
): StoredBatch => {
  const { id: seq } = db.run(
    `INSERT INTO batches
       (id, account_id, library, name, recipe, recipe_key, is_dry_run, levels, created, modified)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    batch.id,
    batch.accountId,
    batch.library,
    batch.name,
    JSON.stringify(batch.recipe),
    batch.recipeKey,
    batch.isDryRun ? 1 : 0,
    JSON.stringify(batch.levels),
    batch.created,
    batch.modified,
  )
  chosen.forEach(({ mediaId, name, language }, position) => {
    db.run(
      `INSERT INTO batch_items (batch, position, media_id, name, language, state, outcome)
       VALUES (?, ?, ?, ?, ?, 'waiting', '{}')`,
      seq,
      position,
      mediaId,
      name,
      language,
    )
  })
  return { ...batch, seq }
}

export const eraseBatch = (db: Writer, seq: number): void => {
  db.run('DELETE FROM batches WHERE seq = ?', seq)
}

export const saveLevels = (db: Writer, seq: number, levels: Levels): void => {
  db.run('UPDATE batches SET levels = ? WHERE seq = ?', JSON.stringify(levels), seq)
}

export type StoredState = Exclude<BatchItem['state'], 'running'>
/** What a finished item tells, beside its state. */
export type Outcome = Omit<BatchItem, 'media_id' | 'name' | 'language' | 'state'>

export type StoredItem = Chosen & {
  position: number
  state: StoredState
  outcome: Outcome
}

const rowToItem = (row: Row): StoredItem => ({
  position: Number(row.position),
  mediaId: String(row.media_id),
  name: String(row.name),
  language: String(row.language),
  state: String(row.state) as StoredState,
  outcome: JSON.parse(String(row.outcome)) as Outcome,
})

export const itemsOf = (db: Reader, seq: number): StoredItem[] =>
  db.all('SELECT * FROM batch_items WHERE batch = ? ORDER BY position', seq).map(rowToItem)

export const waitingItems = (db: Reader, seq: number): StoredItem[] =>
  db
    .all("SELECT * FROM batch_items WHERE batch = ? AND state = 'waiting' ORDER BY position", seq)
    .map(rowToItem)

export const countItems = (db: Reader, seq: number): Partial<Record<StoredState, number>> =>
  Object.fromEntries(
    db
      .all('SELECT state, count(*) AS n FROM batch_items WHERE batch = ? GROUP BY state', seq)
      .map(({ state, n }) => [String(state), Number(n)]),
  )

/** Which item of which batch. */
export type ItemKey = { seq: number; position: number }

/** How an item ended. `result` is the blob its file became. */
export type ItemEnd = {
  state: Exclude<StoredState, 'waiting'>
  outcome: Outcome
  result?: string | undefined
}

export const finishItem = (
  db: Writer,
  { seq, position }: ItemKey,
  end: ItemEnd & { now: number },
): void => {
  db.run(
    'UPDATE batch_items SET state = ?, outcome = ?, result = ? WHERE batch = ? AND position = ?',
    end.state,
    JSON.stringify(end.outcome),
    end.result ?? null,
    seq,
    position,
  )
  db.run('UPDATE batches SET modified = ? WHERE seq = ?', end.now, seq)
}

/** What failed is waiting again. */
export const retryFailed = (db: Writer, seq: number): void => {
  db.run(
    "UPDATE batch_items SET state = 'waiting', outcome = '{}' WHERE batch = ? AND state = 'failed'",
    seq,
  )
}

/** Whether the same steps made this very file of this document before. */
export const wasMadeBy = (
  db: Reader,
  made: { library: string; mediaId: string; recipeKey: string; blob: string },
): boolean =>
  db.get(
    `SELECT 1 FROM batch_items i JOIN batches b ON b.seq = i.batch
     WHERE i.result = ? AND i.state = 'done' AND i.media_id = ? AND b.library = ? AND b.recipe_key = ?
       AND b.is_dry_run = 0`,
    made.blob,
    made.mediaId,
    made.library,
    made.recipeKey,
  ) !== undefined
