import type { Reader, Writer } from '../../platform/sqlite/sqlite.ts'

export type TokenRecord = { accountId: string; ownerId: string | undefined }

/** Tokens are kept hashed: whoever reads the database cannot use them. Times are Gregorian seconds. */
export const findToken = (db: Reader, hash: string, now: number): TokenRecord | undefined => {
  const row = db.get(
    'SELECT account_id, owner_id FROM tokens WHERE hash = ? AND expires > ?',
    hash,
    now,
  )
  if (!row) return undefined
  const owner = row.owner_id
  return {
    accountId: String(row.account_id),
    ownerId: typeof owner === 'string' ? owner : undefined,
  }
}

export const insertToken = (
  db: Writer,
  hash: string,
  record: TokenRecord,
  expires: number,
): void => {
  db.run(
    'INSERT INTO tokens (hash, account_id, owner_id, expires) VALUES (?, ?, ?, ?)',
    hash,
    record.accountId,
    record.ownerId ?? null,
    expires,
  )
}

export const dropExpiredTokens = (db: Writer, now: number): void => {
  db.run('DELETE FROM tokens WHERE expires <= ?', now)
}
