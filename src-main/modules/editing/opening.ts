import type { EditList, Marker } from '#contract/edit-list'
import { listOf } from '#sound/edit-list/edit-list'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/documents/documents.ts'
import { AppError } from '../../platform/errors.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import type { Media } from '../media/media.ts'
import { bookmarksOf } from './bookmarks.ts'
import type { Sources } from './sources.ts'
import { draftOf, insertDraft, type DraftRow } from './store.ts'

/** How a draft begins: with the file of a document as it was uploaded, or with a source. */
export type Opening = {
  /**
   * The draft of a document, made when there is none. One that nobody could lose work with gives way
   * when the document has another file by now.
   */
  ofMedia: (caller: Caller, of: MediaOf) => Promise<DraftRow>
  ofSource: (caller: Caller, of: SourceOf) => Promise<DraftRow>
}

/** Who asks, with which request, and until when. */
export type Caller = { accountId: string; origin: string; signal: AbortSignal }

export type MediaOf = { target: DraftRow['target']; mediaId: string; name?: string | undefined }
export type SourceOf = { target: DraftRow['target']; source: string; name?: string | undefined }

/** Whose library a target is. */
export const libraryOf = (accountId: string, target: DraftRow['target']): string =>
  target === 'system' ? 'system' : accountId

export const createOpening = (deps: {
  db: Database
  blobs: Blobs
  media: Media
  sources: Sources
  clock: Clock
  created: (caller: Caller, id: string) => void
  isClean: (row: DraftRow) => boolean
  remove: (caller: Caller, id: string) => Promise<void>
}): Opening => {
  const { db, blobs, media, sources, clock, created, isClean, remove } = deps

  const create = async (
    caller: Caller,
    begin: Pick<DraftRow, 'name' | 'target' | 'mediaId' | 'mediaRevision' | 'mediaBlob'>,
    source: string,
    markersOf: (list: EditList) => Marker[] = () => [],
  ): Promise<DraftRow> => {
    const { accountId, signal } = caller
    const { frames, ...format } = await sources.ready(accountId, source, signal)
    const now = gregorianNow(clock)
    const list = listOf(source, frames, format)
    const row: DraftRow = {
      ...begin,
      id: newId(),
      accountId,
      revision: 0,
      initial: { ...list, markers: markersOf(list) },
      position: 0,
      savedPosition: undefined,
      created: now,
      modified: now,
    }
    const made = await db.write((tx) => {
      const { target, mediaId } = row
      const there = mediaId === undefined ? undefined : draftOf(tx, { accountId, target, mediaId })
      if (!there) insertDraft(tx, row)
      return there ?? row
    })
    if (made === row) created(caller, row.id)
    return made
  }

  const existing = async (caller: Caller, of: MediaOf, blob: string) => {
    const row = draftOf(db, { accountId: caller.accountId, ...of })
    if (!row || row.mediaBlob === blob || !isClean(row)) return row
    await remove(caller, row.id)
    return undefined
  }

  return {
    ofMedia: async (caller, of) => {
      const library = libraryOf(caller.accountId, of.target)
      const { document, revision } = media.get(library, of.mediaId)
      const file = media.file(library, of.mediaId, 'original')
      if (!file) throw new AppError('no_attachment', { data: [of.mediaId] })
      const row = await existing(caller, of, file.blob)
      if (row) return row
      const held = { hash: file.blob, release: blobs.hold([file.blob]) }
      const { id } = await sources.add(caller.accountId, held, document.name)
      const { target, mediaId, name = document.name } = of
      const known = { target, mediaId, mediaRevision: revision, mediaBlob: file.blob }
      const markersOf = (list: EditList) => bookmarksOf(document, file.filename, list)
      return create(caller, { name, ...known }, id, markersOf)
    },
    ofSource: async (caller, { target, source, name }) => {
      const known = await sources.get(caller.accountId, source)
      const begin = { mediaId: undefined, mediaRevision: undefined, mediaBlob: undefined }
      return create(caller, { name: name ?? known.name, target, ...begin }, source)
    },
  }
}
