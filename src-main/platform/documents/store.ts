import type { Param, Reader, Row, Writer } from '../sqlite/sqlite.ts'
import type { Condition } from './filter.ts'

export type Body = Record<string, unknown>

/** A document as it is kept. Times are Gregorian seconds. */
export type StoredDocument = {
  seq: number
  accountId: string
  type: string
  id: string
  revision: string
  body: Body
  private: Body
  created: number
  modified: number
  deleted: boolean
}

export type Key = { accountId: string; type: string; id: string }

const object = (json: unknown): Body => JSON.parse(String(json)) as Body

const rowToDocument = (row: Row): StoredDocument => ({
  seq: Number(row.seq),
  accountId: String(row.account_id),
  type: String(row.type),
  id: String(row.id),
  revision: String(row.revision),
  body: object(row.body),
  private: object(row.private),
  created: Number(row.created),
  modified: Number(row.modified),
  deleted: Number(row.deleted) === 1,
})

const columns = 'seq, account_id, type, id, revision, body, private, created, modified, deleted'

export const find = (db: Reader, { accountId, type, id }: Key): StoredDocument | undefined => {
  const row = db.get(
    `SELECT ${columns} FROM documents WHERE account_id = ? AND type = ? AND id = ?`,
    accountId,
    type,
    id,
  )
  return row && rowToDocument(row)
}

export type Selection = {
  accountId: string
  type: string
  conditions: readonly Condition[]
  ascending: boolean
  /** First sequence number of the page, inclusive. */
  from: number | undefined
  limit: number | undefined
}

/** Live documents in the order they were created; keyset, so that a late page costs what the first does. */
export const select = (db: Reader, selection: Selection): StoredDocument[] => {
  const { accountId, type, conditions, ascending, from, limit } = selection
  const where = ['account_id = ?', 'type = ?', 'deleted = 0']
  const params: Param[] = [accountId, type]
  for (const condition of conditions) {
    where.push(condition.sql)
    params.push(...condition.params)
  }
  if (from !== undefined) {
    where.push(ascending ? 'seq >= ?' : 'seq <= ?')
    params.push(from)
  }
  params.push(limit ?? -1)
  const sql = `SELECT ${columns} FROM documents WHERE ${where.join(' AND ')}
    ORDER BY seq ${ascending ? 'ASC' : 'DESC'} LIMIT ?`
  return db.all(sql, ...params).map(rowToDocument)
}

export const insert = (db: Writer, document: Omit<StoredDocument, 'seq'>): number =>
  db.run(
    `INSERT INTO documents (account_id, type, id, revision, body, private, created, modified, deleted)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    document.accountId,
    document.type,
    document.id,
    document.revision,
    JSON.stringify(document.body),
    JSON.stringify(document.private),
    document.created,
    document.modified,
    document.deleted ? 1 : 0,
  ).id

export const save = (db: Writer, document: StoredDocument): void => {
  db.run(
    `UPDATE documents SET revision = ?, body = ?, private = ?, created = ?, modified = ?, deleted = ?
     WHERE seq = ?`,
    document.revision,
    JSON.stringify(document.body),
    JSON.stringify(document.private),
    document.created,
    document.modified,
    document.deleted ? 1 : 0,
    document.seq,
  )
}

export const erase = (db: Writer, seq: number): void => {
  db.run('DELETE FROM documents WHERE seq = ?', seq)
}
