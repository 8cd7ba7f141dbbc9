import { MediaInput } from '#contract/media'
import type { ObjectEvent } from '#contract/events'
import type { Change } from '../../platform/documents/collection.ts'
import type { Documents, StoredDocument } from '../../platform/documents/documents.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Writer } from '../../platform/sqlite/sqlite.ts'
import type { StoredMedia } from './catalogue.ts'
import type { Commit } from './commit.ts'
import { newMedia, privateOf } from './document.ts'
import type { Upload } from './file-intake.ts'
import { promptMediaId } from './naming.ts'

/** What can become of the file of a document: replaced, edited, brought back. */
export type FileChanges = {
  /** This file in place of the current one. `mediaSource` defaults to what it was. */
  setFile: (
    change: Change & { upload: Upload; mediaSource?: MediaSource; also?: Also },
  ) => Promise<StoredMedia>
  /**
   * This file as what became of the current one by editing: what was there before the first edit is
   * kept until the next upload or a revert, and the document keeps its source and what it speaks.
   */
  saveEdit: (change: Change & { upload: Upload; also?: Also }) => Promise<StoredMedia>
  /** The file from before it was edited. Throws a validation error when it was not. */
  revert: (change: Change) => Promise<StoredMedia>
  /** A prompt's translation with its file, created or replaced in one step. */
  putTranslation: (request: TranslationRequest) => Promise<StoredMedia>
}

export type MediaSource = MediaInput['media_source']

/** Written in the transaction of a change, with the document's new revision. */
export type Also = (tx: Writer, saved: { id: string; revision: string }) => void

export type TranslationRequest = {
  accountId: string
  language: string
  promptId: string
  description: string
  upload: Upload
  origin: string
}

const type = 'media'

export const createFileChanges = (deps: {
  documents: Documents
  validator: Validator
  commit: Commit
  /** The live document, when the change's check lets it pass. */
  current: (change: Change) => StoredDocument
  announced: (event: ObjectEvent['event'], document: StoredDocument, origin: string) => StoredMedia
}): FileChanges => {
  const { documents, validator, commit, current, announced } = deps

  const unchanged = (change: Change) => {
    const document = current(change)
    return { document, content: { body: document.body, private: privateOf(document) } }
  }

  const setFile: FileChanges['setFile'] = async ({ upload, mediaSource, also, ...change }) => {
    current(change)
    const saved = await commit.change(upload, () => {
      const document = current(change)
      const source = mediaSource ?? document.body.media_source
      const body = { ...document.body, media_source: source }
      const known = { ...privateOf(document), spoken: undefined }
      return { document, content: { body, private: known }, also }
    })
    return announced('doc_edited', saved, change.origin)
  }

  return {
    setFile,
    saveEdit: async ({ upload, also, ...change }) => {
      current(change)
      const saved = await commit.edit(upload, () => ({ ...unchanged(change), also }))
      return announced('doc_edited', saved, change.origin)
    },
    revert: async (change) => {
      const saved = await commit.revert(() => unchanged(change))
      return announced('doc_edited', saved, change.origin)
    },
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
  }
}
