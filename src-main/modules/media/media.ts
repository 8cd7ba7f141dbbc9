import { MediaInput, type MediaDocument, type MediaSummary } from '#contract/media'
import type { ObjectEvent } from '#contract/events'
import type { Settings } from '#contract/studio'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import {
  newId,
  type Body,
  type Condition,
  type Documents,
  type Page,
  type Query,
  type StoredDocument,
} from '../../platform/documents/documents.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Log } from '../../platform/log.ts'
import type { Database, Writer } from '../../platform/sqlite/sqlite.ts'
import type { Audio } from '../audio/audio.ts'
import type { Speech } from '../speech/speech.ts'
import {
  isPrompt,
  newMedia,
  overrideFrom,
  patched,
  privateOf,
  replaced,
  servedFile,
  speechOf,
  toMediaDocument,
  toMediaSummary,
  type MediaPrivate,
} from './document.ts'
import { createFileIntake, type TakenFiles, type Upload } from './file-intake.ts'
import { promptMediaId } from './naming.ts'
import {
  countByLanguage,
  countByPrompt,
  filesOf,
  isBlobReferenced,
  replaceFiles,
  type FileRole,
  type MediaFile,
} from './store.ts'

/**
 * The media library: documents and the one file each may have. Owns the commit step that every file
 * takes into the library, whoever brings it: stored and probed first, then referred to by a document
 * whose revision changes with it, then announced. Nothing refers to a file that is not complete.
 */
export type Media = {
  list: (accountId: string, query: Query) => { page: Page; items: MediaSummary[] }
  /** Documents that are no prompts, with their files: what the library shows. */
  library: (accountId: string, query: Query) => { page: Page; items: LibraryEntry[] }
  languages: (accountId: string) => Record<string, number>
  byLanguage: (accountId: string, language: string, query: Query) => Page
  promptCounts: (
    accountId: string,
    range: { from: string; limit: number | undefined },
  ) => { promptId: string; count: number }[]
  translations: (accountId: string, promptId: string, query: Query) => Page
  get: (accountId: string, id: string) => StoredMedia
  /** The file with this role, or the one callers hear; undefined when there is none. */
  file: (accountId: string, id: string, role?: FileRole) => MediaFile | undefined
  /** With `media_source: tts` the text is spoken first; a failing engine leaves nothing behind. */
  create: (accountId: string, input: MediaInput, origin: string) => Promise<StoredMedia>
  replace: (change: Change & { input: MediaInput }) => Promise<StoredMedia>
  patch: (change: Change & { patch: Body }) => Promise<StoredMedia>
  /** The commit step: this file in place of the current one. `mediaSource` defaults to what it was. */
  setFile: (change: Change & { upload: Upload; mediaSource?: MediaSource }) => Promise<StoredMedia>
  /** A prompt's translation with its file, created or replaced in one step. */
  putTranslation: (request: TranslationRequest) => Promise<StoredMedia>
  remove: (change: Change & { hard: boolean }) => Promise<MediaDocument>
  restore: (change: Change) => Promise<StoredMedia>
  /** Removes blobs that no document refers to. */
  collect: () => Promise<number>
}

export { mediaIdFromPath } from './naming.ts'
export type { MediaFile }

export type MediaSource = MediaInput['media_source']

/** Which document is changed, by which request, and which revision it must still have. */
export type Change = {
  accountId: string
  id: string
  origin: string
  check?: (revision: string) => void
}

export type StoredMedia = { document: MediaDocument; revision: string }

export type LibraryEntry = { stored: StoredDocument; file: MediaFile | undefined }

export type TranslationRequest = {
  accountId: string
  language: string
  promptId: string
  description: string
  upload: Upload
  origin: string
}

export type MediaDeps = {
  db: Database
  documents: Documents
  blobs: Blobs
  audio: Audio
  speech: Speech
  validator: Validator
  settings: () => Settings
  events: Bus<ObjectEvent>
  log: Log
}

const type = 'media'
const noPrompt: Condition = { sql: "coalesce(prompt_id, '') = ''", params: [] }

