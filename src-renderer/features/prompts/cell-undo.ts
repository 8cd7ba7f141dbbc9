import { isOwned, type PlaceState } from './cell-state.ts'
import type { Place } from './media-id.ts'
import { detailsQuery, loadOriginal, removeCell, speakCell, uploadToCell } from './queries.ts'
import type { QueryClient } from '@tanstack/react-query'

/** Puts a cell back to what it was before its file was replaced. */
export type Undo = () => Promise<unknown>

/**
 * Keeps what is about to be overwritten: the server has one file per cell and no older versions.
 * A spoken cell is spoken again, a recorded one gets its original back, a new one is removed.
 */
export const undoOf = async (
  queryClient: QueryClient,
  place: Place,
  state: PlaceState,
): Promise<Undo> => {
  if (!isOwned(state)) return () => removeCell(place)
  const source = { ...place, origin: 'account' } as const
  const details = await queryClient.query({ ...detailsQuery(source), staleTime: 0 })
  if (!details) return () => removeCell(place)
  const { document } = details
  const { text, voice } = document.tts ?? {}
  if (document.media_source === 'tts' && text !== undefined) {
    return () => speakCell({ place, isNew: false, text, voice })
  }
  const stored = document._read_only?.original ?? document._read_only?.file
  if (!stored) return () => removeCell(place)
  const bytes = await loadOriginal(source)
  const file = new File([bytes], stored.filename, { type: stored.content_type })
  return () => uploadToCell({ place, file, isNew: false })
}
