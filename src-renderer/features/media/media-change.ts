import type { MediaDocument } from '#contract/media'
import type { MediaChange } from './queries.ts'

/** What has been typed; a field that was not touched is not in it. */
export type MediaDraft = {
  name?: string
  description?: string
  language?: string
  streamable?: boolean
}

const optionalFields = ['description', 'language'] as const

/** The part of a draft that changes the document. An emptied optional field is taken out of it. */
export const changeOf = (document: MediaDocument, draft: MediaDraft): MediaChange => {
  const change: MediaChange = {}
  if (draft.name !== undefined && draft.name !== document.name) change.name = draft.name
  if (draft.streamable !== undefined && draft.streamable !== document.streamable)
    change.streamable = draft.streamable
  for (const field of optionalFields) {
    const text = draft[field]
    if (text !== undefined && text !== (document[field] ?? ''))
      change[field] = text === '' ? null : text
  }
  return change
}
