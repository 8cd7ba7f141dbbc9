import type { Reader, Row, Writer } from '../../platform/sqlite/sqlite.ts'
import type { ScriptLine } from './script-file.ts'

/** Languages a library has scripts in; '' is the list beside the language folders. */
export const scriptLanguages = (db: Reader, accountId: string): string[] =>
  db
    .all('SELECT DISTINCT language FROM script_lines WHERE account_id = ?', accountId)
    .map(({ language }) => String(language))

export const readScripts = (db: Reader, accountId: string, language: string): ScriptLine[] =>
  db
    .all(
      'SELECT prompt_id, line FROM script_lines WHERE account_id = ? AND language = ? ORDER BY position',
      accountId,
      language,
    )
    .map(rowToLine)

export const writeScripts = (
  db: Writer,
  accountId: string,
  language: string,
  lines: readonly ScriptLine[],
): void => {
  db.run('DELETE FROM script_lines WHERE account_id = ? AND language = ?', accountId, language)
  lines.forEach(({ promptId, line }, position) => {
    db.run(
      'INSERT INTO script_lines (account_id, language, position, prompt_id, line) VALUES (?, ?, ?, ?, ?)',
      accountId,
      language,
      position,
      promptId ?? null,
      line,
    )
  })
}

const rowToLine = ({ prompt_id: promptId, line }: Row): ScriptLine => ({
  promptId: typeof promptId === 'string' ? promptId : undefined,
  line: String(line),
})

/** The lines of one prompt in every language, first lines first. */
export const readScriptsOf = (
  db: Reader,
  accountId: string,
  promptId: string,
): { language: string; script: ScriptLine }[] =>
  db
    .all(
      `SELECT language, prompt_id, line FROM script_lines
       WHERE account_id = ? AND prompt_id = ? ORDER BY language, position`,
      accountId,
      promptId,
    )
    .map((row) => ({ language: String(row.language), script: rowToLine(row) }))

/** One translation as the matrix shows it. */
export type TranslationRow = {
  promptId: string
  language: string
  source: string
  normalizationError: string | undefined
  hasFile: boolean
  isPlayable: boolean
  durationMs: number | undefined
  shape: string | undefined
}

const optional = <T>(value: unknown, as: (value: unknown) => T): T | undefined =>
  value === null || value === undefined ? undefined : as(value)

const rowToTranslation = (row: Row): TranslationRow => ({
  promptId: String(row.prompt_id),
  language: String(row.language),
  source: String(row.source),
  normalizationError: optional(row.problem, String),
  hasFile: row.audio_known !== null,
  isPlayable: Number(row.playable ?? 0) === 1,
  durationMs: optional(row.duration_ms, Number),
  shape: optional(row.shape, String),
})

/** Translations of an account, of one prompt or of all; 'normalised' sorts before 'original'. */
export const readTranslations = (
  db: Reader,
  accountId: string,
  promptId?: string,
): TranslationRow[] =>
  db
    .all(
      `SELECT d.prompt_id, coalesce(d.language, '') AS language, d.body ->> '$.media_source' AS source,
              d.body ->> '$.normalization_error' AS problem, f.role AS audio_known,
              f.audio ->> '$.playable' AS playable, f.audio ->> '$.duration_ms' AS duration_ms,
              f.audio ->> '$.shape' AS shape
       FROM documents d
       LEFT JOIN media_files f ON f.document = d.seq
         AND f.role = (SELECT min(role) FROM media_files WHERE document = d.seq)
       WHERE d.account_id = ? AND d.type = 'media' AND d.deleted = 0
         AND d.prompt_id ${promptId === undefined ? "<> ''" : '= ?'}`,
      accountId,
      ...(promptId === undefined ? [] : [promptId]),
    )
    .map(rowToTranslation)

export type ExportRow = {
  promptId: string
  language: string
  blob: string
  filename: string
  container: string
}

/** Translations with a file, as uploaded, in the order of a pack. */
export const readOriginals = (db: Reader, accountId: string): ExportRow[] =>
  db
    .all(
      `SELECT d.prompt_id, d.language, f.blob, f.filename, f.audio ->> '$.container' AS container
       FROM documents d JOIN media_files f ON f.document = d.seq AND f.role = 'original'
       WHERE d.account_id = ? AND d.type = 'media' AND d.deleted = 0 AND d.prompt_id <> ''
       ORDER BY d.language, d.prompt_id`,
      accountId,
    )
    .map((row) => ({
      promptId: String(row.prompt_id),
      language: String(row.language),
      blob: String(row.blob),
      filename: String(row.filename),
      container: String(row.container),
    }))

/** Blob of a translation's original, when it has one. */
export const originalBlob = (
  db: Reader,
  accountId: string,
  mediaId: string,
): string | undefined => {
  const row = db.get(
    `SELECT f.blob FROM documents d JOIN media_files f ON f.document = d.seq AND f.role = 'original'
     WHERE d.account_id = ? AND d.type = 'media' AND d.deleted = 0 AND d.id = ?`,
    accountId,
    mediaId,
  )
  return row && String(row.blob)
}
