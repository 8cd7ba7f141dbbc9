import type { Reader } from '../../platform/sqlite/sqlite.ts'

/** Id of the account's live device with this SIP user name, whatever its case. */
export const idBySipUsername = (
  db: Reader,
  accountId: string,
  username: string,
): string | undefined => {
  const row = db.get(
    `SELECT id FROM documents WHERE account_id = ? AND type = 'device' AND deleted = 0
     AND lower(body ->> '$.sip.username') = lower(?)`,
    accountId,
    username,
  )
  return row && String(row.id)
}

export const userExists = (db: Reader, accountId: string, id: string): boolean =>
  db.get(
    `SELECT 1 FROM documents WHERE account_id = ? AND type = 'user' AND id = ? AND deleted = 0`,
    accountId,
    id,
  ) !== undefined
