import type { ObjectEvent } from '#contract/events'
import { MediaInput, type MediaDocument } from '#contract/media'
import type { Settings } from '#contract/studio'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Change } from '../../platform/documents/collection.ts'
import {
  newId,
  type Body,
  type Documents,
  type StoredDocument,
} from '../../platform/documents/documents.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Log } from '../../platform/log.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import type { Audio } from '../audio/audio.ts'
import type { Speech } from '../speech/speech.ts'
import { createCatalogue, toStoredMedia, type Catalogue, type StoredMedia } from './catalogue.ts'
import { createCommit } from './commit.ts'
import { newMedia, overrideFrom, patched, privateOf, replaced, speechOf } from './document.ts'
import { createFileChanges, type Also, type FileChanges } from './file-changes.ts'
import { createFileIntake, type Upload } from './file-intake.ts'
import { safeFileName } from './naming.ts'
import { blobsOf, isBlobReferenced, type MediaFile } from './store.ts'

/**
 * The media library: documents and the one file each may have. Every change gets a revision and is
 * announced after it is on disk; nothing refers to a file that is not complete.
 */
export type Media = Catalogue &
  FileChanges & {
    /** With `media_source: tts` the text is spoken first; a failing engine leaves nothing behind. */
    create: (
      accountId: string,
      input: MediaInput,
      origin: string,
      file?: { upload: Upload; also?: Also },
    ) => Promise<StoredMedia>
    replace: (change: Change & { input: MediaInput }) => Promise<StoredMedia>
    patch: (change: Change & { patch: Body }) => Promise<StoredMedia>
    remove: (change: Change & { hard: boolean }) => Promise<MediaDocument>
    restore: (change: Change) => Promise<StoredMedia>
  }

export { checkLanguage, checkPromptId, mediaIdFromPath } from './naming.ts'
export type { LibraryEntry, StoredMedia } from './catalogue.ts'
export type { Also } from './file-changes.ts'
export type { Change, MediaFile, Upload }

const type = 'media'

export const createMedia = (deps: {
  db: Database
  documents: Documents
  blobs: Blobs
  audio: Audio
  speech: Speech
  validator: Validator
  settings: () => Settings
  events: Bus<ObjectEvent>
  log: Log
}): Media => {
  const { db, documents, blobs, speech, validator, settings, events } = deps
  blobs.keep((hash) => isBlobReferenced(db, hash))
  const commit = createCommit({ ...deps, intake: createFileIntake(deps) })

  const current = ({ accountId, id, check }: Change): StoredDocument => {
    const document = documents.get({ accountId, type, id })
    check?.(document.revision)
    return document
  }

  const announced = (
    event: ObjectEvent['event'],
    document: StoredDocument,
    origin: string,
  ): StoredMedia => {
    const { id, accountId, revision } = document
    events.emit({ event, type, id, account_id: accountId, rev: revision, origin })
    return toStoredMedia(db, document)
  }

  /** Speaks what the body says unless the current file says exactly that already. */
  const speak = async (body: Body, before?: StoredDocument) => {
    const wanted = speechOf(body)
    const spoken = before && privateOf(before).spoken
    if (!wanted) return { upload: undefined, spoken: undefined }
    const isSame = spoken?.text === wanted.text && spoken.voice === wanted.voice
    if (isSame) return { upload: undefined, spoken }
    const bytes = await speech.speak(wanted.text, wanted.voice)
    const filename = safeFileName(body)
    return { upload: { bytes, contentType: 'audio/x-wav', filename }, spoken: wanted }
  }

  const rewrite = async (change: Change, next: (document: StoredDocument) => Body) => {
    const before = current(change)
    const planned = next(before)
    const { upload, spoken } = await speak(planned, before)
    const saved = await commit.change(upload, () => {
      // What was spoken belongs to the document as it was; else several changes at once all take effect.
      const document = spoken ? before : current(change)
      const body = spoken ? planned : next(document)
      if (!spoken && speechOf(body)) throw new AppError('conflict', { cause: change.id })
      const override = overrideFrom(document, body.content_type)
      const known = { ...privateOf(document), content_type_override: override, spoken }
      return { document, content: { body, private: known } }
    })
    return announced('doc_edited', saved, change.origin)
  }

  return {
    ...createCatalogue(deps),
    ...createFileChanges({ ...deps, commit, current, announced }),
    create: async (accountId, input, origin, file) => {
      const { id = newId(), body } = newMedia(input, settings().default_language)
      const key = { accountId, type, id }
      // Known before anything is spoken; the transaction looks again.
      if (documents.find(key)?.deleted === false) throw new AppError('conflict', { cause: id })
      const { upload, spoken } = file ? { ...file, spoken: undefined } : await speak(body)
      const known = { content_type_override: overrideFrom(undefined, body.content_type), spoken }
      const document = await commit.insert(key, { body, private: known }, upload, file?.also)
      return announced('doc_created', document, origin)
    },
    replace: ({ input, ...change }) =>
      rewrite(change, ({ body }) => replaced(body, input, settings().default_language)),
    patch: ({ patch, ...change }) =>
      rewrite(change, ({ body }) => validator.body(MediaInput, patched(body, patch)) as Body),
    remove: async ({ hard, ...change }) => {
      const { shown, document, former } = await db.write((tx) => {
        const found = current(change)
        const gone = { ...found, deleted: true }
        const before = { shown: toStoredMedia(tx, gone), former: blobsOf(tx, found.seq) }
        if (hard) documents.hardDelete(tx, found)
        else documents.softDelete(tx, found)
        return { ...before, document: gone }
      })
      if (hard) await blobs.collect(former)
      announced('doc_deleted', document, change.origin)
      return shown.document
    },
    restore: async ({ accountId, id, origin }) => {
      const restored = await db.write((tx) => {
        const document = documents.find({ accountId, type, id })
        if (!document) throw new AppError('bad_identifier', { cause: id })
        if (document.deleted) return documents.restore(tx, document)
        throw invalid({ id: { invalid: { message: 'The document is not deleted', cause: id } } })
      })
      return announced('doc_created', restored, origin)
    },
  }
}
