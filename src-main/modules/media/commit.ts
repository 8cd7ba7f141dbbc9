import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Body, Documents, Key, StoredDocument } from '../../platform/documents/documents.ts'
import { invalid } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Database, Writer } from '../../platform/sqlite/sqlite.ts'
import { servedFile, type MediaPrivate } from './document.ts'
import type { FileIntake, TakenFiles, Upload } from './file-intake.ts'
import { blobsOf, filesOf, forgetUnedited, keepUnedited, replaceFiles } from './store.ts'

/**
 * The one way a file gets into the library, whoever brings it: stored and probed first, then referred
 * to by a document whose revision changes with it. What it replaced is removed afterwards.
 */
export type Commit = {
  /** A new document, with its file when it comes with one. */
  insert: (key: Key, content: NewContent, upload?: Upload, also?: Also) => Promise<StoredDocument>
  /**
   * A document as `next` says, read inside the transaction: of several at once the last one wins, whole.
   * Without an upload the file stays.
   */
  change: (upload: Upload | undefined, next: Next) => Promise<StoredDocument>
  /** The same for an edited file: what was there before the first edit is kept. */
  edit: (upload: Upload, next: Next) => Promise<StoredDocument>
  /** The files from before the first edit again. Throws a validation error when there are none. */
  revert: (next: Next) => Promise<StoredDocument>
}

export type NewContent = { body: Body; private: MediaPrivate }

/** What becomes of which document, and what is to be written with it. */
export type Next = () => {
  document: StoredDocument
  content: NewContent
  also?: Also | undefined
}

type Also = (tx: Writer, saved: StoredDocument) => void

/** The body with what its file decides. */
const described = (
  { body, private: known }: NewContent,
  taken: Pick<TakenFiles, 'files' | 'normalizationError'>,
): Body => {
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

const errorOf = ({ body }: StoredDocument): string | undefined =>
  typeof body.normalization_error === 'string' ? body.normalization_error : undefined

const neverEdited = (id: string) =>
  invalid({
    id: { invalid: { message: 'Nothing to go back to: the file was not edited', cause: id } },
  })

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

  type Written = { document: StoredDocument; former: readonly string[] }

  const withFiles = async <T extends Upload | undefined>(
    upload: T,
    write: (tx: Writer, taken: TakenFiles | (T & undefined)) => Written,
  ): Promise<StoredDocument> => {
    const taken = (upload && (await intake.take(upload))) as TakenFiles | (T & undefined)
    let loose: readonly string[] = taken?.files.map(({ blob }) => blob) ?? []
    try {
      const { document, former } = await db.write((tx) => write(tx, taken))
      loose = former
      return document
    } finally {
      taken?.release()
      collectSoon(loose)
    }
  }

  /** Stores the document as `next` wants it with what its files decide. */
  const saved = (
    tx: Writer,
    { document, also }: ReturnType<Next>,
    content: NewContent,
  ): StoredDocument => {
    const changed = documents.change(tx, document, content)
    also?.(tx, changed)
    return changed
  }

  return {
    insert: (key, content, upload, also) =>
      withFiles(upload, (tx, taken) => {
        const body = taken ? described(content, taken) : content.body
        // A revived document loses the files it was deleted with.
        const earlier = documents.find(key)
        const former = earlier ? blobsOf(tx, earlier.seq) : []
        const document = documents.create(tx, key, { ...content, body })
        if (taken) replaceFiles(tx, document.seq, taken.files)
        also?.(tx, document)
        return { document, former }
      }),
    change: (upload, next) =>
      withFiles(upload, (tx, taken) => {
        const wanted = next()
        const { document, content } = wanted
        if (taken) {
          const former = blobsOf(tx, document.seq)
          replaceFiles(tx, document.seq, taken.files)
          forgetUnedited(tx, document.seq)
          const known = { ...content.private, unedited_error: undefined }
          const body = described(content, taken)
          return { document: saved(tx, wanted, { private: known, body }), former }
        }
        const file = servedFile(filesOf(tx, document.seq))
        const type = content.private.content_type_override ?? file?.contentType
        const body = { ...content.body, content_type: type }
        return { document: saved(tx, wanted, { ...content, body }), former: [] }
      }),
    edit: (upload, next) =>
      withFiles(upload, (tx, taken) => {
        const wanted = next()
        const { document, content } = wanted
        const former = blobsOf(tx, document.seq)
        const isFirst = keepUnedited(tx, document.seq)
        replaceFiles(tx, document.seq, taken.files)
        const known = { ...content.private, ...(isFirst && { unedited_error: errorOf(document) }) }
        const body = described(content, taken)
        return { document: saved(tx, wanted, { private: known, body }), former }
      }),
    revert: (next) =>
      withFiles(undefined, (tx) => {
        const wanted = next()
        const { document, content } = wanted
        const files = filesOf(tx, document.seq, 'unedited_files')
        if (files.length === 0) throw neverEdited(document.id)
        const former = blobsOf(tx, document.seq)
        replaceFiles(tx, document.seq, files)
        forgetUnedited(tx, document.seq)
        const { unedited_error: normalizationError, ...known } = content.private
        const body = described(content, { files, normalizationError })
        return { document: saved(tx, wanted, { private: known, body }), former }
      }),
  }
}
