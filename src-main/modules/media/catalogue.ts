import type { MediaDocument, MediaSummary } from '#contract/media'
import type {
  Condition,
  Documents,
  Page,
  Query,
  StoredDocument,
} from '../../platform/documents/documents.ts'
import type { Reader } from '../../platform/sqlite/sqlite.ts'
import { servedFile, toMediaDocument, toMediaSummary } from './document.ts'
import {
  countByLanguage,
  countByPrompt,
  filesOf,
  type FileRole,
  type MediaFile,
  type PromptCount,
} from './store.ts'

/** Looking things up in the library: lists, counts, one document, its file. */
export type Catalogue = {
  list: (accountId: string, query: Query) => { page: Page; items: MediaSummary[] }
  /** Documents that are no prompts, with their files: what the media page shows. */
  library: (accountId: string, query: Query) => { page: Page; items: LibraryEntry[] }
  languages: (accountId: string) => Record<string, number>
  /** `missing` stands for those without a language. */
  byLanguage: (accountId: string, language: string, query: Query) => Page
  promptCounts: (
    accountId: string,
    range: { from: string; limit: number | undefined },
  ) => PromptCount[]
  translations: (accountId: string, promptId: string, query: Query) => Page
  get: (accountId: string, id: string) => StoredMedia
  /** The file with this role, or the one callers hear; undefined when there is none. */
  file: (accountId: string, id: string, role?: FileRole) => MediaFile | undefined
}

export type StoredMedia = { document: MediaDocument; revision: string }

export type LibraryEntry = { stored: StoredDocument; file: MediaFile | undefined }

const type = 'media'
const noPrompt: Condition = { sql: "coalesce(prompt_id, '') = ''", params: [] }

/** Name or description contains the text, without regard to case. */
const containing = (text: string): Condition => {
  const like = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const sql = `(name LIKE ? ESCAPE '\\' OR body ->> '$.description' LIKE ? ESCAPE '\\')`
  return { sql, params: [like, like] }
}

export const createCatalogue = (deps: { db: Reader; documents: Documents }): Catalogue => {
  const { db, documents } = deps
  return {
    list: (accountId, query) => {
      const page = documents.page({ accountId, type, query })
      return { page, items: page.items.map(toMediaSummary) }
    },
    library: (accountId, query) => {
      const { search } = query
      const isSearch = typeof search === 'string' && search !== ''
      const also = isSearch ? [noPrompt, containing(search)] : [noPrompt]
      const page = documents.page({ accountId, type, query, also })
      const items = page.items.map((stored) => ({
        stored,
        file: servedFile(filesOf(db, stored.seq)),
      }))
      return { page, items }
    },
    languages: (accountId) => countByLanguage(db, accountId),
    byLanguage: (accountId, language, query) => {
      const wanted = language.toLowerCase()
      const also = [
        { sql: "coalesce(language, '') = ?", params: [wanted === 'missing' ? '' : wanted] },
      ]
      return documents.page({ accountId, type, query, also })
    },
    promptCounts: (accountId, range) => countByPrompt(db, accountId, range),
    translations: (accountId, promptId, query) => {
      const also = [{ sql: 'prompt_id = ?', params: [promptId] }]
      return documents.page({ accountId, type, query, also })
    },
    get: (accountId, id) => toStoredMedia(db, documents.get({ accountId, type, id })),
    file: (accountId, id, role) => {
      const files = filesOf(db, documents.get({ accountId, type, id }).seq)
      return role === undefined ? servedFile(files) : files.find((file) => file.role === role)
    },
  }
}

export const toStoredMedia = (db: Reader, document: StoredDocument): StoredMedia => ({
  document: toMediaDocument(
    document,
    filesOf(db, document.seq),
    filesOf(db, document.seq, 'unedited_files'),
  ),
  revision: document.revision,
})
