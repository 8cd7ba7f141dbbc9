import type { AudioFacts } from '#contract/media'
import type { Reader, Row, Writer } from '../../platform/sqlite/sqlite.ts'

export type FileRole = 'original' | 'normalised'

/** A stored file of a media document. `blob` is its SHA-256. */
export type MediaFile = {
  role: FileRole
  blob: string
  contentType: string
  contentLength: number
  filename: string
  audio: AudioFacts
}

const rowToFile = (row: Row): MediaFile => ({
  role: row.role === 'normalised' ? 'normalised' : 'original',
  blob: String(row.blob),
  contentType: String(row.content_type),
  contentLength: Number(row.content_length),
  filename: String(row.filename),
  audio: JSON.parse(String(row.audio)) as AudioFacts,
})

/** The files in use, or those from before the document was first edited. */
export type FileSet = 'media_files' | 'unedited_files'

const columns = 'role, blob, content_type, content_length, filename, audio'

export const filesOf = (db: Reader, document: number, set: FileSet = 'media_files'): MediaFile[] =>
  db.all(`SELECT ${columns} FROM ${set} WHERE document = ?`, document).map(rowToFile)

/** Every blob the document refers to, in use or kept. */
export const blobsOf = (db: Reader, document: number): string[] =>
  db
    .all(
      `SELECT blob FROM media_files WHERE document = ?
       UNION SELECT blob FROM unedited_files WHERE document = ?`,
      document,
      document,
    )
    .map(({ blob }) => String(blob))

/** Replaces the files in use. */
export const replaceFiles = (db: Writer, document: number, files: readonly MediaFile[]): void => {
  db.run('DELETE FROM media_files WHERE document = ?', document)
  for (const file of files) {
    db.run(
      `INSERT INTO media_files (document, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      document,
      file.role,
      file.blob,
      file.contentType,
      file.contentLength,
      file.filename,
      JSON.stringify(file.audio),
    )
  }
}

/** Keeps the files in use as the unedited ones, unless there are some: only the first edit does that. */
export const keepUnedited = (db: Writer, document: number): boolean =>
  db.run(
    `INSERT INTO unedited_files (document, ${columns})
     SELECT document, ${columns} FROM media_files
     WHERE document = ?1 AND NOT EXISTS (SELECT 1 FROM unedited_files WHERE document = ?1)`,
    document,
  ).changes > 0

export const forgetUnedited = (db: Writer, document: number): void =>
  void db.run('DELETE FROM unedited_files WHERE document = ?', document)

export const isBlobReferenced = (db: Reader, blob: string): boolean =>
  db.get(
    `SELECT 1 FROM media_files WHERE blob = ?1
     UNION ALL SELECT 1 FROM unedited_files WHERE blob = ?1 LIMIT 1`,
    blob,
  ) !== undefined

const live = "account_id = ? AND type = 'media' AND deleted = 0"

/** Media by language; those without one are counted under `missing`. */
export const countByLanguage = (db: Reader, accountId: string): Record<string, number> =>
  Object.fromEntries(
    db
      .all(
        `SELECT coalesce(nullif(language, ''), 'missing') AS key, count(*) AS n
         FROM documents WHERE ${live} GROUP BY 1 ORDER BY 1`,
        accountId,
      )
      .map(({ key, n }) => [String(key), Number(n)]),
  )

export type PromptCount = { promptId: string; count: number }

/** Prompt ids from `from` on, in their order, with how many translations each has. */
export const countByPrompt = (
  db: Reader,
  accountId: string,
  { from, limit }: { from: string; limit: number | undefined },
): PromptCount[] =>
  db
    .all(
      `SELECT prompt_id, count(*) AS n FROM documents
       WHERE ${live} AND prompt_id >= ? AND prompt_id <> ''
       GROUP BY prompt_id ORDER BY prompt_id LIMIT ?`,
      accountId,
      from,
      limit ?? -1,
    )
    .map(({ prompt_id: promptId, n }) => ({ promptId: String(promptId), count: Number(n) }))
