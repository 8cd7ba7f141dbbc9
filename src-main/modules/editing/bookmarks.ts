import type { EditList, Marker } from '#contract/edit-list'
import type { MediaDocument } from '#contract/media'

type Bookmark = { readonly at_ms: number; readonly text: string }

/** Anybody may write the key: what is no bookmark is none. */
const isBookmark = (value: unknown): value is Bookmark => {
  const { at_ms, text } = (value ?? {}) as Partial<Bookmark>
  return typeof text === 'string' && typeof at_ms === 'number' && at_ms >= 0
}

const MOST = 1000
const LONGEST_LABEL = 200

/**
 * Markers where a recording of a conference was bookmarked. None once the file is another one, edited or uploaded: then
 * nobody knows where those moments are.
 */
export const bookmarksOf = (
  document: MediaDocument,
  filename: string,
  { sample_rate_hz: rate, sources }: EditList,
): Marker[] => {
  const { bookmarks, source_id } = document as Readonly<Record<string, unknown>>
  const isRecording = typeof source_id === 'string' && filename === `${source_id}.wav`
  if (!Array.isArray(bookmarks) || !isRecording || document._read_only?.unedited) return []
  const frames = Object.values(sources).reduce((sum, source) => sum + source.frames, 0)
  return bookmarks
    .filter(isBookmark)
    .slice(0, MOST)
    .map(({ at_ms, text }, index) => ({
      id: `bookmark-${index + 1}`,
      at: Math.min(frames, Math.round((at_ms * rate) / 1000)),
      label: text.slice(0, LONGEST_LABEL),
    }))
    .toSorted((one, other) => one.at - other.at)
}
