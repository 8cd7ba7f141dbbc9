import type { Step } from '#contract/drafts'
import type { EditList, Operation } from '#contract/edit-list'
import type { Reader, Row, Writer } from '../../platform/sqlite/sqlite.ts'

/** A draft without its steps. Times are Gregorian seconds. */
export type DraftRow = {
  id: string
  accountId: string
  name: string
  target: 'account' | 'system'
  mediaId: string | undefined
  mediaRevision: string | undefined
  /** The file that a save may replace without asking. */
  mediaBlob: string | undefined
  revision: number
  initial: EditList
  position: number
  savedPosition: number | undefined
  created: number
  modified: number
}

/** `seq` is never used twice: it tells a step from one that took its place. */
export type StoredStep = Step & { seq: number }

const optional = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

const rowToDraft = (row: Row): DraftRow => ({
  id: String(row.id),
  accountId: String(row.account_id),
  name: String(row.name),
  target: row.target === 'system' ? 'system' : 'account',
  mediaId: optional(row.media_id),
  mediaRevision: optional(row.media_revision),
  mediaBlob: optional(row.media_blob),
  revision: Number(row.revision),
  initial: JSON.parse(String(row.initial)) as EditList,
  position: Number(row.position),
  savedPosition: row.saved_position === null ? undefined : Number(row.saved_position),
  created: Number(row.created),
  modified: Number(row.modified),
})

export const readDraft = (db: Reader, accountId: string, id: string): DraftRow | undefined => {
  const row = db.get('SELECT * FROM drafts WHERE id = ? AND account_id = ?', id, accountId)
  return row && rowToDraft(row)
}

/** The draft of a media document, of which there is at most one. */
export const draftOf = (
  db: Reader,
  { accountId, target, mediaId }: Pick<DraftRow, 'accountId' | 'target'> & { mediaId: string },
): DraftRow | undefined => {
  const row = db.get(
    'SELECT * FROM drafts WHERE account_id = ? AND target = ? AND media_id = ?',
    accountId,
    target,
    mediaId,
  )
  return row && rowToDraft(row)
}

