import type { ObjectEvent } from '#contract/events'
import type { TSchema } from 'typebox'
import type { Bus } from '../events/bus.ts'
import type { Validator } from '../http/validate.ts'
import type { Database, Reader } from '../sqlite/sqlite.ts'
import {
  newId,
  type Body,
  type Content,
  type Documents,
  type Page,
  type Query,
  type StoredDocument,
} from './documents.ts'
import { merge } from './merge.ts'

/**
 * A Crossbar collection of documents that are nothing but documents: list, create, replace, merge and
 * delete, each change with a revision and announced once it is on disk. Several changes at once all
 * take effect, one after the other.
 */
export type Collection = {
  page: (accountId: string, query: Query) => Page
  /** Throws `bad_identifier` when there is none. */
  get: (accountId: string, id: string) => StoredDocument
  create: (accountId: string, input: Body, origin: string) => Promise<StoredDocument>
  replace: (change: Change & { input: Body }) => Promise<StoredDocument>
  /** The merged document is validated as a whole. */
  patch: (change: Change & { patch: Body }) => Promise<StoredDocument>
  /** The document as it was, marked as deleted. */
  remove: (change: Change & { hard: boolean }) => Promise<StoredDocument>
}

/** Which document is changed, by which request, and a check of the revision it still has. */
export type Change = {
  accountId: string
  id: string
  origin: string
  check?: (revision: string) => void
}

/** What one kind of document demands beyond its schema. */
export type Rules = {
  type: ObjectEvent['type']
  schema: TSchema
  /** What is stored of a body; may take its time. `before` is the document it replaces. */
  content: (body: Body, before: StoredDocument | undefined) => Content | Promise<Content>
  /** Throws when the document may not stand beside the others. Runs in the transaction that writes it. */
  check: (db: Reader, candidate: Candidate) => void
  /** Throws when the document may not go. Runs in the transaction that deletes it. */
  checkRemoval?: (db: Reader, document: StoredDocument) => void
}

export type Candidate = {
  accountId: string
  id: string
  body: Body
  before: StoredDocument | undefined
}

export const createCollection = (
  deps: { db: Database; documents: Documents; validator: Validator; events: Bus<ObjectEvent> },
  rules: Rules,
): Collection => {
  const { db, documents, validator, events } = deps
  const { type } = rules

  const current = ({ accountId, id, check }: Change): StoredDocument => {
    const document = documents.get({ accountId, type, id })
    check?.(document.revision)
    return document
  }

  const announced = (event: ObjectEvent['event'], document: StoredDocument, origin: string) => {
    const { accountId, id, revision } = document
    events.emit({ event, type, id, account_id: accountId, rev: revision, origin })
    return document
  }

  const rewrite = async (change: Change, next: (body: Body) => Body): Promise<StoredDocument> => {
    for (;;) {
      const before = current(change)
      const content = await rules.content(next(before.body), before)
      const saved = await db.write((tx) => {
        // Somebody was faster: what they wrote is what this change now goes on from.
        if (current(change).revision !== before.revision) return undefined
        rules.check(tx, { ...change, body: content.body, before })
        return documents.change(tx, before, content)
      })
      if (saved) return announced('doc_edited', saved, change.origin)
    }
  }

  return {
    page: (accountId, query) => documents.page({ accountId, type, query }),
    get: (accountId, id) => documents.get({ accountId, type, id }),
    create: async (accountId, input, origin) => {
      const key = { accountId, type, id: newId() }
      const content = await rules.content(withoutId(input), undefined)
      const made = await db.write((tx) => {
        rules.check(tx, { ...key, body: content.body, before: undefined })
        return documents.create(tx, key, content)
      })
      return announced('doc_created', made, origin)
    },
    replace: ({ input, ...change }) => rewrite(change, () => withoutId(input)),
    patch: ({ patch, ...change }) =>
      rewrite(
        change,
        (body) => validator.body(rules.schema, withoutId(merge(body, patch) as Body)) as Body,
      ),
    remove: async ({ hard, ...change }) => {
      const gone = await db.write((tx) => {
        const document = current(change)
        rules.checkRemoval?.(tx, document)
        if (!hard) return documents.softDelete(tx, document)
        documents.hardDelete(tx, document)
        return { ...document, deleted: true }
      })
      return announced('doc_deleted', gone, change.origin)
    },
  }
}

/** Ids are given, never taken. */
const withoutId = ({ id: _id, ...body }: Body): Body => body
