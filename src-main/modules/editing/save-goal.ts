import type { OutputFormat } from '#contract/effects'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Reader } from '../../platform/sqlite/sqlite.ts'
import { mediaIdFromPath, type Media, type StoredMedia } from '../media/media.ts'
import type { Standpoint } from './journal.ts'
import { conflict } from './refusals.ts'
import { readDraft } from './store.ts'

/** Which document a draft is saved to, and whether its file may be replaced. */
export type Goals = {
  /** An existing document, or (undefined) a new one. Throws a violation when nobody said which. */
  goalOf: (on: Standpoint, library: string, wish: SaveWish) => string | undefined
  /** Throws `conflict` when the file to be replaced is not the one that is meant to be. */
  check: (on: Standpoint, library: string, id: string, asked: string | undefined) => void
}

export type SaveWish = {
  format?: OutputFormat | undefined
  mediaRevision?: string | undefined
  as?: { name: string; language?: string; prompt_id?: string } | undefined
}

/** What people are told of a document that is not there any more. */
export const explainGone = (error: unknown): unknown =>
  error instanceof AppError && error.code === 'bad_identifier'
    ? new AppError('bad_identifier', {
        message: 'the document was deleted: restore it, or save as a new one',
        cause: error.details.cause,
      })
    : error

export const createGoals = (deps: {
  db: Reader
  media: Media
  defaultLanguage: () => string
}): Goals => {
  const { db, media, defaultLanguage } = deps

  const found = (library: string, id: string) => {
    try {
      return media.get(library, id)
    } catch (error) {
      throw explainGone(error)
    }
  }

  const check: Goals['check'] = (on, library, id, asked) => {
    const { revision } = found(library, id)
    if (asked !== undefined) {
      if (asked === revision) return
      throw conflict('media_revision', `the document has changed: its revision is now ${revision}`)
    }
    const blob = media.file(library, id, 'original')?.blob
    // As it is now: another save of this draft may have replaced the file since.
    const draft = readDraft(db, on.draft.accountId, on.draft.id) ?? on.draft
    if (id === draft.mediaId && blob === draft.mediaBlob) return
    throw conflict(
      'media_revision',
      id === draft.mediaId
        ? `the file of this document was replaced meanwhile: save as a new one, or replace it by naming its revision ${revision}`
        : `there is a file already: replace it by naming its revision ${revision}`,
    )
  }

  /** Of the translation that `as` names, when there is one. */
  const translation = (library: string, { as }: SaveWish): StoredMedia | undefined => {
    if (as?.prompt_id === undefined || as.prompt_id === '') return undefined
    const id = mediaIdFromPath(`${as.language ?? defaultLanguage()}/${as.prompt_id}`)
    try {
      return media.get(library, id)
    } catch (error) {
      if (error instanceof AppError && error.code === 'bad_identifier') return undefined
      throw error
    }
  }

  const goalOf: Goals['goalOf'] = (on, library, wish) => {
    if (wish.as) return translation(library, wish)?.document.id
    const { mediaId } = on.draft
    if (mediaId !== undefined) return mediaId
    const message = 'This draft belongs to no document yet: say what to save it as'
    throw invalid({ as: { required: { message, value: 'as' } } })
  }

  return { goalOf, check }
}
