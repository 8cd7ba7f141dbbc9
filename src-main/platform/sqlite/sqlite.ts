import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { migrate } from './migrate.ts'

/**
 * The one door to SQLite. WAL with synchronous FULL: what `write` resolved is on disk. Writes that
 * arrive while the event loop is busy share one transaction and thus one fsync (group commit); each
 * runs in its own savepoint, so that a failing one takes nobody else with it.
 */
export type Param = SQLInputValue
export type Row = Record<string, unknown>

/** May look. Store functions that only read ask for this. */
export type Reader = {
  all: (sql: string, ...params: Param[]) => Row[]
  get: (sql: string, ...params: Param[]) => Row | undefined
}

/** May change; only handed out inside a transaction. */
export type Writer = Reader & {
  run: (sql: string, ...params: Param[]) => { changes: number; id: number }
}

export type Database = Reader & {
  /**
   * Runs `work` in a transaction and resolves with its value once it is on disk. A throw rolls back
   * this work only and rejects. `work` must be synchronous.
   */
  write: <T>(work: (db: Writer) => T) => Promise<T>
  /** Commits what waits, then closes. Writes are refused from then on. */
  close: () => Promise<void>
}

export type DatabaseOptions = { path: string; log: Log }

type Pending = {
  work: (db: Writer) => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** Filters make SQL of many lengths: what is kept prepared must not grow with what clients think up. */
const maximumStatements = 200
const SQLITE_FULL = 13
const SQLITE_IOERR = 10

const errcode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined

const asRefusal = (error: unknown): unknown => {
  const code = errcode(error)
  if (code === SQLITE_FULL) return new AppError('insufficient_storage')
  if (code === SQLITE_IOERR) return new AppError('datastore_fault')
  return error
}

const openHandle = (path: string): DatabaseSync => {
  const handle = new DatabaseSync(path, { timeout: 2000 })
  handle.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -65536;
  `)
  return handle
}

const checkIntegrity = (handle: DatabaseSync, path: string) => {
  const [first] = handle.prepare('PRAGMA quick_check(1)').all()
  const verdict = first?.quick_check
  if (verdict !== 'ok') {
    throw new AppError('datastore_fault', {
      message: `the database ${path} is damaged (${String(verdict)}): restore it from a backup, or move it away to start empty`,
    })
  }
}

/** Opens, checks and migrates a database. `:memory:` works and is what tests use. */
export const openDatabase = ({ path, log }: DatabaseOptions): Database => {
  const handle = openHandle(path)
  checkIntegrity(handle, path)
  migrate(handle, log)

  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const made = handle.prepare(sql)
    const [oldest] = statements.keys()
    if (statements.size >= maximumStatements && oldest !== undefined) statements.delete(oldest)
    statements.set(sql, made)
    return made
  }
  const reader: Reader = {
    all: (sql, ...params) => prepared(sql).all(...params),
    get: (sql, ...params) => prepared(sql).get(...params),
  }
  const writer: Writer = {
    ...reader,
    run: (sql, ...params) => {
      const { changes, lastInsertRowid } = prepared(sql).run(...params)
      return { changes: Number(changes), id: Number(lastInsertRowid) }
    },
  }

  let isClosed = false
  let waiting: Pending[] = []
  let scheduled: NodeJS.Immediate | undefined

  const inSavepoint = ({ work }: Pending): { value: unknown } | { error: unknown } => {
    handle.exec('SAVEPOINT work')
    try {
      const value = work(writer)
      handle.exec('RELEASE work')
      return { value }
    } catch (error) {
      // A full disk has already rolled the transaction back: then the savepoint is gone with it.
      if (handle.isTransaction) handle.exec('ROLLBACK TO work; RELEASE work')
      return { error: asRefusal(error) }
    }
  }

  const flush = () => {
    scheduled = undefined
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    try {
      handle.exec('BEGIN IMMEDIATE')
      const outcomes = batch.map(inSavepoint)
      handle.exec('COMMIT')
      outcomes.forEach((outcome, index) => {
        if ('value' in outcome) batch[index]?.resolve(outcome.value)
        else batch[index]?.reject(outcome.error)
      })
    } catch (error) {
      if (handle.isTransaction) handle.exec('ROLLBACK')
      log.error('transaction failed', { error, writes: batch.length })
      for (const { reject } of batch) reject(asRefusal(error))
    }
  }

  return {
    ...reader,
    write: <T>(work: (db: Writer) => T) =>
      new Promise<T>((resolve, reject) => {
        // Work that outlived its request's patience: it was never acknowledged.
        if (isClosed) throw new AppError('datastore_fault', { message: 'Patchbay is closing' })
        waiting.push({ work, resolve: (value) => resolve(value as T), reject })
        scheduled ??= setImmediate(flush)
      }),
    close: () => {
      if (scheduled) clearImmediate(scheduled)
      flush()
      isClosed = true
      statements.clear()
      handle.close()
      return Promise.resolve()
    },
  }
}
