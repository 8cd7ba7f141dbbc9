import { create } from 'zustand'
import type { SaveResult } from '#contract/drafts'
import { useToasts } from '../../ui/toast-store.ts'
import { askAgain, closeDialog, openConflict, openDialog } from './editor-dialogs-state.ts'
import type { Session } from './editor-session.ts'
import { factsOf } from './editor-state.ts'
import { nameText } from './format-text.ts'
import {
  cancelJob,
  conflictOf,
  followJob,
  loadDraft,
  revertMedia,
  startSave,
  type SaveInput,
} from './queries.ts'
import { windowId } from './window-id.ts'

/** A save that goes on; only one at a time. Editing may go on meanwhile: what is saved is what was. */
export const useSaving = create<{
  saving: { progress: number | undefined; cancel: (() => void) | undefined } | undefined
}>(() => ({ saving: undefined }))

const notSaved = 'Not saved: cancelled.'

type Options = Pick<SaveInput, 'format' | 'as' | 'media_revision'>

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
const show = useToasts.getState().show

const isSaveResult = (value: unknown): value is SaveResult =>
  typeof value === 'object' && value !== null && 'media_id' in value

const refreshFacts = async ({ editor }: Session) => {
  const { draft } = editor.store.getState()
  editor.store.setState({ draft: factsOf(await loadDraft(draft.id)) })
}

const undo = async (session: Session, mediaId: string) => {
  const { target } = session.editor.store.getState().draft
  try {
    const { revision } = await revertMedia(mediaId, target)
    // What callers hear now is where the draft began.
    const draft = { ...session.editor.store.getState().draft, saved_position: 0 }
    session.editor.store.setState({ draft, revertedTo: revision })
    show({
      tone: 'info',
      text: 'Callers hear the unedited file again. Your edits are still here.',
    })
  } catch (error) {
    show({ tone: 'bad', text: `It could not be undone: ${textOf(error)}` })
  }
}

const reportSaved = (session: Session, result: unknown, isOther: boolean) => {
  const { name } = session.editor.store.getState().draft
  if (!isSaveResult(result)) return
  show({
    tone: 'ok',
    text: isOther
      ? 'Saved as another medium.'
      : `Saved “${nameText(name)}”. Callers hear it from now on.`,
    ...(isOther
      ? {}
      : {
          action: {
            label: 'Undo',
            hasKey: false,
            run: () => void undo(session, result.media_id),
          },
        }),
  })
}

const run = async (session: Session, options: Options, signal: AbortSignal) => {
  const { editor } = session
  const hadMedia = editor.store.getState().draft.media_id !== undefined
  await editor.journal.settled(signal)
  useSaving.setState({ saving: { progress: undefined, cancel: undefined } })
  const { revision } = editor.journal.written()
  const { id } = editor.store.getState().draft
  const { revertedTo } = editor.store.getState()
  const jobId = await startSave(id, {
    ...(revertedTo === undefined ? {} : { media_revision: revertedTo }),
    ...options,
    revision,
    window: windowId,
  })
  const cancel = () => void cancelJob(jobId).catch(() => undefined)
  useSaving.setState({ saving: { progress: undefined, cancel } })
  const job = await followJob(jobId, ({ progress }) =>
    useSaving.setState({ saving: { progress, cancel } }),
  )
  if (job.status === 'cancelled') return void show({ tone: 'info', text: notSaved })
  if (job.status === 'failed') throw new Error(job.error ?? 'Saving failed.')
  await refreshFacts(session)
  editor.store.setState({ revertedTo: undefined })
  reportSaved(session, job.result, hadMedia && options.as !== undefined)
}

/** Writes the draft to its document. Without one it asks for a name first. */
export const save = async (session: Session, options: Options = {}): Promise<void> => {
  const { draft } = session.editor.store.getState()
  if (useSaving.getState().saving) return
  if (draft.media_id === undefined && options.as === undefined) {
    openDialog('save_as')
    return
  }
  closeDialog()
  // The steps are written first: while the backend is away, that can be long.
  const waiting = new AbortController()
  useSaving.setState({ saving: { progress: undefined, cancel: () => waiting.abort() } })
  try {
    await run(session, options, waiting.signal)
  } catch (error) {
    if (waiting.signal.aborted) show({ tone: 'info', text: notSaved })
    else if (conflictOf(error) === 'media_revision') openConflict(options.as)
    else if (options.as) askAgain({ as: options.as, problem: `Not saved: ${textOf(error)}` })
    else show({ tone: 'bad', text: `Not saved: ${textOf(error)}` })
  } finally {
    useSaving.setState({ saving: undefined })
  }
}

export const cancelSave = (): void => useSaving.getState().saving?.cancel?.()
