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

export const filesOf = (db: Reader, document: number): MediaFile[] =>
  db
    .all(
      `SELECT role, blob, content_type, content_length, filename, audio
       FROM media_files WHERE document = ?`,
      document,
    )
    .map(rowToFile)

/** Replaces every file of the document; returns the blobs it referred to before. */
export const replaceFiles = (
  db: Writer,
  document: number,
  files: readonly MediaFile[],
): string[] => {
  const before = filesOf(db, document).map(({ blob }) => blob)
  db.run('DELETE FROM media_files WHERE document = ?', document)
  for (const file of files) {
    db.run(
      `INSERT INTO media_files (document, role, blob, content_type, content_length, filename, audio)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      document,
      file.role,
      file.blob,
      file.contentType,
      file.contentLength,
      file.filename,
      JSON.stringify(file.audio),
    )
  }
  return before
}

export const isBlobReferenced = (db: Reader, blob: string): boolean =>
  db.get('SELECT 1 FROM media_files WHERE blob = ? LIMIT 1', blob) !== undefined

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
