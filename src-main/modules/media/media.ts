import type { ObjectEvent } from '#contract/events'
import { MediaInput, type MediaDocument } from '#contract/media'
import type { Settings } from '#contract/studio'
import type { Blobs } from '../../platform/blobs/blobs.ts'
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
import {
  newMedia,
  overrideFrom,
  patched,
  privateOf,
  replaced,
  speechOf,
  toMediaDocument,
} from './document.ts'
import { createFileIntake, type Upload } from './file-intake.ts'
import { promptMediaId, safeFileName } from './naming.ts'
import { filesOf, isBlobReferenced, type MediaFile } from './store.ts'

/**
 * The media library: documents and the one file each may have. Every change gets a revision and is
 * announced after it is on disk; nothing refers to a file that is not complete.
 */
export type Media = Catalogue & {
  /** With `media_source: tts` the text is spoken first; a failing engine leaves nothing behind. */
  create: (accountId: string, input: MediaInput, origin: string) => Promise<StoredMedia>
  replace: (change: Change & { input: MediaInput }) => Promise<StoredMedia>
  patch: (change: Change & { patch: Body }) => Promise<StoredMedia>
  /** This file in place of the current one. `mediaSource` defaults to what it was. */
  setFile: (change: Change & { upload: Upload; mediaSource?: MediaSource }) => Promise<StoredMedia>
  /** A prompt's translation with its file, created or replaced in one step. */
  putTranslation: (request: TranslationRequest) => Promise<StoredMedia>
  remove: (change: Change & { hard: boolean }) => Promise<MediaDocument>
  restore: (change: Change) => Promise<StoredMedia>
}

export type MediaSource = MediaInput['media_source']

/** Which document is changed, by which request, and a check of the revision it still has. */
export type Change = {
  accountId: string
  id: string
  origin: string
  check?: (revision: string) => void
}

export type TranslationRequest = {
  accountId: string
  language: string
  promptId: string
  description: string
  upload: Upload
  origin: string
}

export { checkLanguage, checkPromptId, mediaIdFromPath } from './naming.ts'
export type { LibraryEntry, StoredMedia } from './catalogue.ts'
export type { MediaFile, Upload }

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

  const setFile: Media['setFile'] = async ({ upload, mediaSource, ...change }) => {
    current(change)
    const saved = await commit.change(upload, () => {
      const document = current(change)
      const source = mediaSource ?? document.body.media_source
      const body = { ...document.body, media_source: source }
      return { document, content: { body, private: { ...privateOf(document), spoken: undefined } } }
    })
    return announced('doc_edited', saved, change.origin)
  }

  return {
    ...createCatalogue(deps),
    create: async (accountId, input, origin) => {
      const { id = newId(), body } = newMedia(input, settings().default_language)
      const key = { accountId, type, id }
      // Known before anything is spoken; the transaction looks again.
      if (documents.find(key)?.deleted === false) throw new AppError('conflict', { cause: id })
      const { upload, spoken } = await speak(body)
      const known = { content_type_override: overrideFrom(undefined, body.content_type), spoken }
      const document = await commit.insert(key, { body, private: known }, upload)
      return announced('doc_created', document, origin)
    },
    replace: ({ input, ...change }) =>
      rewrite(change, ({ body }) => replaced(body, input, settings().default_language)),
    patch: ({ patch, ...change }) =>
      rewrite(change, ({ body }) => validator.body(MediaInput, patched(body, patch)) as Body),
    setFile,
    putTranslation: async ({ accountId, language, promptId, description, upload, origin }) => {
      const id = promptMediaId(language, promptId)
      const key = { accountId, type, id }
      if (documents.find(key)?.deleted === false) {
        return setFile({ accountId, id, origin, upload, mediaSource: 'upload' })
      }
      const { body } = newMedia(
        validator.body(MediaInput, {
          name: id.slice(0, 128),
          description: description.slice(0, 128),
          language,
          prompt_id: promptId,
        }) as MediaInput,
        language,
      )
      const document = await commit.insert(key, { body, private: {} }, upload)
      return announced('doc_created', document, origin)
    },
    remove: async ({ hard, ...change }) => {
      const { document, files } = await db.write((tx) => {
        const found = current(change)
        const filesBefore = filesOf(tx, found.seq)
        if (hard) documents.hardDelete(tx, found)
        else documents.softDelete(tx, found)
        return { document: { ...found, deleted: true }, files: filesBefore }
      })
      if (hard) await blobs.collect(files.map(({ blob }) => blob))
      announced('doc_deleted', document, change.origin)
      return toMediaDocument(document, files)
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
