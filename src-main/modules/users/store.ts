import type { Reader } from '../../platform/sqlite/sqlite.ts'

const live = "account_id = ? AND type = 'user' AND deleted = 0"

/** Whether another live user of the account has the name, whatever its case. */
export const isUsernameTaken = (
  db: Reader,
  user: { accountId: string; id: string; username: string },
): boolean =>
  db.get(
    `SELECT 1 FROM documents WHERE ${live} AND id <> ? AND lower(body ->> '$.username') = lower(?)`,
    user.accountId,
    user.id,
    user.username,
  ) !== undefined

/** Whether somebody else could still log in and administer the account. */
export const hasOtherAdministrator = (db: Reader, accountId: string, id: string): boolean =>
  db.get(
    `SELECT 1 FROM documents WHERE ${live} AND id <> ? AND body ->> '$.priv_level' = 'admin'
     AND coalesce(json_extract(body, '$.enabled'), 1) = 1 AND json_type(private, '$.md5') = 'text'`,
    accountId,
    id,
  ) !== undefined
