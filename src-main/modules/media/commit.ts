import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Body, Documents, Key, StoredDocument } from '../../platform/documents/documents.ts'
import type { Log } from '../../platform/log.ts'
import type { Database, Writer } from '../../platform/sqlite/sqlite.ts'
import { servedFile, type MediaPrivate } from './document.ts'
import type { FileIntake, TakenFiles, Upload } from './file-intake.ts'
import { filesOf, replaceFiles } from './store.ts'

/**
 * The one way a file gets into the library, whoever brings it: stored and probed first, then referred
 * to by a document whose revision changes with it. What it replaced is removed afterwards.
 */
export type Commit = {
  /** A new document, with its file when it comes with one. */
  insert: (key: Key, content: NewContent, upload: Upload | undefined) => Promise<StoredDocument>
  /**
   * A document as `next` says, read inside the transaction: of several at once the last one wins, whole.
   * Without an upload the file stays.
   */
  change: (upload: Upload | undefined, next: Next) => Promise<StoredDocument>
}

export type NewContent = { body: Body; private: MediaPrivate }

/** What becomes of which document. */
export type Next = () => { document: StoredDocument; content: NewContent }

/** The body with what its file decides. */
const described = ({ body, private: known }: NewContent, taken: TakenFiles): Body => {
  const file = servedFile(taken.files)
  const { normalization_error: _former, ...rest } = body
  return {
    ...rest,
    content_type: known.content_type_override ?? file?.contentType,
    content_length: file?.contentLength,
    ...(taken.normalizationError !== undefined && {
      normalization_error: taken.normalizationError,
    }),
  }
}

export const createCommit = (deps: {
  db: Database
  documents: Documents
  blobs: Blobs
  intake: FileIntake
  log: Log
}): Commit => {
  const { db, documents, blobs, intake, log } = deps

  const collectSoon = (hashes: readonly string[]) => {
    if (hashes.length === 0) return
    blobs.collect(hashes).catch((error: unknown) => log.warn('collecting blobs failed', { error }))
  }

  type Written = { document: StoredDocument; replaced: readonly string[] }

  const withFiles = async (
    upload: Upload | undefined,
    write: (tx: Writer, taken: TakenFiles | undefined) => Written,
  ): Promise<StoredDocument> => {
    const taken = upload && (await intake.take(upload))
    let loose = taken?.files.map(({ blob }) => blob) ?? []
    try {
      const { document, replaced } = await db.write((tx) => write(tx, taken))
      loose = [...replaced]
      return document
    } finally {
      taken?.release()
      collectSoon(loose)
    }
  }

  return {
    insert: (key, content, upload) =>
      withFiles(upload, (tx, taken) => {
        const body = taken ? described(content, taken) : content.body
        // A revived document loses the files it was deleted with.
        const former = documents.find(key)
        const replaced = former ? filesOf(tx, former.seq).map(({ blob }) => blob) : []
        const document = documents.create(tx, key, { ...content, body })
        if (taken) replaceFiles(tx, document.seq, taken.files)
        return { document, replaced }
      }),
    change: (upload, next) =>
      withFiles(upload, (tx, taken) => {
        const { document, content } = next()
        if (taken) {
          const body = described(content, taken)
          const replaced = replaceFiles(tx, document.seq, taken.files)
          return { document: documents.change(tx, document, { ...content, body }), replaced }
        }
        const file = servedFile(filesOf(tx, document.seq))
        const type = content.private.content_type_override ?? file?.contentType
        const body = { ...content.body, content_type: type }
        return { document: documents.change(tx, document, { ...content, body }), replaced: [] }
      }),
  }
}