export const createMedia = (deps: MediaDeps): Media => {
  const { db, documents, blobs, speech, validator, settings, events, log } = deps
  const intake = createFileIntake(deps)

  const view = (document: StoredDocument): StoredMedia => ({
    document: toMediaDocument(document, filesOf(db, document.seq)),
    revision: document.revision,
  })

  const announce = (event: ObjectEvent['event'], document: StoredDocument, origin: string) => {
    const { id, accountId, revision } = document
    events.emit({ event, type, id, account_id: accountId, rev: revision, origin })
  }

  const collectLater = (hashes: readonly string[]) => {
    if (hashes.length === 0) return
    blobs
      .collect((hash) => isBlobReferenced(db, hash), hashes)
      .catch((error: unknown) => log.warn('collecting blobs failed', { error }))
  }

  const current = ({ accountId, id, check }: Change): StoredDocument => {
    const document = documents.get({ accountId, type, id })
    check?.(document.revision)
    return document
  }

  /** What a new file does to its document. */
  const describeFile = (body: Body, known: MediaPrivate, taken: TakenFiles): Body => {
    const file = servedFile(taken.files)
    const next: Body = {
      ...body,
      content_type: known.content_type_override ?? file?.contentType,
      content_length: file?.contentLength,
    }
    if (taken.normalizationError === undefined) Reflect.deleteProperty(next, 'normalization_error')
    else next.normalization_error = taken.normalizationError
    return next
  }

  /** Takes files in, runs the transaction that refers to them, and cleans up whatever it replaced. */
  const commitFiles = async (
    upload: Upload | undefined,
    write: (
      tx: Writer,
      taken: TakenFiles | undefined,
    ) => { document: StoredDocument; replaced: string[] },
  ): Promise<StoredDocument> => {
    const taken = upload && (await intake.take(upload))
    try {
      const { document, replaced: before } = await db.write((tx) => write(tx, taken))
      collectLater(before)
      return document
    } catch (error) {
      collectLater(taken?.files.map(({ blob }) => blob) ?? [])
      throw error
    } finally {
      taken?.release()
    }
  }

  const speak = async (body: Body, before?: MediaPrivate): Promise<SpokenUpload | undefined> => {
    const wanted = speechOf(body)
    if (!wanted) return undefined
    const { spoken } = before ?? {}
    if (spoken?.text === wanted.text && spoken.voice === wanted.voice) return undefined
    const bytes = await speech.speak(wanted.text, wanted.voice)
    const upload = { bytes, contentType: 'audio/x-wav', filename: fileNameOf(body) }
    return { upload, spoken: wanted }
  }

  /** A document whose body changed, and whose file changes only when it has to be spoken again. */
  const rewrite = async (change: Change, next: (document: StoredDocument) => Body) => {
    const document = current(change)
    const body = next(document)
    const spoken = await speak(body, privateOf(document))
    const saved = await commitFiles(spoken?.upload, (tx, taken) => {
      const override = overrideFrom(document, body.content_type)
      const known: MediaPrivate = {
        ...privateOf(document),
        content_type_override: override,
        // A document that is no longer spoken forgets what its file once said.
        spoken:
          body.media_source === 'tts' ? (spoken?.spoken ?? privateOf(document).spoken) : undefined,
      }
      const files = taken?.files ?? filesOf(tx, document.seq)
      const described = taken
        ? describeFile(body, known, taken)
        : { ...body, content_type: override ?? servedFile(files)?.contentType }
      const before = taken ? replaceFiles(tx, document.seq, files) : []
      const saved = documents.change(tx, document, { body: described, private: known })
      return { document: saved, replaced: before }
    })
    announce('doc_edited', saved, change.origin)
    return view(saved)
  }

  const setFile: Media['setFile'] = async ({ upload, mediaSource, ...change }) => {
    current(change)
    const saved = await commitFiles(upload, (tx, taken) => {
      // Read inside the transaction: of several uploads at once the last one wins, whole.
      const document = current(change)
      const known = { ...privateOf(document), spoken: undefined }
      const source = mediaSource ?? document.body.media_source
      const body = taken ? describeFile(document.body, known, taken) : document.body
      const before = replaceFiles(tx, document.seq, taken?.files ?? [])
      return {
        document: documents.change(tx, document, {
          body: { ...body, media_source: source },
          private: known,
        }),
        replaced: before,
      }
    })
    announce('doc_edited', saved, change.origin)
    return view(saved)
  }

  const insert = async (
    accountId: string,
    { id = newId(), body }: { id: string | undefined; body: Body },
    source: { upload: Upload | undefined; spoken?: { text: string; voice: string } | undefined },
  ): Promise<StoredDocument> =>
    commitFiles(source.upload, (tx, taken) => {
      const known: MediaPrivate = {
        content_type_override: overrideFrom(undefined, body.content_type),
        spoken: source.spoken,
      }
      const described = taken ? describeFile(body, known, taken) : body
      const document = documents.create(
        tx,
        { accountId, type, id },
        { body: described, private: known },
      )
      if (taken) replaceFiles(tx, document.seq, taken.files)
      return { document, replaced: [] }
    })

  return {
    list: (accountId, query) => {
      const page = documents.page({ accountId, type, query })
      return { page, items: page.items.map(toMediaSummary) }
    },
    library: (accountId, query) => {
      const { search } = query
      const also = [noPrompt]
      if (typeof search === 'string' && search !== '') {
        const like = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
        also.push({
          sql: `(name LIKE ? ESCAPE '\\' OR body ->> '$.description' LIKE ? ESCAPE '\\')`,
          params: [like, like],
        })
      }
      const page = documents.page({ accountId, type, query, also })
      const items = page.items.map((stored) => ({
        stored,
        file: servedFile(filesOf(db, stored.seq)),
      }))
      return { page, items }
    },
    languages: (accountId) => countByLanguage(db, accountId),
    byLanguage: (accountId, language, query) => {
      const sql = "coalesce(language, '') = ?"
      const wanted = language.toLowerCase()
      const also = [{ sql, params: [wanted === 'missing' ? '' : wanted] }]
      return documents.page({ accountId, type, query, also })
    },
    promptCounts: (accountId, range) => countByPrompt(db, accountId, range),
    translations: (accountId, promptId, query) =>
      documents.page({
        accountId,
        type,
        query,
        also: [{ sql: 'prompt_id = ?', params: [promptId] }],
      }),
    get: (accountId, id) => view(documents.get({ accountId, type, id })),
    file: (accountId, id, role) => {
      const files = filesOf(db, documents.get({ accountId, type, id }).seq)
      return role === undefined ? servedFile(files) : files.find((file) => file.role === role)
    },
    create: async (accountId, input, origin) => {
      const made = newMedia(input, settings().default_language)
      const former =
        made.id === undefined ? undefined : documents.find({ accountId, type, id: made.id })
      // Known before anything is spoken; the transaction looks again.
      if (former?.deleted === false) throw new AppError('conflict', { cause: made.id })
      const spoken = await speak(made.body)
      const document = await insert(accountId, made, {
        upload: spoken?.upload,
        spoken: spoken?.spoken,
      })
      announce('doc_created', document, origin)
      return view(document)
    },
    replace: ({ input, ...change }) =>
      rewrite(change, ({ body }) => replaced(body, input, settings().default_language)),
    patch: ({ patch, ...change }) =>
      rewrite(change, ({ body }) => validator.body(MediaInput, patched(body, patch)) as Body),
    setFile,
    putTranslation: async ({ accountId, language, promptId, description, upload, origin }) => {
      const id = promptMediaId(language, promptId)
      const existing = documents.find({ accountId, type, id })
      if (existing?.deleted === false) {
        return setFile({ accountId, id, origin, upload, mediaSource: 'upload' })
      }
      const body = {
        name: id,
        description,
        language,
        prompt_id: promptId,
        media_source: 'upload',
        streamable: true,
      }
      const document = await insert(accountId, { id, body }, { upload })
      announce('doc_created', document, origin)
      return view(document)
    },
    remove: async ({ hard, ...change }) => {
      const { removed, blobsBefore } = await db.write((tx) => {
        const document = current(change)
        const files = filesOf(tx, document.seq)
        const shown = toMediaDocument({ ...document, deleted: true }, files)
        if (!hard) {
          documents.softDelete(tx, document)
          return { removed: { document, shown }, blobsBefore: [] }
        }
        documents.hardDelete(tx, document)
        return { removed: { document, shown }, blobsBefore: files.map(({ blob }) => blob) }
      })
      collectLater(blobsBefore)
      announce('doc_deleted', removed.document, change.origin)
      return removed.shown
    },
    restore: async (change) => {
      const { accountId, id, origin } = change
      const restored = await db.write((tx) => {
        const document = documents.find({ accountId, type, id })
        if (!document) throw new AppError('bad_identifier', { cause: id })
        if (!document.deleted) {
          throw invalid({ id: { invalid: { message: 'The document is not deleted', cause: id } } })
        }
        return documents.restore(tx, document)
      })
      announce('doc_created', restored, origin)
      return view(restored)
    },
    collect: () => blobs.collect((hash) => isBlobReferenced(db, hash)),
  }
}

type SpokenUpload = { upload: Upload; spoken: { text: string; voice: string } }

const fileNameOf = (body: Body): string =>
  String(isPrompt(body) ? body.prompt_id : (body.name ?? 'media')).replaceAll(/[/\\\p{Cc}]/gu, '_')