export const insertDraft = (db: Writer, draft: DraftRow): void => {
  db.run(
    `INSERT INTO drafts (id, account_id, name, target, media_id, media_revision, media_blob,
       revision, initial, position, saved_position, created, modified)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    draft.id,
    draft.accountId,
    draft.name,
    draft.target,
    draft.mediaId ?? null,
    draft.mediaRevision ?? null,
    draft.mediaBlob ?? null,
    draft.revision,
    JSON.stringify(draft.initial),
    draft.position,
    draft.savedPosition ?? null,
    draft.created,
    draft.modified,
  )
  nameSources(db, draft.id, 0, Object.keys(draft.initial.sources))
}

export const deleteDraft = (db: Writer, id: string): void =>
  void db.run('DELETE FROM drafts WHERE id = ?', id)

export type DraftLine = Omit<DraftRow, 'initial'> & { steps: number }

export const listDrafts = (db: Reader, accountId: string): DraftLine[] =>
  db
    .all(
      `SELECT id, account_id, name, target, media_id, media_revision, media_blob, revision,
              '{}' AS initial, position, saved_position, created, modified,
              (SELECT count(*) FROM draft_steps WHERE draft_id = drafts.id) AS steps
       FROM drafts WHERE account_id = ? ORDER BY modified DESC, created DESC, id`,
      accountId,
    )
    .map((row) => ({ ...rowToDraft(row), steps: Number(row.steps) }))

export const readSteps = (db: Reader, draftId: string): StoredStep[] =>
  db
    .all(
      'SELECT seq, operation, label, at FROM draft_steps WHERE draft_id = ? ORDER BY number',
      draftId,
    )
    .map((row) => ({
      seq: Number(row.seq),
      operation: JSON.parse(String(row.operation)) as Operation,
      label: String(row.label),
      at: Number(row.at),
    }))

/**
 * Moves a draft from one revision to the next. False when somebody else has done so already; then
 * nothing may be written.
 */
export const advance = (
  db: Writer,
  { id, revision }: Pick<DraftRow, 'id' | 'revision'>,
  next: { position: number; now: number },
): boolean =>
  db.run(
    `UPDATE drafts SET revision = revision + 1, position = ?, modified = ?
     WHERE id = ? AND revision = ?`,
    next.position,
    next.now,
    id,
    revision,
  ).changes === 1

/** Writes a step behind `position`; the steps that were undone there are gone. Returns its seq. */
export const writeStep = (
  db: Writer,
  draft: { id: string; position: number },
  step: Step & { sources: readonly string[] },
): number => {
  const { id, position } = draft
  db.run('DELETE FROM draft_steps WHERE draft_id = ? AND number > ?', id, position)
  db.run('DELETE FROM draft_sources WHERE draft_id = ? AND number > ?', id, position)
  db.run(
    'UPDATE drafts SET saved_position = NULL WHERE id = ? AND saved_position > ?',
    id,
    position,
  )
  nameSources(db, id, position + 1, step.sources)
  return db.run(
    'INSERT INTO draft_steps (draft_id, number, operation, label, at) VALUES (?, ?, ?, ?, ?)',
    id,
    position + 1,
    JSON.stringify(step.operation),
    step.label,
    step.at,
  ).id
}

const nameSources = (
  db: Writer,
  draftId: string,
  number: number,
  sources: readonly string[],
): void => {
  for (const source of sources) {
    db.run(
      'INSERT OR IGNORE INTO draft_sources (draft_id, number, source) VALUES (?, ?, ?)',
      draftId,
      number,
      source,
    )
  }
}

/** The state with this step as its last (undefined: none) is what the file holds now. */
export const markSaved = (
  db: Writer,
  id: string,
  saved: {
    position: number
    lastSeq: number | undefined
    mediaId: string
    revision: string
    blob: string | undefined
  },
): void => {
  const { position, lastSeq, mediaId, revision, blob } = saved
  db.run(
    `UPDATE drafts SET media_id = ?1, media_revision = ?2, media_blob = ?3, saved_position =
       CASE WHEN ?4 IS NULL
         OR EXISTS (SELECT 1 FROM draft_steps WHERE draft_id = ?6 AND seq = ?4)
       THEN ?5 END
     WHERE id = ?6`,
    mediaId,
    revision,
    blob ?? null,
    lastSeq ?? null,
    position,
    id,
  )
}

/** Whether a draft names the source, at its beginning or in any of its steps. */
const named = 'EXISTS (SELECT 1 FROM draft_sources WHERE source = sources.id)'

export type SourceRow = { id: string; name: string; created: number }

const rowToSource = (row: Row): SourceRow => ({
  id: String(row.id),
  name: String(row.name),
  created: Number(row.created),
})

export const readSource = (db: Reader, accountId: string, id: string): SourceRow | undefined => {
  const row = db.get(
    'SELECT id, name, created FROM sources WHERE account_id = ? AND id = ?',
    accountId,
    id,
  )
  return row && rowToSource(row)
}

/** Keeps the name it has when the account has it already. */
export const writeSource = (
  db: Writer,
  source: { accountId: string; id: string; name: string; now: number },
): void => {
  const { accountId, id, name, now } = source
  db.run(
    `INSERT INTO sources (account_id, id, name, created, used) VALUES (?1, ?2, ?3, ?4, ?4)
     ON CONFLICT DO UPDATE SET used = ?4`,
    accountId,
    id,
    name,
    now,
  )
}

/** Sources that a draft is about to name no more are kept for the clipboard's sake, for a while. */
export const touchSources = (db: Writer, draftId: string, now: number): void =>
  void db.run(
    'UPDATE sources SET used = ? WHERE id IN (SELECT source FROM draft_sources WHERE draft_id = ?)',
    now,
    draftId,
  )

export const isSource = (db: Reader, id: string): boolean =>
  db.get(
    `SELECT 1 FROM sources WHERE id = ?1
     UNION ALL SELECT 1 FROM draft_sources WHERE source = ?1 LIMIT 1`,
    id,
  ) !== undefined

/** Forgets sources no draft names that nobody has used since. Returns them. */
export const forgetSources = (db: Writer, usedBefore: number): string[] => {
  const loose = db
    .all(`SELECT DISTINCT id FROM sources WHERE used < ? AND NOT ${named}`, usedBefore)
    .map(({ id }) => String(id))
  db.run(`DELETE FROM sources WHERE used < ? AND NOT ${named}`, usedBefore)
  return loose
}

/** Forgets one source of one account, unless a draft names it. */
export const forgetSource = (db: Writer, accountId: string, id: string): boolean =>
  db.run(`DELETE FROM sources WHERE account_id = ? AND id = ? AND NOT ${named}`, accountId, id)
    .changes > 0
