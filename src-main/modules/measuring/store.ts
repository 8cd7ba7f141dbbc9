import type { AudioFacts } from '#contract/media'
import type { Reader } from '../../platform/sqlite/sqlite.ts'

/** The file of a prompt that callers hear. */
export type PackFile = { promptId: string; blob: string; audio: AudioFacts }

/** Playable prompts of one language in one library; 'normalised' sorts before 'original'. */
export const readPack = (db: Reader, accountId: string, language: string): PackFile[] =>
  db
    .all(
      `SELECT d.prompt_id, f.blob, f.audio
       FROM documents d JOIN media_files f ON f.document = d.seq
         AND f.role = (SELECT min(role) FROM media_files
                       WHERE document = d.seq AND role IN ('normalised', 'original'))
       WHERE d.account_id = ? AND d.type = 'media' AND d.deleted = 0
         AND d.prompt_id <> '' AND d.language = ? AND f.audio ->> '$.playable'`,
      accountId,
      language,
    )
    .map((row) => ({
      promptId: String(row.prompt_id),
      blob: String(row.blob),
      audio: JSON.parse(String(row.audio)) as AudioFacts,
    }))
