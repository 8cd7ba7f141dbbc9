import { randomBytes } from 'node:crypto'
import { gregorianNow, type Clock } from '../clock.ts'
import { AppError, invalid } from '../errors.ts'
import type { Reader, Writer } from '../sqlite/sqlite.ts'
import { filtersOf, type Condition, type Query } from './filter.ts'
import { decodeKey, encodeKey, pageRequestOf } from './page.ts'
import {
  erase,
  find,
  insert,
  save,
  select,
  type Body,
  type Key,
  type StoredDocument,
} from './store.ts'

/**
 * Documents with revisions, soft deletion and Crossbar's lists, for any type. Owns revision and times;
 * what a body may contain is its module's affair. Every change takes the transaction it belongs to.
 */
export type Documents = {
  /** The live document; throws `bad_identifier` when there is none. */
  get: (key: Key) => StoredDocument
  /** Also finds deleted ones. */
  find: (key: Key) => StoredDocument | undefined
  page: (list: ListRequest) => Page
  /** Throws `conflict` when a live document has the id; a deleted one is revived under its old id. */
  create: (db: Writer, key: Key, content: Content) => StoredDocument
  /** Throws `conflict` when `expected` names another revision than the current one. */
  change: (db: Writer, document: StoredDocument, content: Partial<Content>) => StoredDocument
  softDelete: (db: Writer, document: StoredDocument) => StoredDocument
  restore: (db: Writer, document: StoredDocument) => StoredDocument
  hardDelete: (db: Writer, document: StoredDocument) => void
}

export type Content = { body: Body; private: Body }

export type ListRequest = {
  accountId: string
  type: string
  query: Query
  /** Conditions the module adds to the client's filters. */
  also?: readonly Condition[]
}

export type Page = {
  items: StoredDocument[]
  /** Undefined keys: not paginated, or the last page. */
  startKey: string | undefined
  nextStartKey: string | undefined
  paginated: boolean
}

export type { Body, Condition, Key, Query, StoredDocument }

/** What a list's envelope says of a page; undefined when it came whole. */
export const keysOf = ({ paginated, startKey, nextStartKey, items }: Page) =>
  paginated ? { size: items.length, startKey, nextStartKey } : undefined

/** 32 hex digits, the form of every id that nobody chose. */
export const newId = (): string => randomBytes(16).toString('hex')

const nextRevision = (previous: string | undefined): string =>
  `${Number.parseInt(previous ?? '0', 10) + 1}-${newId()}`

const startOf = (
  db: Reader,
  list: ListRequest,
  startKey: string | undefined,
): number | undefined => {
  if (startKey === undefined || startKey === '') return undefined
  const seq = decodeKey(startKey) ?? find(db, { ...list, id: startKey })?.seq
  if (seq !== undefined) return seq
  throw invalid({
    start_key: {
      invalid: {
        message:
          'start_key is neither a next_start_key of this list nor the id of one of its documents',
        cause: startKey,
      },
    },
  })
}

export const createDocuments = ({ db, clock }: { db: Reader; clock: Clock }): Documents => {
  const saved = (tx: Writer, document: StoredDocument, change: Partial<StoredDocument>) => {
    const current = find(tx, document)
    if (current?.revision !== document.revision) {
      throw new AppError('conflict', { cause: document.id })
    }
    const next: StoredDocument = {
      ...document,
      ...change,
      revision: nextRevision(document.revision),
      modified: gregorianNow(clock),
    }
    save(tx, next)
    return next
  }

  return {
    get: (key) => {
      const document = find(db, key)
      if (!document || document.deleted) throw new AppError('bad_identifier', { cause: key.id })
      return document
    },
    find: (key) => find(db, key),
    page: (list) => {
      const { size, startKey, ascending } = pageRequestOf(list.query)
      const documents = select(db, {
        accountId: list.accountId,
        type: list.type,
        conditions: [...(list.also ?? []), ...filtersOf(list.query)],
        ascending,
        from: startOf(db, list, startKey),
        limit: size === undefined ? undefined : size + 1,
      })
      const next = size === undefined ? undefined : documents[size]
      return {
        items: next ? documents.slice(0, -1) : documents,
        startKey,
        nextStartKey: next && encodeKey(next.seq),
        paginated: size !== undefined,
      }
    },
    create: (tx, key, content) => {
      const former = find(tx, key)
      if (former && !former.deleted) throw new AppError('conflict', { cause: key.id })
      const now = gregorianNow(clock)
      if (former) {
        // A new row, so that the revived document is the newest of its list.
        erase(tx, former.seq)
      }
      const document = {
        ...key,
        ...content,
        revision: nextRevision(former?.revision),
        created: now,
        modified: now,
        deleted: false,
      }
      return { ...document, seq: insert(tx, document) }
    },
    change: (tx, document, content) => saved(tx, document, content),
    softDelete: (tx, document) => saved(tx, document, { deleted: true }),
    restore: (tx, document) => saved(tx, document, { deleted: false }),
    hardDelete: (tx, document) => erase(tx, document.seq),
  }
}
