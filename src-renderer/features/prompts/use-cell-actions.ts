import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Matrix } from '#contract/studio'
import type { MediaDocument, Tts } from '#contract/media'
import { player } from '../../audio/player.ts'
import { useToasts } from '../../ui/toast-store.ts'
import { hasFile, isOwned, placeState, type PlaceState } from './cell-state.ts'
import { undoOf, type Undo } from './cell-undo.ts'
import { mediaIdOf, type Place } from './media-id.ts'
import {
  loadFile,
  loadOriginal,
  refreshRow,
  removeCell,
  restoreCell,
  speakCell,
  uploadToCell,
  type Origin,
} from './queries.ts'
import { saveBlob } from '../../lib/save-blob.ts'

export type CellActions = {
  stateOf: (place: Place) => PlaceState
  /** Plays, or stops what plays of this cell. */
  play: (place: Place, fromMs?: number) => void
  playAfterSource: (place: Place) => void
  upload: (place: Place, file: File) => void
  speak: (place: Place, text: string, voice: Tts['voice']) => Promise<unknown>
  remove: (place: Place) => void
  download: (place: Place, which: 'file' | 'original') => void
  /** The cell whose file is on its way. */
  uploadingId: string | undefined
}

export const originOf = (state: PlaceState): Origin =>
  state === 'inherited' ? 'system' : 'account'

type Report = { tone: 'ok' | 'warn'; text: string }

const nameOf = ({ promptId, language }: Place) => `${promptId} in ${language}`

const extensionsByType: Record<string, string> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
}

const fileNameOf = ({ promptId, language }: Place, { type }: Blob): string =>
  `${language}-${promptId}.${extensionsByType[type] ?? 'wav'}`

const uploadToast = (
  place: Place,
  before: PlaceState,
  { _read_only: stored }: MediaDocument,
): Report => {
  const audio = stored?.file?.audio
  if (audio?.playable === false) {
    const reason = audio.reason ?? 'no audio could be decoded'
    return { tone: 'warn', text: `Callers cannot hear ${nameOf(place)}: ${reason}.` }
  }
  return { tone: 'ok', text: `${hasFile(before) ? 'Replaced' : 'Added'} ${nameOf(place)}.` }
}

/** What can be done to a cell, for its buttons, keys and drops alike. */
export const useCellActions = (matrix: Matrix): CellActions => {
  const queryClient = useQueryClient()
  const show = useToasts((toasts) => toasts.show)

  const stateOf = ({ promptId, language }: Place): PlaceState =>
    placeState(matrix.prompts.find(({ prompt_id }) => prompt_id === promptId)?.cells[language])
  const sourceOf = (place: Place) => ({ ...place, origin: originOf(stateOf(place)) })
  const refresh = ({ promptId }: Place) => refreshRow(queryClient, promptId)

  // The media details are told by live events too; a reply in hand needs no socket.
  const changed = async (place: Place) => {
    await refresh(place)
    await queryClient.invalidateQueries({ queryKey: ['media'] })
  }
  const offerUndo = (toast: Report, place: Place, undo: Undo) =>
    show({
      ...toast,
      action: {
        label: 'Undo',
        run: () => {
          undo().then(
            () => changed(place),
            (error: unknown) =>
              show({ tone: 'bad', text: error instanceof Error ? error.message : String(error) }),
          )
        },
      },
    })

  const upload = useMutation({
    mutationFn: async ({ place, file }: { place: Place; file: File }) => {
      const state = stateOf(place)
      const undo = await undoOf(queryClient, place, state)
      const stored = await uploadToCell({ place, file, isNew: !isOwned(state) })
      await changed(place)
      offerUndo(uploadToast(place, state, stored), place, undo)
    },
  })
  const speak = useMutation({
    meta: { showsOwnErrors: true },
    mutationFn: async (input: { place: Place; text: string; voice: Tts['voice'] }) => {
      const { place } = input
      const state = stateOf(place)
      const undo = await undoOf(queryClient, place, state)
      await speakCell({ ...input, isNew: !isOwned(state) })
      await changed(place)
      offerUndo({ tone: 'ok', text: `Spoke ${nameOf(place)}.` }, place, undo)
    },
  })
  const remove = useMutation({
    mutationFn: async (place: Place) => {
      await removeCell(place)
      await changed(place)
      offerUndo({ tone: 'ok', text: `Deleted ${nameOf(place)}.` }, place, () => restoreCell(place))
    },
  })
  const download = useMutation({
    mutationFn: async ({ place, which }: { place: Place; which: 'file' | 'original' }) => {
      const blob = await (which === 'file' ? loadFile : loadOriginal)(sourceOf(place))
      saveBlob(blob, fileNameOf(place, blob))
    },
  })

  const clipOf = (place: Place) => ({ id: mediaIdOf(place), load: () => loadFile(sourceOf(place)) })
  const playAfterSource = (place: Place) => {
    const source = { promptId: place.promptId, language: matrix.source_language }
    const order = source.language === place.language ? [place] : [source, place]
    player.playSequence(order.filter((each) => hasFile(stateOf(each))).map(clipOf))
  }

  return {
    stateOf,
    play: (place, fromMs) => {
      if (!hasFile(stateOf(place))) return
      const { id, load } = clipOf(place)
      player.toggle(id, load, fromMs)
    },
    playAfterSource,
    upload: (place, file) => upload.mutate({ place, file }),
    speak: (place, text, voice) => speak.mutateAsync({ place, text, voice }),
    remove: (place) => {
      if (isOwned(stateOf(place))) remove.mutate(place)
    },
    download: (place, which) => download.mutate({ place, which }),
    uploadingId: upload.isPending ? mediaIdOf(upload.variables.place) : undefined,
  }
}
